package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Everything that is compared. */
enum Library {
    /** This library, {@code convergenceMatrix()}. */
    LATENT_CONVERGENCE,
    /** The obvious loop in Java. */
    PLAIN_LOOP,
    /** {@code jdk.incubator.vector}. */
    VECTOR_API,
    /** {@code VectorUtil.squareDistance}, with the copies to the heap that it needs. */
    LUCENE,
    /** The same without the copies, on states that are on the heap. */
    LUCENE_ON_HEAP,
    /** JVector's native kernels, with the copies that its vectors need. */
    JVECTOR,
    /** The same without the copies, through its bindings. */
    JVECTOR_IN_PLACE,
    /** {@link Torch.Expression#LOOP}. */
    PYTORCH_LOOP,
    /** {@link Torch.Expression#UPCAST_LOOP}. */
    PYTORCH_UPCAST_LOOP,
    /** {@link Torch.Expression#BUFFERED_LOOP}. */
    PYTORCH_BUFFERED_LOOP,
    /** {@link Torch.Expression#WHOLE}. */
    PYTORCH_WHOLE;

    /** The name in tables, for example {@code pytorch-loop}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The library with this label. */
    static Library ofLabel(String label) {
        return Arrays.stream(values()).filter(library -> library.label().equals(label)).findAny()
                .orElseThrow(() -> new IllegalArgumentException("unknown library '" + label + "': expected one of "
                        + Arrays.stream(values()).map(Library::label).collect(Collectors.joining(", "))));
    }

    /** Whether it can measure states of this type. */
    boolean takes(DType dtype) {
        return switch (this) {
            case LATENT_CONVERGENCE, PLAIN_LOOP, PYTORCH_LOOP, PYTORCH_BUFFERED_LOOP, PYTORCH_WHOLE -> true;
            case VECTOR_API -> dtype == DType.F32 || dtype == DType.BF16;
            case LUCENE, LUCENE_ON_HEAP, JVECTOR, JVECTOR_IN_PLACE -> dtype == DType.F32;
            case PYTORCH_UPCAST_LOOP -> dtype == DType.BF16 || dtype == DType.F16;
        };
    }

    /**
     * The relative error that a distance may have: rounding of float32 sums, except where PyTorch computes in the type of the states, whose difference, distance and logarithm are each
     * rounded to it.
     */
    double tolerance(DType dtype) {
        return switch (this) {
            case LATENT_CONVERGENCE -> 1e-6;
            case PLAIN_LOOP -> 1e-10;
            case PYTORCH_LOOP, PYTORCH_WHOLE -> Math.max(4 * dtype.unitRoundoff(), dtype == DType.F64 ? 1e-10 : 1e-5);
            case PYTORCH_BUFFERED_LOOP -> dtype == DType.F64 ? 1e-10 : 1e-5;
            case VECTOR_API, LUCENE, LUCENE_ON_HEAP, JVECTOR, JVECTOR_IN_PLACE, PYTORCH_UPCAST_LOOP -> 1e-5;
        };
    }

    /**
     * Makes it ready.
     *
     * @param states {@code [iterations][tokens][hidden]}, contiguous, of a type that it {@linkplain #takes}; they must stay open until the peer is closed
     * @throws IllegalArgumentException if it cannot take this type
     */
    Peer open(StateTensor states, int threads) {
        if (!takes(states.dtype())) {
            throw new IllegalArgumentException(label() + " cannot take states of type " + states.dtype().label());
        }
        return switch (this) {
            case LATENT_CONVERGENCE -> {
                ConvergenceOptions options = ConvergenceOptions.defaults().withThreads(threads);
                yield () -> Answer.of(Convergence.convergenceMatrix(states, options));
            }
            case PLAIN_LOOP -> new RowByRow(states, threads, () -> new PlainLoop(states));
            case VECTOR_API -> new RowByRow(states, threads, () -> new VectorLoop(states));
            case LUCENE -> new RowByRow(states, threads, () -> new LuceneRows(states));
            case LUCENE_ON_HEAP -> {
                float[][][] heap = LuceneRows.OnHeap.heap(states);
                yield new RowByRow(states, threads, () -> new LuceneRows.OnHeap(heap));
            }
            case JVECTOR -> new RowByRow(states, threads, () -> new JvectorRows(states));
            case JVECTOR_IN_PLACE -> new RowByRow(states, threads, () -> new JvectorRows.InPlace(states));
            case PYTORCH_LOOP -> new Torch(states, threads, Torch.Expression.LOOP);
            case PYTORCH_UPCAST_LOOP -> new Torch(states, threads, Torch.Expression.UPCAST_LOOP);
            case PYTORCH_BUFFERED_LOOP -> new Torch(states, threads, Torch.Expression.BUFFERED_LOOP);
            case PYTORCH_WHOLE -> new Torch(states, threads, Torch.Expression.WHOLE);
        };
    }
}
