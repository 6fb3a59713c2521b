package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.NativeTier;
import io.github.latentconvergence.tensor.StateTensor;

/** The C kernels of one instruction set. */
public final class CpuKernels implements Kernels {
    private final NativeTier tier;

    /** @param tier one that this machine can run */
    public CpuKernels(NativeTier tier) {
        if (!tier.isUsable()) {
            throw new IllegalArgumentException("this machine cannot run tier " + tier.name());
        }
        this.tier = tier;
    }

    /** The instruction set. */
    public NativeTier tier() {
        return tier;
    }

    @Override
    public String name() {
        return "cpu/" + tier.name();
    }

    @Override
    public Worker worker(Plan plan, int tokens, int iterations) {
        return new CpuWorker(tier, plan, tokens, iterations);
    }

    @Override
    public PairSums pairs(StateTensor states) {
        return new PairSums(states, new CpuPairs(tier, Math.toIntExact(states.iterations()), Math.toIntExact(states.hidden())));
    }

    @Override
    public LogitsWorker logits(StateTensor logits, int iterations) {
        return new CpuLogits(tier, logits, iterations);
    }

    @Override
    public Projector projector(StateTensor states, Axes axes) {
        return new CpuProjector(tier, states, axes);
    }
}
