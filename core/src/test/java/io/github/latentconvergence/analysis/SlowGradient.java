package io.github.latentconvergence.analysis;

import io.github.latentconvergence.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The overall trend by its definition. */
final class SlowGradient {
    final double spearman;
    final double falling;
    final double decades;
    /** By how much ties that rounding may part can change the correlation. */
    final double spearmanDoubt;

    SlowGradient(List<SlowToken> tokens, double logError, Reference reference, Decisions decisions) {
        List<Double> correlations = new ArrayList<>();
        double doubt = 0;
        for (SlowToken token : tokens) {
            int[] columns = IntStream.range(0, token.row.distance().length).filter(t -> token.row.counts(t, reference))
                    .filter(t -> !Double.isNaN(token.log10(t))).toArray();
            double[] distance = IntStream.of(columns).mapToDouble(token::log10).toArray();
            double correlation = SlowStatistics.spearman(distance, IntStream.of(columns).mapToDouble(t -> t).toArray());
            if (!Double.isNaN(correlation)) {
                correlations.add(correlation);
            }
            doubt = Math.max(doubt, doubt(token, columns, distance));
        }
        spearmanDoubt = doubt;
        spearman = SlowStatistics.median(correlations);
        List<Double> medians = new ArrayList<>();
        int columns = tokens.isEmpty() ? 0 : tokens.getFirst().row.distance().length;
        for (int t = 0; t < columns; t++) {
            int at = t;
            double[] column = tokens.stream().filter(k -> k.row.counts(at, reference)).mapToDouble(k -> k.log10(at))
                    .filter(Double::isFinite).toArray();
            if (column.length > 0) {
                medians.add(SlowStatistics.median(column));
            }
        }
        int falls = 0;
        for (int c = 1; c < medians.size(); c++) {
            falls += decisions.below(medians.get(c), medians.get(c - 1), 2 * logError) ? 1 : 0;
        }
        falling = medians.size() < 2 ? Double.NaN : falls / (double) (medians.size() - 1);
        decades = medians.size() < 2 ? Double.NaN : medians.getFirst() - medians.getLast();
    }

    private static double doubt(SlowToken token, int[] columns, double... distance) {
        int n = distance.length;
        int pairs = 0;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < a; b++) {
                boolean close = Math.abs(distance[a] - distance[b]) <= 1e-6 + token.relative(columns[a]) + token.relative(columns[b]);
                // Under a reference of its own for each column, what stands for distances that are not resolved differs by rounding too.
                boolean tied = distance[a] == distance[b] && token.unresolved(columns[a]) && token.unresolved(columns[b]);
                pairs += close && !tied ? 1 : 0;
            }
        }
        return n < 2 ? 0 : 12.0 * pairs / (n * (double) n - 1);
    }
}
