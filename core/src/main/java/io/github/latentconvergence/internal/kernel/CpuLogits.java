package io.github.latentconvergence.internal.kernel;

import io.github.latentconvergence.internal.ffm.NativeTier;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** One thread's use of the C kernel for logits. Its memory holds an {@code lc_prediction} for each iteration. */
final class CpuLogits implements Kernels.LogitsWorker {
    private static final int FIELDS = 7;
    private static final int ARGMAX = 6;

    private final NativeTier tier;
    private final StateTensor logits;
    private final int mostIterations;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment work;

    CpuLogits(NativeTier tier, StateTensor logits, int iterations) {
        this.tier = tier;
        this.logits = logits;
        this.mostIterations = iterations;
        this.work = arena.allocate(ValueLayout.JAVA_DOUBLE, (long) FIELDS * iterations);
    }

    @Override
    public void measure(int token, int first, int iterations, LogitSums sums) {
        Objects.checkIndex(token, logits.tokens());
        Objects.checkFromIndexSize(first, iterations, logits.iterations());
        Objects.checkFromIndexSize(0, iterations, mostIterations);
        int size = logits.dtype().bytes();
        long offset = (first * logits.iterationStride() + token * logits.tokenStride()) * size;
        tier.logits(logits.segment(), offset, logits.iterationStride() * size, first, iterations, logits.hidden(),
                logits.dtype().ordinal(), work, 0);
        int cell = token * Math.toIntExact(logits.iterations()) + first;
        for (int t = 0; t < iterations; t++, cell++) {
            sums.z()[cell] = at(t, 0);
            sums.zu()[cell] = at(t, 1);
            sums.forward()[cell] = at(t, 2);
            sums.forwardGap()[cell] = at(t, 3);
            sums.backward()[cell] = at(t, 4);
            sums.backwardGap()[cell] = at(t, 5);
            sums.argmax()[cell] = (int) work.getAtIndex(ValueLayout.JAVA_LONG, (long) FIELDS * t + ARGMAX);
        }
    }

    private double at(int iteration, int field) {
        return work.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) FIELDS * iteration + field);
    }

    @Override
    public void close() {
        arena.close();
    }
}
