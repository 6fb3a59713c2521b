package io.github.latentconvergence.plot;

import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ConvergenceSteps;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** The convergence step of each token under different references, side by side. */
final class ReferenceSensitivity {
    /** More rows could not be read. */
    static final int MOST_ROWS = 64;
    private static final int LONGEST_TEXT = 22;
    private static final double ROW = 17;
    private static final double SMALLEST_PLOT = 120;
    private static final Ink ALL = Ink.curve(0xd3d9de, 8);

    /** A reference, and how its steps look: the smaller lie on the larger, so that all are seen where they agree. */
    private record Kind(String name, Function<ConvergenceSteps, OptionalInt> step, Markers shape, double size, int color) {}

    private final Analysis analysis;
    private final List<TokenAnalysis> tokens;
    private final int bin;
    private final int rows;
    private final double none;
    private final List<Kind> kinds = new ArrayList<>();

    private ReferenceSensitivity(Analysis analysis) {
        this.analysis = analysis;
        this.tokens = analysis.tokens();
        this.bin = Math.max(1, Math.ceilDiv(tokens.size(), MOST_ROWS));
        this.rows = Math.max(1, Math.ceilDiv(tokens.size(), bin));
        int iterations = analysis.matrix().iterations();
        this.none = iterations - 0.5 + iterations / 16.0;
        kinds.add(new Kind("last", ConvergenceSteps::last, Markers.CIRCLE, 6.5, Palette.SKY));
        kinds.add(new Kind("tail-mean", ConvergenceSteps::tailMean, Markers.SQUARE, 4.8, Palette.VERMILLION));
        if (analysis.matrix().reference() instanceof Reference.External
                || tokens.stream().anyMatch(t -> t.steps().external().isPresent())) {
            kinds.add(new Kind("external", ConvergenceSteps::external, Markers.DIAMOND, 2.8, Palette.BLACK));
        }
    }

    static ChartPlan of(Analysis analysis) {
        return new ReferenceSensitivity(analysis).plan();
    }

    private ChartPlan plan() {
        int iterations = analysis.matrix().iterations();
        Axis x = Axis.counting(0, iterations - 1, "Convergence Step").to(iterations - 0.5 + iterations / 8.0,
                List.of(Axis.tick(none, "none")));
        List<DecadeTicks.Tick> labels = new ArrayList<>();
        List<Axes.Layer> layers = new ArrayList<>();
        layers.add(axes -> List.of(new Mark.Drawing("lane", Axes.line(axes.x(iterations - 0.5), axes.plot().y(), axes.x(iterations - 0.5),
                axes.plot().bottom()), Ink.dashes(Palette.GREY, 1, 4))));
        for (int row = 0; row * bin < tokens.size(); row++) {
            List<TokenAnalysis> those = tokens.subList(row * bin, Math.min(tokens.size(), (row + 1) * bin));
            int at = row;
            labels.add(new DecadeTicks.Tick(row, false, label(those)));
            if (bin > 1) {
                double[] all = kinds.stream().flatMapToDouble(kind -> Arrays.stream(steps(those, kind))).toArray();
                double first = place(Arrays.stream(all).min().orElseThrow());
                double last = place(Arrays.stream(all).max().orElseThrow());
                layers.add(axes -> List
                        .of(new Mark.Drawing("all", Axes.line(axes.x(first) - 1, axes.y(at), axes.x(last) + 1, axes.y(at)), ALL)));
            }
            double[] steps = kinds.stream().mapToDouble(kind -> place(Quantiles.of(steps(those, kind)).median())).toArray();
            layers.add(axes -> row(axes, at, steps));
        }
        List<LegendEntry> legend = new ArrayList<>();
        kinds.forEach(kind -> legend.add(ChartPlan.marker(kind.shape, kind.size, kind.color, "to " + kind.name)));
        if (bin > 1) {
            legend.add(LegendEntry.note("each row is " + bin + " neighbouring tokens: their median, none counted as later than all"));
            legend.add(ChartPlan.line(ALL, "from the first to the last of their steps"));
        }
        String caption = "When " + (bin > 1 ? "a group of tokens" : "each token")
                + " converges, depending on what counts as the end: markers that lie on one another do not depend on it, markers far apart say that the step is a property of the reference.";
        return new ChartPlan("Convergence Step by Reference s*", caption, x, new Axis(rows - 0.5, -0.5, labels, ""), layers, legend,
                List.of(), Math.max(SMALLEST_PLOT, rows * ROW));
    }

    private StyledText label(List<TokenAnalysis> those) {
        int first = those.getFirst().index();
        if (bin > 1) {
            return StyledText.EMPTY.plain(first + "–" + those.getLast().index());
        }
        return ChartPlan.name(those.getFirst(), LONGEST_TEXT);
    }

    /** Positions under one reference, infinity for none. */
    private static double[] steps(List<TokenAnalysis> those, Kind kind) {
        return those.stream().map(t -> kind.step.apply(t.steps())).mapToDouble(s -> s.isPresent() ? s.getAsInt() : Double.POSITIVE_INFINITY)
                .toArray();
    }

    /** Where a position is on the axis: none has a lane of its own. */
    private double place(double step) {
        return Double.isFinite(step) ? step : none;
    }

    private List<Mark> row(Axes axes, int row, double[] steps) {
        List<Mark> marks = new ArrayList<>();
        double y = axes.y(row);
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (double step : steps) {
            first = Math.min(first, axes.x(step));
            last = Math.max(last, axes.x(step));
        }
        Path2D line = Axes.line(first, y, last, y);
        if (first < last) {
            marks.add(new Mark.Drawing("join", line, Ink.curve(Palette.GREY, 1.6)));
        }
        for (int k = 0; k < steps.length; k++) {
            Kind kind = kinds.get(k);
            marks.add(new Mark.Drawing(kind.name, kind.shape.at(axes.x(steps[k]), y, kind.size), Ink.marker(kind.color)));
        }
        return marks;
    }
}
