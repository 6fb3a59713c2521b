package io.github.latentconvergence;

import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.internal.kernel.KernelSelection;
import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Every kernel that this machine can run, for tests that hold them against each other. The library must be there: a test must not pass because it is missing. */
final class AllKernels {
    private AllKernels() {}

    static List<Kernels> all() {
        try {
            return KernelSelection.all();
        } catch (NativeLibrary.UnavailableException missing) {
            throw new AssertionError("the build makes a native library for this platform, and it is not there", missing);
        }
    }

    /** These options, computed by one of them. */
    static ConvergenceOptions on(Kernels kernels, ConvergenceOptions options) {
        return kernels.name().equals("java")
                ? options.withBackend(Backend.JAVA)
                : options.withTier(Backend.Tier.ofLabel(kernels.name().substring("cpu/".length())));
    }

    /** All matrices in one pass. */
    static List<ConvergenceMatrix> measure(Kernels kernels, StateTensor states, List<ConvergenceOptions> options)
            throws CancellationException {
        List<ConvergenceMatrix> all = new Measurement(states, Optional.empty(), options.stream().map(o -> on(kernels, o)).toList()).run();
        for (ConvergenceMatrix matrix : all) {
            if (!matrix.computedBy().equals(kernels.name())) {
                throw new AssertionError("asked for " + kernels.name() + ", computed by " + matrix.computedBy());
            }
        }
        return all;
    }

    /** The sums of a plan, tile by tile. */
    static Sums sums(Kernels kernels, Plan plan, List<Tile> tiles) {
        Sums sums = Sums.of(plan, Math.toIntExact(plan.states().tokens()), Math.toIntExact(plan.states().iterations()));
        new TileRunner(kernels, plan, sums, tiles, tile -> {}).run(1, fraction -> {});
        return sums;
    }
}
