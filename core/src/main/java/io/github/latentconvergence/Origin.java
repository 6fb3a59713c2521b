package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Sizes of references in the norms whose sums no distance needs, l1 and linf: the distance of the origin from a reference is the reference's size. The reference is read once
 * more for it.
 */
final class Origin {
    private final StateTensor states;
    private final boolean[] masked;
    private final Kernels kernels;

    Origin(StateTensor states, boolean[] masked, Kernels kernels) {
        this.states = states;
        this.masked = masked;
        this.kernels = kernels;
    }

    /** Whether the size is one that is measured here. */
    boolean measures(ConvergenceOptions options) {
        return options.referenceSizes() && (options.metric() == Metric.L1 || options.metric() == Metric.LINF);
    }

    /** A size for each token; for each cell where the reference is the state before. */
    double[] sizes(ConvergenceOptions options, Reference reference, Normalization normalization) {
        // Where eps is 0, zeros have no normalised form; a mean square of a normal number does not change by so little.
        Normalization defined = normalization.isRmsNorm() && normalization.eps() == 0 ? withEps(normalization) : normalization;
        try (Arena arena = Arena.ofShared()) {
            long tokens = states.tokens();
            long hidden = states.hidden();
            MemorySegment row = arena.allocate(hidden * states.dtype().bytes(), 8);
            if (reference instanceof Reference.Previous) {
                StateTensor zeros = StateTensor.of(row, states.dtype(), Shape.of(tokens, hidden), 0, 1);
                return shifted(measure(states, options, Reference.external(zeros), defined));
            }
            StateTensor zeros = StateTensor.of(row, states.dtype(), Shape.of(1, tokens, hidden), 0, 0, 1);
            return measure(zeros, options, reference, defined);
        }
    }

    private static Normalization withEps(Normalization normalization) {
        return normalization.weight().map(w -> Normalization.rmsNorm(w, Double.MIN_NORMAL))
                .orElse(Normalization.rmsNorm(Double.MIN_NORMAL));
    }

    private double[] measure(StateTensor measured, ConvergenceOptions options, Reference reference, Normalization normalization) {
        int tokens = Math.toIntExact(measured.tokens());
        int iterations = Math.toIntExact(measured.iterations());
        Planner planner = new Planner(measured, states);
        Normalization own = options.normalization().isRmsNorm() ? normalization : Normalization.none();
        Planner.Parts parts = planner.add(options.metric(), reference, own);
        Plan plan = planner.plan(normalization);
        Sums sums = Sums.of(plan, tokens, iterations);
        Finisher finisher = new Finisher(options.metric(), parts, measured.hidden(), normalization.eps(), tokens, iterations, masked,
                false);
        new TileRunner(kernels, plan, sums, TileRunner.cut(kernels, plan, masked, 1), tile -> {}).run(1, f -> {});
        for (int i = 0; i < tokens; i++) {
            finisher.finish(i, sums);
        }
        return finisher.distances();
    }

    private double[] shifted(double[] sizes) {
        int iterations = Math.toIntExact(states.iterations());
        double[] ofPrevious = new double[sizes.length];
        Arrays.fill(ofPrevious, Double.NaN);
        for (int row = 0; row < sizes.length; row += iterations) {
            System.arraycopy(sizes, row, ofPrevious, row + 1, iterations - 1);
        }
        return ofPrevious;
    }
}
