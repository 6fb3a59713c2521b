package io.github.latentconvergence.internal.kernel;

/** Reductions of whole rows in plain Java, with the rule for when a row is done again in float64. For one thread. */
final class RowReductions {
    /** Below this a float32 sum may have lost terms that underflowed. */
    private static final double SMALLEST = 0x1p-100;

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

    /** The sums that a reduction rests on, of the rows at hand; {@code x} only where it does not follow from y and cross. */
    record Rest(double x, double y, double cross, double diff2, double along, double weightedY) {}

    /** A sum of squares of a row alone. */
    double norm(Op op, Row row, boolean wide) {
        return trusted(op, Rows.alone(row), wide, Scale.UNUSED);
    }

    /** A reduction that rests on no other. */
    double plain(Op op, Rows rows, boolean wide) {
        return trusted(op, rows, wide, Scale.UNUSED);
    }

    /** A reduction of N(x) and a reference that is normalised already. */
    double toReady(Op op, Rows rows, boolean wide, double xNorm) {
        return trusted(op, rows, wide, Scale.alone(xNorm, hidden, eps));
    }

    /** A sum of squares of the state, weighted or not, made of those of the reference. */
    double stateNorm(Op op, Row x, boolean wide, Rest rest) {
        return shifted(op == Op.STATE_NORM2 ? Op.NORM2 : Op.WEIGHTED_NORM2, x, wide, rest.y, rest.diff2 + 2 * rest.along);
    }

    /** A reduction of N(x) and N(y). */
    double normalizedPair(Op op, Rows rows, boolean wide, boolean previous, Rest rest) {
        double x = previous ? rest.x : shifted(Op.NORM2, rows.x, wide, rest.y, rest.cross);
        Scale by = Scale.pair(x, rest.y, rest.cross, hidden, eps);
        if (op == Op.NORMALIZED_DIFF2) {
            double parts = by.a() * by.a() * rest.diff2 + by.c() * by.c() * rest.weightedY;
            double sum = parts + 2 * by.a() * by.c() * rest.along;
            if (Double.isFinite(sum) && sum >= parts / 16) {
                return sum;
            }
        }
        return trusted(op, rows, wide, by);
    }

    /** sum x^2 = y + cross, unless most of that cancels: then of the row itself. */
    private double shifted(Op op, Row row, boolean wide, double y, double cross) {
        double x = y + cross;
        return Double.isFinite(x) && x >= y / 16 ? x : norm(op, row, wide);
    }

    private double trusted(Op op, Rows rows, boolean wide, Scale scale) {
        double sum = sum(op, rows, wide, scale);
        if (wide || !isDoubtful(op, sum)) {
            return sum;
        }
        boolean isDefined = Double.isFinite(scale.m()); // a row of zeros has no normalised form where eps is 0
        if (op.isOfDifferences() && isDefined && sum(Op.MAX_DIFF, rows, false, Scale.UNUSED) == 0) {
            return 0; // the states are equal, element by element
        }
        return sum(op, rows, true, scale);
    }

    /** Nothing is lost from a maximum, however small. */
    static boolean isDoubtful(Op op, double sum) {
        return !Double.isFinite(sum) || (op.total() != Op.Total.LARGEST && Math.abs(sum) < SMALLEST);
    }

    private double sum(Op op, Rows rows, boolean wide, Scale scale) {
        return wide
                ? lanes64.reduce(op, rows.x.wide(), rows.y.wide(), rows.z.wide(), weight.wide(), scale)
                : lanes32.reduce(op, rows.x.narrow(), rows.y.narrow(), rows.z.narrow(), weight.narrow(), scale);
    }
}
