package io.github.latentconvergence;

import static io.github.latentconvergence.DefinedLanes.fma;
import static io.github.latentconvergence.DefinedLanes.lanes;
import static io.github.latentconvergence.DefinedLanes.minus;
import static io.github.latentconvergence.DefinedLanes.padded;
import static io.github.latentconvergence.DefinedTotals.doubtful;

import io.github.latentconvergence.DefinedTotals.Pair;
import io.github.latentconvergence.DefinedTotals.Total;
import io.github.latentconvergence.tensor.DType;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a distance is, bit for bit: the numbers of numerics.md written down once more, slowly and without any of the code under test.
 *
 * @param dtype of the states
 * @param states {@code [iterations][hidden]} of one token
 * @param reference the reference row, exactly; null for the state before
 * @param wideReference whether the reference is float64
 * @param normalized whether the reference is normalised already
 * @param weight RMSNorm's weight, empty for RMSNorm without one; null where nothing is normalised
 * @param eps RMSNorm's eps
 */
record Definition(DType dtype, double[][] states, double @org.jspecify.annotations.Nullable [] reference, boolean wideReference,
        boolean normalized, double @org.jspecify.annotations.Nullable [] weight, double eps) {

    /** Mean of the last iterations. */
    static double[] tailMean(DType dtype, double[][] states, double fraction) {
        int length = Math.max(1, (int) Math.floor(fraction * states.length));
        double[] mean = new double[states[0].length];
        for (int d = 0; d < mean.length; d++) {
            double sum = 0;
            for (int t = states.length - length; t < states.length; t++) {
                sum += states[t][d];
            }
            mean[d] = sum / length;
            if (dtype != DType.F64) {
                mean[d] = (float) mean[d];
            }
        }
        return mean;
    }

    /** The distance at iteration t. */
    double distance(Metric metric, int t) {
        double[] x = padded(states[t]);
        boolean normalize = weight != null;
        if (metric == Metric.NORM) {
            return canonical(Math.sqrt(norm(x, normalize, dtype == DType.F64)));
        }
        if (reference == null && t == 0) {
            return Double.NaN;
        }
        double[] y = padded(reference == null ? states[t - 1] : reference);
        boolean ready = normalize && normalized;
        boolean isAngle = metric == Metric.COSINE || metric == Metric.ANGULAR;
        boolean wide = dtype == DType.F64 || wideReference || ready || (isAngle && normalize);
        return canonical(switch (metric) {
            case L2, NORM -> Math.sqrt(compare(Total.SQUARES, x, y, normalize, ready, wide));
            case RMS -> Math.sqrt(compare(Total.SQUARES, x, y, normalize, ready, wide)) / Math.sqrt(states[0].length);
            case RELATIVE_L2 ->
                Math.sqrt(compare(Total.SQUARES, x, y, normalize, ready, wide)) / Math.sqrt(norm(y, normalize && !ready, wide));
            case L1 -> compare(Total.MAGNITUDES, x, y, normalize, ready, wide);
            case LINF -> compare(Total.LARGEST, x, y, normalize, ready, wide);
            case COSINE, ANGULAR -> angle(metric, x, y, isWeighted(), ready, wide);
        });
    }

    /** Of normalised rows: as that of the weighted ones, which differ by their lengths alone. */
    private double angle(Metric metric, double[] x, double[] y, boolean weighted, boolean ready, boolean wide) {
        double square = ready ? compare(Total.SQUARES, x, y, true, true, true) : total(Total.SQUARES, x, y, weighted, wide);
        double cross = ready ? compare(Total.TIMES_SUM, x, y, true, true, true) : cross(x, y, weighted, wide);
        double ofY = ready ? square(y, false, true) : square(y, weighted, wide);
        double ofX = ready ? norm(x, true, true) : reference == null ? square(x, weighted, wide) : shifted(x, ofY, cross, weighted, wide);
        double lengths = Math.sqrt(ofX) + Math.sqrt(ofY);
        double delta = cross / lengths;
        double across = square - delta * delta;
        double along = lengths * lengths - square;
        if (ofX == 0 || ofY == 0) {
            return Double.NaN;
        }
        return metric == Metric.COSINE
                ? Math.max(0, across / (2 * Math.sqrt(ofX) * Math.sqrt(ofY)))
                : 2 * StrictMath.atan2(Math.sqrt(Math.max(0, across)), Math.sqrt(Math.max(0, along))) / Math.PI;
    }

    /** sum ((x-y)-(y-z))^2 at iteration t, y the state before and z the one before y. */
    double acceleration(int t) {
        if (t < 2) {
            return Double.NaN;
        }
        double[] x = padded(states[t]);
        double[] y = padded(states[t - 1]);
        double[] z = padded(states[t - 2]);
        double sum = dtype == DType.F64 ? Double.NaN : acceleration(x, y, z, false);
        return canonical(doubtful(sum) ? acceleration(x, y, z, true) : sum);
    }

    private static double acceleration(double[] x, double[] y, double[] z, boolean wide) {
        return lanes(wide, x.length, (lane, d) -> {
            double e = minus(wide, minus(wide, x[d], y[d]), minus(wide, y[d], z[d]));
            return fma(wide, e, e, lane);
        });
    }

    /** max |x| at iteration t. */
    double largest(int t) {
        double largest = 0;
        for (double value : states[t]) {
            largest = Double.isNaN(value) || Math.abs(value) > largest ? Math.abs(value) : largest;
            if (Double.isNaN(value)) {
                break;
            }
        }
        return canonical(largest);
    }

    /** A total over both sides as they are to be compared. */
    private double compare(Total total, double[] x, double[] y, boolean normalize, boolean ready, boolean wide) {
        if (!normalize) {
            return total(total, x, y, false, wide);
        }
        if (ready) {
            return DefinedTotals.total(total, toReady(x, y), x.length, true);
        }
        boolean weighted = isWeighted();
        double ofY = square(y, false, wide);
        double q = weighted ? total(Total.TIMES_SUM, x, y, false, wide) : cross(x, y, false, wide);
        double ofX = reference == null ? square(x, false, wide) : shifted(x, ofY, q, false, wide);
        if (total == Total.SQUARES) {
            double a = 1 / Math.sqrt(mean(ofX));
            double c = slope(ofX, ofY, q);
            double parts = a * a * total(Total.SQUARES, x, y, weighted, wide) + c * c * square(y, weighted, wide);
            double sum = parts + 2 * a * c * total(Total.TIMES_SIDE, x, y, weighted, wide);
            if (Double.isFinite(sum) && sum >= parts / 16) {
                return sum;
            }
        }
        double sum = wide ? Double.NaN : DefinedTotals.total(total, normalizedPair(x, y, ofX, ofY, q, false), x.length, false);
        return wide || doubtful(total, sum) ? DefinedTotals.total(total, normalizedPair(x, y, ofX, ofY, q, true), x.length, true) : sum;
    }

    /** A total over both sides as they are, or each component weighted; in float64 where float32 does not do. */
    private double total(Total total, double[] x, double[] y, boolean weighted, boolean wide) {
        double sum = wide ? Double.NaN : DefinedTotals.total(total, plain(x, y, weighted, false), x.length, false);
        return wide || doubtful(total, sum) ? DefinedTotals.total(total, plain(x, y, weighted, true), x.length, true) : sum;
    }

    /** |x|^2 - |y|^2. */
    private double cross(double[] x, double[] y, boolean weighted, boolean wide) {
        return total(Total.SQUARES, x, y, weighted, wide) + 2 * total(Total.TIMES_SIDE, x, y, weighted, wide);
    }

    /** |x|^2 from |y|^2, unless most of that cancels. */
    private double shifted(double[] x, double ofY, double cross, boolean weighted, boolean wide) {
        double ofX = ofY + cross;
        return Double.isFinite(ofX) && ofX >= ofY / 16 ? ofX : square(x, weighted, wide);
    }

    private double norm(double[] x, boolean normalize, boolean wide) {
        return normalize ? square(x, isWeighted(), wide) / mean(square(x, false, wide)) : square(x, false, wide);
    }

    private boolean isWeighted() {
        return weight != null && weight.length > 0;
    }

    private Pair plain(double[] x, double[] y, boolean weighted, boolean wide) {
        double[] g = weighted ? weights(wide) : x;
        return new Pair() {
            @Override
            public double difference(int d) {
                return weighted ? times(wide, g[d], minus(wide, x[d], y[d])) : minus(wide, x[d], y[d]);
            }

            @Override
            public double side(int d) {
                return weighted ? times(wide, g[d], y[d]) : y[d];
            }

            @Override
            public double sum(int d) {
                return wide ? x[d] + y[d] : (float) x[d] + (float) y[d];
            }
        };
    }

    private static double times(boolean wide, double a, double b) {
        return wide ? a * b : (float) a * (float) b;
    }

    private double square(double[] x, boolean weighted, boolean wide) {
        double sum = wide ? Double.NaN : squareOnce(x, weighted, false);
        return wide || doubtful(sum) ? squareOnce(x, weighted, true) : sum;
    }

    private double squareOnce(double[] x, boolean weighted, boolean wide) {
        double[] g = weighted ? weights(wide) : x;
        return lanes(wide, x.length, (lane, d) -> {
            double e = weighted ? times(wide, g[d], x[d]) : x[d];
            return fma(wide, e, e, lane);
        });
    }

    /** One side normalised, the other normalised already. */
    private Pair toReady(double[] x, double[] y) {
        double m = 1 / Math.sqrt(mean(square(x, false, true)));
        double[] g = weights(true);
        return new Pair() {
            @Override
            public double difference(int d) {
                return g[d] * (m * x[d]) - y[d];
            }

            @Override
            public double side(int d) {
                return y[d];
            }

            @Override
            public double sum(int d) {
                return g[d] * (m * x[d]) + y[d];
            }
        };
    }

    /** 1 / sqrt(mean x^2 + eps) less the same of y. */
    private double slope(double ofX, double ofY, double q) {
        double a = Math.sqrt(mean(ofX));
        double b = Math.sqrt(mean(ofY));
        return -(q / states[0].length) / a / b / (a + b);
    }

    /** Both sides normalised. */
    private Pair normalizedPair(double[] x, double[] y, double ofX, double ofY, double q, boolean wide) {
        double a = mean(ofX);
        double b = mean(ofY);
        double c = slope(ofX, ofY, q);
        double m = 1 / Math.sqrt(a <= b ? b : a);
        double[] z = a <= b ? x : y;
        double[] g = weights(wide);
        return new Pair() {
            @Override
            public double difference(int d) {
                if (wide) {
                    return g[d] * Math.fma(m, x[d] - y[d], c * z[d]);
                }
                float part = (float) c * (float) z[d];
                return (float) g[d] * Math.fma((float) m, (float) x[d] - (float) y[d], part);
            }

            @Override
            public double side(int d) {
                throw new AssertionError("no total needs it");
            }

            @Override
            public double sum(int d) {
                throw new AssertionError("no total needs it");
            }
        };
    }

    private double mean(double sum) {
        return sum / states[0].length + eps;
    }

    private double[] weights(boolean wide) {
        double[] g = padded(Objects.requireNonNull(weight));
        if (g.length == 0) {
            g = padded(new double[states[0].length]);
            Arrays.fill(g, 1);
        }
        for (int d = 0; d < g.length && !wide; d++) {
            g[d] = (float) g[d];
        }
        return g;
    }

    private static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }
}
