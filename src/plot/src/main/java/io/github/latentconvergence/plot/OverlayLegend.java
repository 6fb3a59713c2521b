package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitReplay;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/** Entries for the overlays that are on. One that has nothing to show is said to. */
final class OverlayLegend {
    private final ColorScale colors;

    /** On samples of cells in the darkest colour, as most of what overlays lie on. */
    OverlayLegend(ColorScale colors) {
        this.colors = colors;
    }

    List<LegendEntry> of(Overlays overlays) {
        List<LegendEntry> entries = new ArrayList<>();
        overlays.of(Overlay.STEP).ifPresent(a -> entries.add(step(a)));
        overlays.exits().ifPresent(replay -> entries.add(exits(replay)));
        overlays.of(Overlay.FLOOR).ifPresent(a -> entries.add(floor(a)));
        overlays.of(Overlay.BAND).ifPresent(a -> entries.add(band(a)));
        overlays.of(Overlay.SEGMENTS).ifPresent(a -> entries.add(segments(a)));
        return entries;
    }

    private LegendEntry step(Analysis analysis) {
        boolean any = analysis.tokens().stream().anyMatch(t -> t.step().isPresent());
        String text = OverlayText.step(OverlayText.criterion(analysis), any);
        if (!any) {
            return LegendEntry.note(text);
        }
        return LegendEntry.of(
                area -> onCell(area,
                        drawing(CellOverlays.STEP, line(area.centerX(), area.y(), area.centerX(), area.bottom()), Ink.LINE_OVER_CELLS)),
                text);
    }

    private LegendEntry exits(ExitReplay replay) {
        if (!OverlayText.exitsAny(replay)) {
            return LegendEntry.note(OverlayText.exits(replay));
        }
        return LegendEntry.of(area -> {
            Path2D circle = new Path2D.Double(CellOverlays.circle(area.centerX(), area.centerY(), area.height() * 0.3));
            return onCell(area, drawing(CellOverlays.EXITS, circle, Ink.MARKER_OVER_CELLS));
        }, OverlayText.exits(replay));
    }

    private LegendEntry floor(Analysis analysis) {
        if (!OverlayText.floorAny(analysis)) {
            return LegendEntry.note(OverlayText.floor(analysis));
        }
        return LegendEntry.of(area -> onCell(area, new Mark.Hatch(FloorHatch.NAME, List.of(area))), OverlayText.floor(analysis));
    }

    private static LegendEntry band(Analysis analysis) {
        if (!OverlayText.bandAny(analysis)) {
            return LegendEntry.note(OverlayText.band(analysis));
        }
        return LegendEntry.of(area -> {
            Path2D path = new Path2D.Double();
            BandBrackets.bracket(path, area.centerX() - 2, area.y() + 1, area.bottom() - 1, 5);
            return List.of(drawing(BandBrackets.NAME, path, Ink.LINE));
        }, OverlayText.band(analysis));
    }

    private LegendEntry segments(Analysis analysis) {
        if (!OverlayText.segmentsAny(analysis)) {
            return LegendEntry.note(OverlayText.segments(analysis));
        }
        return LegendEntry.of(
                area -> onCell(area,
                        drawing(CellOverlays.SEGMENTS, line(area.x(), area.centerY(), area.right(), area.centerY()),
                                Ink.DASHES_OVER_CELLS)),
                OverlayText.segments(analysis));
    }

    private List<Mark> onCell(Rect area, Mark mark) {
        return List.of(new Mark.Fill(area, colors.color(colors.low())), mark, new Mark.Frame(area));
    }

    private static Mark drawing(String name, Path2D path, Ink ink) {
        return new Mark.Drawing(name, path, ink);
    }

    private static Path2D line(double x1, double y1, double x2, double y2) {
        Path2D path = new Path2D.Double();
        path.moveTo(x1, y1);
        path.lineTo(x2, y2);
        return path;
    }
}
