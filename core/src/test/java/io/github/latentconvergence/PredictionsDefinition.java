package io.github.latentconvergence;

import java.util.Arrays;

/**
 * What logits predict, as the section Predictions of numerics.md defines it, written from that page and nothing else: element by element, each lane a number.
 *
 * @param entropy {@code [iterations]}
 * @param fromPrevious KL(p_{t-1} || p_t)
 * @param toPrevious KL(p_t || p_{t-1})
 * @param argmax -1 where there is none
 */
record PredictionsDefinition(double[] entropy, double[] fromPrevious, double[] toPrevious, int[] argmax) {
    private static final double[] EXP = {0x1.0000000000001p-1, 0x1.5555555555556p-3, 0x1.5555555553d68p-5, 0x1.11111111109b5p-7,
        0x1.6c16c17889ef9p-10, 0x1.a01a01a7c2f03p-13, 0x1.a019b914985a9p-16, 0x1.71de0db2f585ep-19, 0x1.28917c8be7ad6p-22,
        0x1.af389ed28db09p-26};

    /** Of the rows {@code [iterations][vocabulary]} of one token. */
    static PredictionsDefinition of(double[][] rows) {
        int n = rows.length;
        PredictionsDefinition all = new PredictionsDefinition(new double[n], new double[n], new double[n], new int[n]);
        for (int t = 0; t < n; t++) {
            Row x = new Row(rows[t]);
            all.entropy[t] = x.entropy();
            all.argmax[t] = x.argmax();
            Row y = t == 0 ? null : new Row(rows[t - 1]);
            all.fromPrevious[t] = y == null ? Double.NaN : divergence(y, x);
            all.toPrevious[t] = y == null ? Double.NaN : divergence(x, y);
        }
        return all;
    }

    /** One number of a sum after another. */
    private interface Terms {
        /** Adds element {@code d} to what its lane holds. */
        double added(int d, double lane);
    }

    private static double sum(int n, Terms terms) {
        double sum = 0;
        for (int from = 0; from < n; from += 512) {
            double[] lanes = new double[16];
            for (int d = from; d < Math.min(from + 512, n); d++) {
                lanes[d % 16] = terms.added(d, lanes[d % 16]);
            }
            for (int w = 8; w > 0; w /= 2) {
                for (int j = 0; j < w; j++) {
                    lanes[j] += lanes[j + w];
                }
            }
            sum += lanes[0];
        }
        return sum;
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = coefficients[coefficients.length - 1];
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = Math.fma(sum, x, coefficients[i]);
        }
        return sum;
    }

    private static double exp(double u) {
        if (u < -708) {
            return 0;
        }
        double k = Math.fma(u, 0x1.71547652b82fep+0, 0x1.8p52) - 0x1.8p52;
        double r = Math.fma(k, -0x1.9ef35793c7673p-41, Math.fma(k, -0x1.62e42fefa2000p-1, u));
        double power = Math.fma(r * r, polynomial(EXP, r), r) + 1;
        return Double.isNaN(u) ? Double.NaN : Math.scalb(power, (int) k);
    }

    private static final class Row {
        final double[] x;
        final double largest;
        final double[] u;
        final double[] power;
        final double z;

        Row(double[] x) {
            this.x = x;
            this.largest = Arrays.stream(x).filter(v -> !Double.isNaN(v)).max().orElse(Double.NEGATIVE_INFINITY);
            this.u = Arrays.stream(x).map(v -> v - largest).toArray();
            this.power = Arrays.stream(u).map(PredictionsDefinition::exp).toArray();
            this.z = sum(x.length, (d, lane) -> lane + power[d]);
        }

        double entropy() {
            double s = sum(x.length, (d, lane) -> Math.fma(power[d], u[d] < -708 ? 0 : u[d], lane));
            return StrictMath.log(z) - s / z;
        }

        int argmax() {
            for (int d = 0; d < x.length; d++) {
                if (x[d] == largest && !Double.isNaN(z)) {
                    return d;
                }
            }
            return -1;
        }
    }

    /** KL(p of y || p of x). */
    private static double divergence(Row y, Row x) {
        double[] g = new double[x.x.length];
        for (int d = 0; d < g.length; d++) {
            g[d] = y.x[d] - x.x[d] - (y.largest - x.largest);
        }
        double sum = sum(g.length, (d, lane) -> lane + term(y.power[d], x.power[d], g[d], y.u[d]));
        double gap = sum(g.length, (d, lane) -> Math.fma(y.power[d], y.u[d] < -708 ? 0 : g[d], lane));
        double d = (sum - gap) / y.z;
        if (gap == Double.POSITIVE_INFINITY && x.z > 0) {
            return gap;
        }
        if (Math.abs(d) <= 0.5) {
            double s = d / (2 + d);
            double series = 0;
            for (int i = 17; i >= 0; i--) {
                series = series * (s * s) + 1.0 / (2 * i + 3);
            }
            return Math.max(0, sum / y.z + (2 * s * (s * s) * series - d * s));
        }
        return Math.max(0, gap / y.z + (StrictMath.log(x.z) - StrictMath.log(y.z)));
    }

    private static double term(double q, double p, double g, double v) {
        if (!(Math.abs(g) <= 0.5)) {
            return Math.fma(q, v < -708 ? 0 : g, p - q);
        }
        double square = g * g;
        double even = square * polynomial(reciprocals(2, 7), square);
        double odd = g * square * polynomial(reciprocals(3, 6), square);
        return q * (even - odd);
    }

    /** 1/first!, 1/(first+2)!, ... */
    private static double[] reciprocals(int first, int terms) {
        double[] all = new double[terms];
        for (int i = 0; i < terms; i++) {
            double factorial = 1;
            for (int k = 2; k <= first + 2 * i; k++) {
                factorial *= k;
            }
            all[i] = 1 / factorial;
        }
        return all;
    }
}
