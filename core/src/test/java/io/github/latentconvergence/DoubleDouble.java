package io.github.latentconvergence;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A number as the sum of two doubles, {@code |lo| <= ulp(hi) / 2}: about 106 bits. Each operation here is off by less than 2^-100 of its result as long as nothing
 * overflows and no product falls below 2^-960, where its low part would be lost. A sum of n positive terms is then off by less than n 2^-100: for a million terms 2^-80,
 * against promises of 1e-6 (2^-20) and 40 2^-53. Sums and differences of two doubles, and products of two doubles, are exact (Knuth's two-sum; fma). Held against
 * {@link BigDecimal} in {@link AccuracyTest}.
 */
record DoubleDouble(double hi, double lo) {
    static final DoubleDouble ZERO = new DoubleDouble(0, 0);

    static DoubleDouble of(double value) {
        return new DoubleDouble(value, 0);
    }

    /** Exactly a + b. */
    static DoubleDouble sum(double a, double b) {
        double s = a + b;
        double v = s - a;
        return new DoubleDouble(s, (a - (s - v)) + (b - v));
    }

    private static DoubleDouble normal(double large, double small) {
        double s = large + small;
        return new DoubleDouble(s, small - (s - large));
    }

    DoubleDouble plus(DoubleDouble other) {
        DoubleDouble high = sum(hi, other.hi);
        DoubleDouble low = sum(lo, other.lo);
        DoubleDouble once = normal(high.hi, high.lo + low.hi);
        return normal(once.hi, once.lo + low.lo);
    }

    DoubleDouble minus(DoubleDouble other) {
        return plus(new DoubleDouble(-other.hi, -other.lo));
    }

    DoubleDouble times(DoubleDouble other) {
        double p = hi * other.hi;
        return normal(p, Math.fma(hi, other.hi, -p) + (hi * other.lo + lo * other.hi));
    }

    DoubleDouble times(double other) {
        return times(of(other));
    }

    DoubleDouble reciprocal() {
        double q = 1 / hi;
        DoubleDouble rest = of(1).minus(times(q));
        return normal(q, rest.hi * q);
    }

    DoubleDouble sqrt() {
        if (hi == 0) {
            return ZERO;
        }
        double root = Math.sqrt(hi);
        DoubleDouble rest = minus(of(root).times(root));
        return normal(root, rest.hi / (2 * root));
    }

    BigDecimal exactly() {
        return new BigDecimal(hi).add(new BigDecimal(lo));
    }

    /** sum x^2. */
    static DoubleDouble norm2(double[] x) {
        DoubleDouble sum = ZERO;
        for (double value : x) {
            sum = sum.plus(of(value).times(value));
        }
        return sum;
    }

    /** sum (x-y)^2. */
    static DoubleDouble diff2(double[] x, double[] y) {
        DoubleDouble sum = ZERO;
        for (int d = 0; d < x.length; d++) {
            DoubleDouble e = sum(x[d], -y[d]);
            sum = sum.plus(e.times(e));
        }
        return sum;
    }

    DoubleDouble abs() {
        return hi < 0 ? new DoubleDouble(-hi, -lo) : this;
    }

    DoubleDouble max(DoubleDouble other) {
        return minus(other).hi >= 0 ? this : other;
    }

    /** sum |x-y|. */
    static DoubleDouble diff1(double[] x, double[] y) {
        return weightedDiff1(x, y, null);
    }

    /** max |x-y|. */
    static DoubleDouble diffMax(double[] x, double[] y) {
        return weightedDiffMax(x, y, null);
    }

    /** sum ((x-y)-(y-z))^2. */
    static DoubleDouble accel2(double[] x, double[] y, double[] z) {
        DoubleDouble sum = ZERO;
        for (int d = 0; d < x.length; d++) {
            DoubleDouble e = sum(x[d], -y[d]).minus(sum(y[d], -z[d]));
            sum = sum.plus(e.times(e));
        }
        return sum;
    }

    /** 1 / sqrt(mean x^2 + eps). */
    static DoubleDouble scale(double[] x, double eps) {
        return norm2(x).times(of(x.length).reciprocal()).plus(of(eps)).sqrt().reciprocal();
    }

    /** sum (N(x)-N(y))^2, N(x) = g a x and N(y) = g b y. */
    static DoubleDouble normalizedDiff2(double[] x, DoubleDouble a, double[] y, DoubleDouble b, double[] g) {
        DoubleDouble sum = ZERO;
        for (int d = 0; d < x.length; d++) {
            DoubleDouble e = a.times(x[d]).minus(b.times(y[d])).times(g[d]);
            sum = sum.plus(e.times(e));
        }
        return sum;
    }

    /** sum |N(x)-N(y)|. */
    static DoubleDouble normalizedDiff1(double[] x, DoubleDouble a, double[] y, DoubleDouble b, double[] g) {
        DoubleDouble sum = ZERO;
        for (int d = 0; d < x.length; d++) {
            sum = sum.plus(a.times(x[d]).minus(b.times(y[d])).times(g[d]).abs());
        }
        return sum;
    }

    /** max |N(x)-N(y)|. */
    static DoubleDouble normalizedDiffMax(double[] x, DoubleDouble a, double[] y, DoubleDouble b, double[] g) {
        DoubleDouble most = ZERO;
        for (int d = 0; d < x.length; d++) {
            most = most.max(a.times(x[d]).minus(b.times(y[d])).times(g[d]).abs());
        }
        return most;
    }

    /**
     * 1 - cos of the angle between g x and g y, where RMSNorm, which only scales each side, changes nothing: (|x-y|^2 - (|x|-|y|)^2) / (2 |x| |y|), the second square without
     * cancellation. As it is defined, {@code 1 - x.y / (|x| |y|)}, 32 digits would not be enough for float64 states that nearly agree.
     */
    static DoubleDouble cosine(double[] x, double[] y, double[] g) {
        DoubleDouble ofX = ZERO;
        DoubleDouble ofY = ZERO;
        DoubleDouble square = ZERO;
        DoubleDouble cross = ZERO;
        for (int d = 0; d < x.length; d++) {
            DoubleDouble e = sum(x[d], -y[d]).times(g[d]);
            ofX = ofX.plus(of(x[d]).times(g[d]).times(of(x[d]).times(g[d])));
            ofY = ofY.plus(of(y[d]).times(g[d]).times(of(y[d]).times(g[d])));
            square = square.plus(e.times(e));
            cross = cross.plus(e.times(sum(x[d], y[d]).times(g[d])));
        }
        DoubleDouble lengthX = ofX.sqrt();
        DoubleDouble lengthY = ofY.sqrt();
        DoubleDouble delta = cross.times(lengthX.plus(lengthY).reciprocal());
        return square.minus(delta.times(delta)).times(lengthX.times(lengthY).times(2).reciprocal());
    }

    /** sum (g (x-y))^2. */
    static DoubleDouble weightedDiff2(double[] x, double[] y, double[] g) {
        DoubleDouble sum = ZERO;
        for (int d = 0; d < x.length; d++) {
            DoubleDouble e = sum(x[d], -y[d]).times(g[d]);
            sum = sum.plus(e.times(e));
        }
        return sum;
    }

    /** sum |g (x-y)|; g is 1 where there is none. */
    static DoubleDouble weightedDiff1(double[] x, double[] y, double @Nullable [] g) {
        DoubleDouble sum = ZERO;
        for (int d = 0; d < x.length; d++) {
            DoubleDouble e = sum(x[d], -y[d]);
            sum = sum.plus((g == null ? e : e.times(g[d])).abs());
        }
        return sum;
    }

    /** max |g (x-y)|; g is 1 where there is none. */
    static DoubleDouble weightedDiffMax(double[] x, double[] y, double @Nullable [] g) {
        DoubleDouble most = ZERO;
        for (int d = 0; d < x.length; d++) {
            DoubleDouble e = sum(x[d], -y[d]);
            most = most.max((g == null ? e : e.times(g[d])).abs());
        }
        return most;
    }
}
