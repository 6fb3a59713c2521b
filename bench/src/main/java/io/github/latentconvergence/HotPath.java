package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.List;
import java.util.Optional;

/** For benchmarks: the parts of a measurement that are no part of the library's interface, each as the library itself uses it. */
public final class HotPath {
    private final ConvergenceOptions options;
    private final Planner.Parts parts;
    private final Plan plan;
    private final boolean[] masked;

    /** Plans one matrix. */
    public HotPath(StateTensor states, ConvergenceOptions options) {
        this.options = options;
        Planner planner = new Planner(states);
        parts = planner.add(options.metric(), options.reference(), options.normalization());
        plan = planner.plan(options.normalization());
        masked = new boolean[Math.toIntExact(states.tokens())];
    }

    /** What the kernels are asked for. */
    public Plan plan() {
        return plan;
    }

    /** How the work is cut for so many threads. */
    public List<Tile> tiles(int threads) {
        return TileRunner.cut(plan.states(), masked, threads, plan.referenceBytesPerToken());
    }

    /** The matrix that sums give. */
    public ConvergenceMatrix finish(Sums sums) {
        StateTensor states = plan.states();
        Finisher finisher = new Finisher(options.metric(), parts, states.hidden(), options.normalization().eps(), masked.length,
                Math.toIntExact(states.iterations()), masked, false);
        for (int token = 0; token < masked.length; token++) {
            finisher.finish(token, sums);
        }
        return finisher.matrix(options, Optional.empty(), "", ConvergenceMatrix.References.UNKNOWN);
    }

    /** The logarithm of a distance. */
    public static double log10(double distance) {
        return Distances.log10(distance);
    }
}
