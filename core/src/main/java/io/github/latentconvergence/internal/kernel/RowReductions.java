package io.github.latentconvergence.internal.kernel;

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
    private final Row weight;

    RowReductions(Plan plan) {
        hidden = plan.states().hidden();
        eps = plan.eps();
        weight = Row.of(plan.weight());
    }

    /**
     * A state and what it is held against; the state itself stands for what is not used.
     *
     * @param x the state
     * @param y the other side
     * @param z the state before y, where y is the state before x
     */
    record Rows(Row x, Row y, Row z) {
        static Rows alone(Row x) {
            return new Rows(x, x, x);
        }
    }

    /** Sum of squares of a row, not redone. */
    double plainNorm(Row row, boolean wide) {
        return sum(Op.NORM2, Rows.alone(row), wide, UNUSED);
    }

    /** {@code basis} is there for normalised reductions. */
    double reduce(Reduction reduction, Rows rows, @Nullable Basis basis) {
        Op op = reduction.op();
        double sum = sum(op, rows, reduction.wide(), basis == null ? UNUSED : scale(op, basis));
        if (reduction.wide() || !reduction.redo() || !(isDoubtful(op, sum) || (basis != null && isDoubtful(op, basis)))) {
            return sum;
        }
        return sum(op, rows, true, basis == null ? UNUSED : scale(op, wideBasis(op, rows)));
    }

    private Basis wideBasis(Op op, Rows rows) {
        double x = sum(Op.NORM2, rows, true, UNUSED);
        return op.isNormalizedPair()
                ? new Basis(x, sum(Op.SIDE_NORM2, rows, true, UNUSED), sum(Op.CROSS, rows, true, UNUSED))
                : new Basis(x, 0, 0);
    }

    private Scale scale(Op op, Basis basis) {
        return op.isNormalizedPair()
                ? Scale.pair(basis.x(), basis.y(), basis.cross(), hidden, eps)
                : Scale.alone(basis.x(), hidden, eps);
    }

    /** Nothing is lost from a maximum, however small. */
    private static boolean isDoubtful(Op op, double sum) {
        return op.total() == Op.Total.LARGEST ? !Double.isFinite(sum) : isDoubtful(sum);
    }

    private static boolean isDoubtful(double sum) {
        return !(Double.isFinite(sum) && Math.abs(sum) >= SMALLEST);
    }

    private static boolean isDoubtful(Op op, Basis basis) {
        return isDoubtful(basis.x()) || (op.isNormalizedPair() && (isDoubtful(basis.y()) || !Double.isFinite(basis.cross())));
    }

    private double sum(Op op, Rows rows, boolean wide, Scale scale) {
        return wide
                ? lanes64.reduce(op, rows.x.wide(), rows.y.wide(), rows.z.wide(), weight.wide(), scale)
                : lanes32.reduce(op, rows.x.narrow(), rows.y.narrow(), rows.z.narrow(), weight.narrow(), scale);
    }
}
