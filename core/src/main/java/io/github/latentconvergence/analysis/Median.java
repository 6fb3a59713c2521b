package io.github.latentconvergence.analysis;

import java.util.Arrays;

/** Medians and quartiles. */
final class Median {
    private Median() {}

    /** The median, the mean of the two in the middle for an even number; NaN of nothing or where a value is NaN. The array is put in another order. */
    static double ofOwn(double[] values, int count) {
        if (count == 0) {
            return Double.NaN;
        }
        for (int i = 0; i < count; i++) {
            if (Double.isNaN(values[i])) {
                return Double.NaN;
            }
        }
        int upper = count / 2;
        double high = select(values, count, upper);
        if (count % 2 == 1) {
            return high;
        }
        double low = values[0];
        for (int i = 1; i < upper; i++) {
            low = Math.max(low, values[i]);
        }
        // Of two equal infinities the mean would be right, of opposite ones it is NaN; halves do not overflow.
        return low == high ? low : low / 2 + high / 2;
    }

    /** The median; the array is left as it is. */
    static double of(double[] values) {
        return ofOwn(values.clone(), values.length);
    }

    /** The value of which a fraction of all are at most as large, by nearest rank; infinite values count. */
    static double nearestRank(double[] values, double fraction) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(fraction * sorted.length) - 1)];
    }

    /** Puts the k-th smallest at place k and nothing larger before it. */
    private static double select(double[] a, int count, int k) {
        int left = 0;
        int right = count - 1;
        while (left < right) {
            double pivot = a[(left + right) >>> 1];
            int i = left;
            int j = right;
            while (i <= j) {
                while (a[i] < pivot) {
                    i++;
                }
                while (a[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double swap = a[i];
                    a[i++] = a[j];
                    a[j--] = swap;
                }
            }
            if (k <= j) {
                right = j;
            } else if (k >= i) {
                left = i;
            } else {
                break;
            }
        }
        return a[k];
    }
}
