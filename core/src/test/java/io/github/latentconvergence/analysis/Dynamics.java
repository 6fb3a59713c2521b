package io.github.latentconvergence.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Trajectories {@code [iterations][hidden]} of one token whose course is known. */
final class Dynamics {
    private Dynamics() {}

    /** {@code s_(t+1) = A s_t + b}. */
    static double[][] linear(double[][] a, double[] start, int iterations) {
        double[][] states = new double[iterations][];
        states[0] = start.clone();
        for (int t = 1; t < iterations; t++) {
            states[t] = times(a, states[t - 1]);
        }
        return states;
    }

    /** Straight towards a place, by the same factor every time. */
    static double[][] settling(SplittableRandom random, int iterations, int hidden, double rate, double center, double noise) {
        double[] place = gaussian(random, hidden, center);
        double[] way = gaussian(random, hidden, 1);
        return states(iterations, hidden, (t, d) -> place[d] + Math.pow(rate, t) * way[d] + noise * random.nextGaussian());
    }

    /** Round and round a place, once in {@code period} iterations. */
    static double[][] rotating(SplittableRandom random, int iterations, int hidden, int period, double noise) {
        double[] place = gaussian(random, hidden, 1);
        double[] one = gaussian(random, hidden, 1);
        double[] other = gaussian(random, hidden, 1);
        // The angle of t modulo the period, so that what comes back is exactly what was.
        return states(iterations, hidden, (t, d) -> place[d] + Math.cos(2 * Math.PI * (t % period) / period) * one[d]
                + Math.sin(2 * Math.PI * (t % period) / period) * other[d] + noise * random.nextGaussian());
    }

    static double[][] drifting(SplittableRandom random, int iterations, int hidden, double noise) {
        double[] place = gaussian(random, hidden, 1);
        double[] step = gaussian(random, hidden, 0.3);
        return states(iterations, hidden, (t, d) -> place[d] + t * step[d] + noise * random.nextGaussian());
    }

    static double[][] walking(SplittableRandom random, int iterations, int hidden) {
        double[] at = gaussian(random, hidden, 1);
        return states(iterations, hidden, (t, d) -> at[d] += random.nextGaussian());
    }

    static double[][] constant(SplittableRandom random, int iterations, int hidden) {
        double[] place = gaussian(random, hidden, 1);
        return states(iterations, hidden, (t, d) -> place[d]);
    }

    /** A random orthogonal matrix: Gram and Schmidt, twice for accuracy. */
    static double[][] orthogonal(SplittableRandom random, int n) {
        double[][] q = new double[n][];
        for (int i = 0; i < n; i++) {
            q[i] = gaussian(random, n, 1);
            for (int again = 0; again < 2; again++) {
                for (int j = 0; j < i; j++) {
                    double along = dot(q[i], q[j]);
                    for (int d = 0; d < n; d++) {
                        q[i][d] -= along * q[j][d];
                    }
                }
                double length = Math.sqrt(dot(q[i], q[i]));
                q[i] = Arrays.stream(q[i]).map(v -> v / length).toArray();
            }
        }
        return q;
    }

    /** {@code Q^T diag(values) Q}. */
    static double[][] symmetric(SplittableRandom random, double... values) {
        double[][] q = orthogonal(random, values.length);
        double[][] a = new double[values.length][values.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                for (int k = 0; k < a.length; k++) {
                    a[i][j] += q[k][i] * values[k] * q[k][j];
                }
            }
        }
        return a;
    }

    /** Tokens side by side: {@code [iterations][tokens][hidden]}. */
    static double[][][] trace(double[][]... tokens) {
        double[][][] states = new double[tokens[0].length][tokens.length][];
        for (int t = 0; t < states.length; t++) {
            for (int i = 0; i < tokens.length; i++) {
                states[t][i] = tokens[i][t];
            }
        }
        return states;
    }

    static double[] gaussian(SplittableRandom random, int n, double size) {
        double[] out = new double[n];
        Arrays.setAll(out, d -> size * random.nextGaussian());
        return out;
    }

    /** A component of the state at an iteration; asked for in order. */
    interface Course {
        double at(int t, int d);
    }

    static double[][] states(int iterations, int hidden, Course course) {
        double[][] states = new double[iterations][hidden];
        for (int t = 0; t < iterations; t++) {
            for (int d = 0; d < hidden; d++) {
                states[t][d] = course.at(t, d);
            }
        }
        return states;
    }

    private static double[] times(double[][] a, double... x) {
        return Arrays.stream(a).mapToDouble(row -> dot(row, x)).toArray();
    }

    private static double dot(double[] x, double... y) {
        double sum = 0;
        for (int d = 0; d < x.length; d++) {
            sum += x[d] * y[d];
        }
        return sum;
    }
}
