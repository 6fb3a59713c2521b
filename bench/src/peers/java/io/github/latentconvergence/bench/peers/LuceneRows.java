package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.lucene.util.VectorUtil;

/** Lucene's {@code VectorUtil.squareDistance}, which takes nothing but arrays on the heap: every row is copied there first. */
final class LuceneRows implements RowByRow.Kernel {
    private final StateTensor states;
    private final float[] state;
    private final float[] last;
    private int token;

    LuceneRows(StateTensor states) {
        this.states = states;
        state = new float[Math.toIntExact(states.hidden())];
        last = state.clone();
    }

    @Override
    public void token(int other) {
        token = other;
        copy(states, Math.toIntExact(states.iterations() - 1), token, last);
    }

    @Override
    public double squared(int iteration) {
        copy(states, iteration, token, state);
        return VectorUtil.squareDistance(state, last);
    }

    private static void copy(StateTensor states, int iteration, int token, float[] to) {
        MemorySegment.copy(states.row(iteration, token), ValueLayout.JAVA_FLOAT, 0, to, 0, to.length);
    }

    /** The same kernel on states that are on the heap already: what it could do without the copies. */
    static final class OnHeap implements RowByRow.Kernel {
        private final float[][][] rows;
        private int token;

        OnHeap(float[][][] rows) {
            this.rows = rows;
        }

        /** Copies all states, once. */
        static float[][][] heap(StateTensor states) {
            int iterations = Math.toIntExact(states.iterations());
            int tokens = Math.toIntExact(states.tokens());
            float[][][] rows = new float[iterations][tokens][Math.toIntExact(states.hidden())];
            for (int iteration = 0; iteration < iterations; iteration++) {
                for (int token = 0; token < tokens; token++) {
                    copy(states, iteration, token, rows[iteration][token]);
                }
            }
            return rows;
        }

        @Override
        public void token(int other) {
            token = other;
        }

        @Override
        public double squared(int iteration) {
            return VectorUtil.squareDistance(rows[iteration][token], rows[rows.length - 1][token]);
        }
    }
}
