package io.github.latentconvergence;

import static io.github.latentconvergence.DefinedLanes.fma;
import static io.github.latentconvergence.DefinedLanes.lanes;
import static io.github.latentconvergence.DefinedLanes.minus;
import static io.github.latentconvergence.DefinedLanes.padded;

import io.github.latentconvergence.tensor.DType;

/**
 * What a distance is, bit for bit: the numbers of numerics.md written down once more, slowly and without any of the code under test.
 *
 * @param dtype of the states
 * @param states {@code [iterations][hidden]} of one token
 * @param reference the reference row, exactly; null for the state before
 * @param wideReference whether the reference is float64
 * @param normalized whether the reference is normalised already
 * @param weight RMSNorm's weight; null where nothing is normalised
 * @param eps RMSNorm's eps
 */
record Definition(DType dtype, double[][] states, double @org.jspecify.annotations.Nullable [] reference, boolean wideReference,
        boolean normalized, double @org.jspecify.annotations.Nullable [] weight, double eps) {

    private static final double[] NOTHING = {};

    /** What is made of the differences of two sides. */
    private enum Total {
        SQUARES, MAGNITUDES, LARGEST, TIMES_SUM
    }

    /** Element d of one side less the other's, and their sum. */
    private interface Pair {
        double difference(int d);

        double sum(int d);
    }

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
        boolean wide = dtype == DType.F64 || wideReference || ready;
        double square = compare(Total.SQUARES, x, y, normalize, ready, wide);
        double distance = Math.sqrt(square);
        return canonical(switch (metric) {
            case L2, NORM -> distance;
            case RMS -> distance / Math.sqrt(states[0].length);
            case RELATIVE_L2 -> distance / Math.sqrt(norm(y, normalize && !ready, wide));
            case L1 -> compare(Total.MAGNITUDES, x, y, normalize, ready, wide);
            case LINF -> compare(Total.LARGEST, x, y, normalize, ready, wide);
            case COSINE, ANGULAR -> {
                double ofX = Math.sqrt(norm(x, normalize, wide));
                double ofY = Math.sqrt(norm(y, normalize && !ready, wide));
                double delta = compare(Total.TIMES_SUM, x, y, normalize, ready, wide) / (ofX + ofY);
                double across = square - delta * delta;
                double along = (ofX + ofY) * (ofX + ofY) - square;
                double angle = 2 * StrictMath.atan2(Math.sqrt(Math.max(0, across)), Math.sqrt(Math.max(0, along))) / Math.PI;
                double cosine = Math.max(0, across / (2 * ofX * ofY));
                yield ofX == 0 || ofY == 0 ? Double.NaN : metric == Metric.COSINE ? cosine : angle;
            }
        });
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
            double sum = wide ? Double.NaN : of(total, plain(x, y, false), x.length, false);
            return wide || doubtful(total, sum) ? of(total, plain(x, y, true), x.length, true) : sum;
        }
        if (ready) {
            return of(total, toReady(x, y), x.length, true);
        }
        if (!wide) {
            double ofX = square(x, false);
            double ofY = square(y, false);
            double q = cross(x, y, false);
            double sum = of(total, normalizedPair(x, y, ofX, ofY, q, false), x.length, false);
            if (!doubtful(total, sum) && !doubtful(ofX) && !doubtful(ofY) && Double.isFinite(q)) {
                return sum;
            }
        }
        return of(total, normalizedPair(x, y, square(x, true), square(y, true), cross(x, y, true), true), x.length, true);
    }

    private static double of(Total total, Pair pair, int length, boolean wide) {
        return switch (total) {
            case SQUARES -> lanes(wide, length, (lane, d) -> fma(wide, pair.difference(d), pair.difference(d), lane));
            case TIMES_SUM -> lanes(wide, length, (lane, d) -> fma(wide, pair.difference(d), pair.sum(d), lane));
            case MAGNITUDES -> lanes(wide, length, (lane, d) -> {
                double magnitude = Math.abs(pair.difference(d));
                return wide ? lane + magnitude : (float) lane + (float) magnitude;
            });
            case LARGEST -> {
                double largest = 0;
                for (int d = 0; d < length && !Double.isNaN(largest); d++) {
                    double magnitude = Math.abs(pair.difference(d));
                    largest = magnitude <= largest ? largest : magnitude; // a NaN is not
                }
                yield largest;
            }
        };
    }

    private double norm(double[] x, boolean normalize, boolean wide) {
        if (!normalize) {
            double sum = wide ? Double.NaN : square(x, false);
            return wide || doubtful(sum) ? square(x, true) : sum;
        }
        if (!wide) {
            double basis = square(x, false);
            double sum = normalizedSquare(x, basis, false);
            if (!doubtful(sum) && !doubtful(basis)) {
                return sum;
            }
        }
        return normalizedSquare(x, square(x, true), true);
    }

    private static boolean doubtful(double sum) {
        return !(Math.abs(sum) < Double.POSITIVE_INFINITY) || sum < 0x1p-100; // true of NaN
    }

    /** A maximum loses nothing, however small. */
    private static boolean doubtful(Total total, double sum) {
        return total == Total.LARGEST ? !Double.isFinite(sum) : doubtful(Math.abs(sum));
    }

    private static Pair plain(double[] x, double[] y, boolean wide) {
        return new Pair() {
            @Override
            public double difference(int d) {
                return minus(wide, x[d], y[d]);
            }

            @Override
            public double sum(int d) {
                return wide ? x[d] + y[d] : (float) x[d] + (float) y[d];
            }
        };
    }

    private static double square(double[] x, boolean wide) {
        return lanes(wide, x.length, (lane, d) -> fma(wide, x[d], x[d], lane));
    }

    private static double cross(double[] x, double[] y, boolean wide) {
        return of(Total.TIMES_SUM, plain(x, y, wide), x.length, wide);
    }

    /** One side normalised, the other normalised already. */
    private Pair toReady(double[] x, double[] y) {
        double m = 1 / Math.sqrt(mean(square(x, true)));
        double[] g = weights(true);
        return new Pair() {
            @Override
            public double difference(int d) {
                return g[d] * (m * x[d]) - y[d];
            }

            @Override
            public double sum(int d) {
                return g[d] * (m * x[d]) + y[d];
            }
        };
    }

    /** Both sides normalised. */
    private Pair normalizedPair(double[] x, double[] y, double ofX, double ofY, double q, boolean wide) {
        double a = mean(ofX);
        double b = mean(ofY);
        double c = -(q / states[0].length) / Math.sqrt(a) / Math.sqrt(b) / (Math.sqrt(a) + Math.sqrt(b));
        double m = 1 / Math.sqrt(a <= b ? b : a);
        double scaleX = 1 / Math.sqrt(a);
        double scaleY = 1 / Math.sqrt(b);
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
            public double sum(int d) {
                if (wide) {
                    return g[d] * Math.fma(scaleX, x[d], scaleY * y[d]);
                }
                float half = (float) scaleY * (float) y[d];
                return (float) g[d] * Math.fma((float) scaleX, (float) x[d], half);
            }
        };
    }

    private double normalizedSquare(double[] x, double ofX, boolean wide) {
        double m = 1 / Math.sqrt(mean(ofX));
        double[] g = weights(wide);
        return lanes(wide, x.length, (lane, d) -> {
            double e;
            if (wide) {
                e = g[d] * (m * x[d]);
            } else {
                float scaled = (float) m * (float) x[d];
                e = (float) g[d] * scaled;
            }
            return fma(wide, e, e, lane);
        });
    }

    private double mean(double sum) {
        return sum / states[0].length + eps;
    }

    private double[] weights(boolean wide) {
        double[] g = padded(weight == null ? NOTHING : weight);
        for (int d = 0; d < g.length && !wide; d++) {
            g[d] = (float) g[d];
        }
        return g;
    }

    private static double canonical(double value) {
        return Double.isNaN(value) ? Double.NaN : value;
    }
}
