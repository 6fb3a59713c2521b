package io.github.latentconvergence;

import java.util.Arrays;

/** The order of a sum, for {@link Definition}. */
final class DefinedLanes {
    private DefinedLanes() {}

    /** What element d adds to what its lane holds. */
    interface Term {
        double add(double lane, int d);
    }

    /** 16 lanes; blocks of 512 elements, each ended by the tree +8, +4, +2, +1 and added in float64. */
    static double lanes(boolean wide, int length, Term term) {
        double total = 0;
        for (int block = 0; block < length; block += 512) {
            double[] lane = new double[16];
            for (int d = block; d < Math.min(length, block + 512); d++) {
                lane[d % 16] = term.add(lane[d % 16], d);
            }
            for (int half : new int[] {8, 4, 2, 1}) {
                for (int j = 0; j < half; j++) {
                    lane[j] = wide ? lane[j] + lane[j + half] : (float) lane[j] + (float) lane[j + half];
                }
            }
            total += lane[0];
        }
        return total;
    }

    static double minus(boolean wide, double x, double y) {
        return wide ? x - y : (float) x - (float) y;
    }

    static double fma(boolean wide, double a, double b, double c) {
        return wide ? Math.fma(a, b, c) : Math.fma((float) a, (float) b, (float) c);
    }

    /** Zeros up to a whole step of 16. */
    static double[] padded(double[] row) {
        return Arrays.copyOf(row, (row.length + 15) / 16 * 16);
    }
}
