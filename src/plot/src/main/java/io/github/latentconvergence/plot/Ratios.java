package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many times as far from its reference each state of a second run is as the same token's state at the same iteration of a first, in log10: 0 where both are as far, positive
 * where the second is farther. There is a ratio where both distances are positive numbers and neither is one of a state to itself.
 *
 * @param a distances of the first run
 * @param b those of the second, of as many tokens
 */
record Ratios(ConvergenceMatrix a, ConvergenceMatrix b) implements CellGrid.Source {
    int tokens() {
        return a.tokens();
    }

    /** The iterations that both have. */
    int iterations() {
        return Math.min(a.iterations(), b.iterations());
    }

    @Override
    public CellKind kind(int token, int iteration) {
        return reason(token, iteration) == CellKind.MEASURED ? CellKind.MEASURED : CellKind.NO_RATIO;
    }

    @Override
    public double log(int token, int iteration) {
        return reason(token, iteration) == CellKind.MEASURED ? b.logDistance(token, iteration) - a.logDistance(token, iteration) : 0;
    }

    /** The one farther from 1; of two that are as far, the one above. */
    @Override
    public double shown(double log, double other) {
        double far = Math.abs(log);
        double otherFar = Math.abs(other);
        return far == otherFar ? Math.max(log, other) : far > otherFar ? log : other;
    }

    /** What a cell of either run is that leaves no ratio, of two reasons the one that a person has to know first. */
    CellKind reason(int token, int iteration) {
        CellKind first = CellGrid.kind(a, token, iteration);
        CellKind second = CellGrid.kind(b, token, iteration);
        if (first == CellKind.MASKED || second == CellKind.MASKED) {
            return CellKind.MASKED;
        } else if (first == CellKind.MEASURED || second == CellKind.MEASURED) {
            return first == CellKind.MEASURED ? second : first;
        }
        return first.compareTo(second) < 0 ? first : second;
    }

    /** How many cells have no ratio, by reason. */
    Map<CellKind, Long> without() {
        Map<CellKind, Long> counts = new EnumMap<>(CellKind.class);
        for (int i = 0; i < tokens(); i++) {
            for (int t = 0; t < iterations(); t++) {
                counts.merge(reason(i, t), 1L, Long::sum);
            }
        }
        counts.remove(CellKind.MEASURED);
        return counts;
    }

    /** The largest log ratio in either direction; 0 where there is none. */
    double farthest() {
        double farthest = 0;
        for (int i = 0; i < tokens(); i++) {
            for (int t = 0; t < iterations(); t++) {
                farthest = Math.max(farthest, Math.abs(log(i, t)));
            }
        }
        return farthest;
    }
}
