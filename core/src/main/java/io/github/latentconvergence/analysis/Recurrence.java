package io.github.latentconvergence.analysis;

import io.github.latentconvergence.PairwiseDistances;
import java.util.OptionalInt;

/**
 * How nearly the states of a window come back after so many iterations: {@code 1 - mean_t |s_(t+p) - s_t| / median_(i<j) |s_i - s_j|}. By itself it deceives: constant drift
 * gives 0.89 at 2, slow settling 0.88, a random walk 0.67, all of which fall from there on; so a period is a local maximum above what one step gives.
 */
final class Recurrence {
    /** Below this a state does not come back. */
    private static final double LEAST = 0.5;

    private final double[] byLag;

    Recurrence(PairwiseDistances pairs) {
        int states = pairs.iterations();
        double[] all = new double[states * (states - 1) / 2];
        double[] sums = new double[states];
        int n = 0;
        for (int lag = 1; lag < states; lag++) {
            for (int i = 0; i + lag < states; i++) {
                double distance = pairs.distance(i, i + lag);
                sums[lag] += distance;
                all[n++] = distance;
            }
        }
        double median = Median.ofOwn(all, n);
        byLag = new double[states];
        for (int lag = 1; lag < states; lag++) {
            byLag[lag] = 1 - sums[lag] / (states - lag) / median;
        }
    }

    double at(int lag) {
        return byLag[lag];
    }

    /** The longest period that a window shows twice. */
    private int longest() {
        return byLag.length / 2;
    }

    /** The smallest lag that is a period, if one is. */
    OptionalInt period() {
        for (int p = 2; p <= longest(); p++) {
            boolean isHigh = byLag[p] >= LEAST && byLag[p] > byLag[1];
            boolean isPeak = byLag[p] > byLag[p - 1] && (p + 1 >= byLag.length || byLag[p] >= byLag[p + 1]);
            if (isHigh && isPeak) {
                return OptionalInt.of(p);
            }
        }
        return OptionalInt.empty();
    }

    /** The lag from 2 on, of those that could be a period, at which the states come back most nearly. */
    int best() {
        int best = 2;
        for (int p = 3; p <= longest(); p++) {
            if (byLag[p] > byLag[best]) {
                best = p;
            }
        }
        return best;
    }
}
