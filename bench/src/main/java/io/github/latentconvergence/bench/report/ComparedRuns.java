package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Difference;
import io.github.latentconvergence.bench.results.Result;
import io.github.latentconvergence.bench.results.ResultKey;
import io.github.latentconvergence.bench.results.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two runs side by side.
 *
 * @param schema {@link #SCHEMA}
 * @param sameWithin what counts as the same, 0.03 for 3 %
 * @param environments in what the two differ
 * @param comparisons of what both measured, in A's order
 * @param onlyInA what B did not measure
 * @param onlyInB what A did not measure
 */
record ComparedRuns(String schema, double sameWithin, List<Difference> environments, List<Comparison> comparisons, List<ResultKey> onlyInA,
        List<ResultKey> onlyInB) {
    static final String SCHEMA = "latent-convergence/bench-compare/1";

    static ComparedRuns of(Run a, Run b, double margin, boolean inTurns) {
        Map<ResultKey, Result> rest = new LinkedHashMap<>();
        b.results().forEach(result -> rest.put(ResultKey.of(result), result));
        List<Comparison> comparisons = new ArrayList<>();
        List<ResultKey> onlyInA = new ArrayList<>();
        for (Result ofA : a.results()) {
            Result ofB = rest.remove(ResultKey.of(ofA));
            if (ofB == null) {
                onlyInA.add(ResultKey.of(ofA));
            } else {
                comparisons.add(Comparison.of(ofA, ofB, margin, inTurns));
            }
        }
        return new ComparedRuns(SCHEMA, margin, Difference.between(a.environment(), b.environment()), comparisons, onlyInA,
                List.copyOf(rest.keySet()));
    }

    /** How many comparisons say something definite of the speed or could have: a chance of 5 % each. */
    long chances() {
        return comparisons.stream().filter(c -> c.time() != null || c.share() != null).count();
    }

    long count(Verdict verdict) {
        return comparisons.stream().filter(c -> c.verdict() == verdict).count();
    }
}
