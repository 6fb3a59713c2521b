package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.ArithmeticFloor;
import io.github.latentconvergence.analysis.Band;
import io.github.latentconvergence.analysis.Contraction;
import io.github.latentconvergence.analysis.ConvergenceSteps;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.Gradient;
import io.github.latentconvergence.analysis.Reduction;
import io.github.latentconvergence.analysis.Segment;
import io.github.latentconvergence.analysis.Slowness;
import io.github.latentconvergence.analysis.Summary;
import io.github.latentconvergence.analysis.TokenAnalysis;
import io.github.latentconvergence.analysis.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Analyses put together by hand: what is drawn, not how it was found. */
final class Analyses {
    static final int NONE = -1;

    private final ConvergenceMatrix matrix;
    private List<String> texts = List.of();
    private final int[] steps;
    private final int[] floorSteps;
    private final double[] plateaus;
    private final List<Band> slow = new ArrayList<>();
    private final List<Band> fast = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();

    private Analyses(ConvergenceMatrix matrix) {
        this.matrix = matrix;
        this.steps = new int[matrix.tokens()];
        this.floorSteps = new int[matrix.tokens()];
        this.plateaus = new double[matrix.tokens()];
        Arrays.fill(steps, NONE);
        Arrays.fill(floorSteps, NONE);
    }

    /** Of a matrix of which nothing is known yet. */
    static Analyses of(ConvergenceMatrix matrix) {
        return new Analyses(matrix);
    }

    /** Everything there is to draw, over a matrix of at least 10 tokens and 20 iterations. */
    static Analysis everything(ConvergenceMatrix matrix) {
        int half = matrix.iterations() / 2;
        Analyses all = of(matrix).slow(2, 3, 9.9).fast(6, 6, -4.5).segment(0, 4).segment(6, matrix.tokens() - 1);
        for (int i = 0; i < matrix.tokens(); i++) {
            all.step(i, half - i % 5).floor(i, half, matrix.distance(i, half + 1));
        }
        return all.build();
    }

    Analyses texts(List<String> all) {
        texts = all;
        return this;
    }

    Analyses step(int token, int step) {
        steps[token] = step;
        return this;
    }

    Analyses floor(int token, int step, double plateau) {
        floorSteps[token] = step;
        plateaus[token] = plateau;
        return this;
    }

    Analyses slow(int first, int last, double z) {
        slow.add(new Band(first, last, List.of(), z, 1));
        return this;
    }

    Analyses fast(int first, int last, double z) {
        fast.add(new Band(first, last, List.of(), z, -1));
        return this;
    }

    Analyses segment(int first, int last) {
        segments.add(new Segment(first, last, List.of(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty()));
        return this;
    }

    Analysis build() {
        AnalysisOptions options = AnalysisOptions.defaults()
                .withMeasure(ConvergenceOptions.defaults().withMetric(matrix.metric()).withReference(matrix.reference()));
        List<TokenAnalysis> tokens = IntStream.range(0, matrix.tokens()).filter(i -> !matrix.isMasked(i)).mapToObj(this::token).toList();
        return new Analysis(options, matrix, matrix, tokens, List.of(), slow, fast, segments, new Gradient(-1, 1, 2),
                new Summary(OptionalDouble.empty(), 0, 0, 0, 0, OptionalDouble.empty(), ""));
    }

    private TokenAnalysis token(int i) {
        OptionalInt step = optional(steps[i]);
        OptionalInt floorStep = optional(floorSteps[i]);
        boolean floor = floorStep.isPresent();
        return new TokenAnalysis(i, texts.isEmpty() ? "" : texts.get(i), new ConvergenceSteps(step, false, step, step, step),
                new Contraction(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
                new ArithmeticFloor(floor ? OptionalDouble.of(1e-3) : OptionalDouble.empty(), floorStep,
                        floor ? OptionalDouble.of(plateaus[i]) : OptionalDouble.empty()),
                new Slowness(0, 0, 0), false, false, new Trajectory(Trajectory.Shape.UNRESOLVED, OptionalInt.empty(),
                        new Trajectory.Evidence(1, 0, 0, 0, 0, 0, 0, 0)));
    }

    /** A replay in which tokens exit at these positions, {@link #NONE} for never. */
    static ExitReplay exits(int... positions) {
        List<ExitReplay.TokenExit> tokens = IntStream.range(0, positions.length)
                .mapToObj(i -> new ExitReplay.TokenExit(i, optional(positions[i]), 1)).toList();
        return new ExitReplay(ExitRule.LATENT_DIFF, 0.03, Reduction.TOKEN, tokens, 0, 1);
    }

    private static OptionalInt optional(int position) {
        return position == NONE ? OptionalInt.empty() : OptionalInt.of(position);
    }
}
