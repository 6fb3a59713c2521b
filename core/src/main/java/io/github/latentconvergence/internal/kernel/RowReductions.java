package io.github.latentconvergence.internal.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reductions of whole rows in plain Java, with the rule for when a row is done again in float64. For one thread. */
final class RowReductions {
    /** Below this a float32 sum may have lost terms that underflowed. */
    private static final double SMALLEST = 0x1p-100;

    private static final Scale UNUSED = new Scale(0, 0, true, 0, 0);

    private final Lanes32 lanes32 = new Lanes32();
    private final Lanes64 lanes64 = new Lanes64();
    private final double hidden;
    private final double eps;
    private final double[] weight64;
    private final float[] weight32;

    RowReductions(Plan plan, int padded) {
        hidden = plan.states().hidden();
        eps = plan.eps();
        weight64 = Arrays.copyOf(plan.weight(), padded);
        weight32 = new float[padded];
        for (int d = 0; d < padded; d++) {
            weight32[d] = (float) weight64[d];
        }
    }

    /** Sum of squares of a row, not redone. */
    double plainNorm(Row row, boolean wide) {
        return wide ? wideSum(Op.NORM2, row, row, UNUSED) : narrowSum(Op.NORM2, row, row, UNUSED);
    }

    /** {@code basis} is there for normalised reductions. */
    double reduce(Reduction reduction, Row x, Row y, @Nullable Basis basis) {
        Op op = reduction.op();
        Scale scale = basis == null ? UNUSED : scale(op, basis);
        if (reduction.wide()) {
            return wideSum(op, x, y, scale);
        }
        double sum = narrowSum(op, x, y, scale);
        if (!reduction.redo() || !(isDoubtful(sum) || (basis != null && isDoubtful(op, basis)))) {
            return sum;
        }
        if (basis == null) {
            return wideSum(op, x, y, scale);
        }
        boolean alone = !op.isNormalizedPair();
        return wideSum(op, x, y, scale(op, new Basis(wideSum(Op.NORM2, x, y, UNUSED), alone ? 0 : wideSum(Op.SIDE_NORM2, x, y, UNUSED),
                alone ? 0 : wideSum(Op.CROSS, x, y, UNUSED))));
    }

    private Scale scale(Op op, Basis basis) {
        return op.isNormalizedPair()
                ? Scale.pair(basis.x(), basis.y(), basis.cross(), hidden, eps)
                : Scale.alone(basis.x(), hidden, eps);
    }

    private static boolean isDoubtful(double sum) {
        return !(Double.isFinite(sum) && Math.abs(sum) >= SMALLEST);
    }

    private static boolean isDoubtful(Op op, Basis basis) {
        return isDoubtful(basis.x()) || (op.isNormalizedPair() && (isDoubtful(basis.y()) || !Double.isFinite(basis.cross())));
    }

    private double narrowSum(Op op, Row x, Row y, Scale scale) {
        return lanes32.sum(op, x.narrow(), y.narrow(), weight32, scale);
    }

    private double wideSum(Op op, Row x, Row y, Scale scale) {
        return lanes64.sum(op, x.wide(), y.wide(), weight64, scale);
    }
}
