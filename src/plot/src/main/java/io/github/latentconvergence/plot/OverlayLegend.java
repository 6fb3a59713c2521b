package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.StepRule;
import io.github.latentconvergence.analysis.TokenAnalysis;
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
        String below = switch (analysis.options().rule()) {
            case StepRule.Stays _ -> "stays below ";
            case StepRule.First _ -> "first below ";
            case StepRule.Consecutive consecutive -> consecutive.k() + " times running below ";
        };
        String criterion = below + analysis.options().threshold();
        if (analysis.tokens().stream().allMatch(t -> t.step().isEmpty())) {
            return LegendEntry.note("no token converged (" + criterion + ")");
        }
        return LegendEntry.of(
                area -> onCell(area,
                        drawing(CellOverlays.STEP, line(area.centerX(), area.y(), area.centerX(), area.bottom()), Ink.LINE_OVER_CELLS)),
                "convergence step (" + criterion + ")");
    }

    private LegendEntry exits(ExitReplay replay) {
        String rule = replay.rule().label() + " at " + replay.threshold() + ", by " + replay.reduction().label();
        if (replay.never() == replay.tokens().size()) {
            return LegendEntry.note("no token exits (" + rule + ")");
        }
        return LegendEntry.of(area -> {
            Path2D circle = new Path2D.Double(CellOverlays.circle(area.centerX(), area.centerY(), area.height() * 0.3));
            return onCell(area, drawing(CellOverlays.EXITS, circle, Ink.MARKER_OVER_CELLS));
        }, "exit (" + rule + ")");
    }

    private LegendEntry floor(Analysis analysis) {
        if (analysis.tokens().stream().noneMatch(t -> t.floor().isReached())) {
            return LegendEntry.note("no token at its arithmetic floor");
        }
        return LegendEntry.of(area -> onCell(area, new Mark.Hatch(FloorHatch.NAME, List.of(area))), "at the arithmetic floor");
    }

    private static LegendEntry band(Analysis analysis) {
        boolean slow = !analysis.slowBands().isEmpty();
        boolean fast = !analysis.fastBands().isEmpty();
        if (!slow && !fast) {
            return LegendEntry.note("no slow or fast band");
        }
        String which = slow && fast ? "slow (z > 0) and fast bands" : slow ? "slow band" : "fast band";
        return LegendEntry.of(area -> {
            Path2D path = new Path2D.Double();
            BandBrackets.bracket(path, area.centerX() - 2, area.y() + 1, area.bottom() - 1, 5);
            return List.of(drawing(BandBrackets.NAME, path, Ink.LINE));
        }, which);
    }

    private LegendEntry segments(Analysis analysis) {
        if (analysis.segments().size() < 2) {
            return LegendEntry.note(analysis.segments().isEmpty() ? "no segment" : "one segment");
        }
        return LegendEntry.of(
                area -> onCell(area,
                        drawing(CellOverlays.SEGMENTS, line(area.x(), area.centerY(), area.right(), area.centerY()),
                                Ink.DASHES_OVER_CELLS)),
                "between segments");
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
