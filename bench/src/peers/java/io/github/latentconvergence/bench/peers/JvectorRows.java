package io.github.latentconvergence.bench.peers;

import io.github.jbellis.jvector.vector.VectorUtil;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.cnative.NativeSimdOps;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;

/** JVector's native kernels through its own API, whose vectors have memory of their own: every row is copied there first. */
final class JvectorRows implements RowByRow.Kernel {
    private final StateTensor states;
    private final VectorFloat<?> state;
    private final VectorFloat<?> last;
    private int token;

    JvectorRows(StateTensor states) {
        requireNative();
        this.states = states;
        int hidden = Math.toIntExact(states.hidden());
        state = VectorizationProvider.getInstance().getVectorTypeSupport().createFloatVector(hidden);
        last = VectorizationProvider.getInstance().getVectorTypeSupport().createFloatVector(hidden);
    }

    private static void requireNative() {
        String provider = VectorizationProvider.getInstance().getClass().getSimpleName();
        if (!provider.equals("NativeVectorizationProvider")) {
            throw new IllegalStateException("JVector chose its " + provider + " instead of its native kernels; its log says why");
        }
    }

    @Override
    public void token(int other) {
        token = other;
        copy(states.iterations() - 1, last);
    }

    @Override
    public double squared(int iteration) {
        copy(iteration, state);
        return VectorUtil.squareL2Distance(state, last);
    }

    private void copy(long iteration, VectorFloat<?> to) {
        ((MemorySegment) to.get()).copyFrom(states.row(iteration, token));
    }

    /** The same kernel called on the memory of the states through the library's generated bindings, which it does not document. */
    static final class InPlace implements RowByRow.Kernel {
        private final StateTensor states;
        private int token;

        InPlace(StateTensor states) {
            requireNative();
            this.states = states;
        }

        @Override
        public void token(int other) {
            token = other;
        }

        @Override
        public double squared(int iteration) {
            MemorySegment all = states.segment();
            return NativeSimdOps.euclidean_f32(all, element(iteration), all, element(states.iterations() - 1), states.hidden());
        }

        private long element(long iteration) {
            return iteration * states.iterationStride() + token * states.tokenStride();
        }
    }
}
