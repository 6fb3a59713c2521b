package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.tensor.StateTensor;

/** Plain Java: needs nothing, runs everywhere, and is the second definition that the native kernels are held against. */
public final class JavaKernels implements Kernels {
    /** The only one. */
    public static final JavaKernels INSTANCE = new JavaKernels();

    private JavaKernels() {}

    @Override
    public String name() {
        return "java";
    }

    @Override
    public Worker worker(Plan plan, int tokens, int iterations) {
        return new JavaWorker(plan);
    }

    @Override
    public PairSums pairs(StateTensor states) {
        return new PairSums(states, new JavaPairs(Math.toIntExact(states.hidden())));
    }

    @Override
    public LogitsWorker logits(StateTensor logits, int iterations) {
        return new JavaLogits(logits);
    }

    @Override
    public Projector projector(StateTensor states, Axes axes) {
        return new JavaProjector(states, axes);
    }
}
