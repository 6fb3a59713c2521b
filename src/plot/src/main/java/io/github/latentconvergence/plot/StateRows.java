package io.github.latentconvergence.plot;

import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The states of some tokens as rows of float64, token by token and in each by iteration; widened a piece at a time and never all together. A row is the difference to the
 * first, which takes away what all have in common without rounding it, in a {@link #unit} that keeps squares in range.
 */
final class StateRows {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final StateTensor states;
    private final int[] tokens;
    private final int iterations;
    private final double[] first;
    private final int exponent;
    private final boolean constant;

    /** @throws IllegalArgumentException if a component is NaN or infinite; the message names its token */
    StateRows(StateTensor states, int[] tokens) {
        this.states = states;
        this.tokens = tokens;
        this.iterations = Math.toIntExact(states.iterations());
        this.first = new double[Math.toIntExact(states.hidden())];
        widen(0, 0, first.length, first);
        double[] row = new double[first.length];
        double largest = 0;
        boolean same = true;
        for (int n = 0; n < count(); n++) {
            widen(n, 0, row.length, row);
            for (int d = 0; d < row.length; d++) {
                if (!Double.isFinite(row[d])) {
                    throw new IllegalArgumentException("token " + tokens[n / iterations] + " has the component " + row[d]
                            + " at iteration " + n % iterations + ": principal components need finite states");
                }
                largest = Math.max(largest, Math.abs(row[d]));
                same &= row[d] == first[d];
            }
        }
        this.exponent = largest == 0 ? 0 : Math.getExponent(largest);
        this.constant = same;
    }

    /** Number of rows. */
    int count() {
        return Math.multiplyExact(tokens.length, iterations);
    }

    /** Components of a row. */
    int hidden() {
        return first.length;
    }

    /** Whether all rows are the same. */
    boolean isConstant() {
        return constant;
    }

    /** A length in the unit of the rows, in that of the states. */
    double unit(double length) {
        return Math.scalb(length, exponent);
    }

    /** Reads components {@code from} to {@code to} of a row to the front of {@code into}. */
    void read(int row, int from, int to, double[] into) {
        widen(row, from, to, into);
        double scale = Math.scalb(1.0, -exponent);
        for (int d = from; d < to; d++) {
            into[d - from] = into[d - from] * scale - first[d] * scale;
        }
    }

    private void widen(int row, int from, int to, double[] into) {
        MemorySegment state = states.row(row % iterations, tokens[row / iterations]);
        switch (states.dtype()) {
            case BF16 -> {
                for (int d = from; d < to; d++) {
                    into[d - from] = Float.intBitsToFloat(state.get(SHORT, 2L * d) << 16);
                }
            }
            case F16 -> {
                for (int d = from; d < to; d++) {
                    into[d - from] = Float.float16ToFloat(state.get(SHORT, 2L * d));
                }
            }
            case F32 -> {
                for (int d = from; d < to; d++) {
                    into[d - from] = state.get(FLOAT, 4L * d);
                }
            }
            case F64 -> {
                for (int d = from; d < to; d++) {
                    into[d - from] = state.get(DOUBLE, 8L * d);
                }
            }
        }
    }
}
