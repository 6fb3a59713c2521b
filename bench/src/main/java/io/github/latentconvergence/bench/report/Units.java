package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Result;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The values that count as independent of each other. JVMs differ (what the compiler inlined, where memory lies), so where each side ran in enough of them, each gives one value: the
 * median of its iterations. Where not, every iteration counts, and how JVMs differ remains unknown.
 *
 * @param a one value for each unit of A
 * @param b one value for each unit of B
 * @param jvms whether units are JVMs and not iterations
 */
record Units(double[] a, double[] b, boolean jvms) {
    static Units of(List<Result.Sample> a, List<Result.Sample> b, ToDoubleFunction<Result.Sample> valueInA,
            ToDoubleFunction<Result.Sample> valueInB) {
        double[] jvmsOfA = jvms(a, valueInA);
        double[] jvmsOfB = jvms(b, valueInB);
        if (Math.min(jvmsOfA.length, jvmsOfB.length) >= Interval.FEWEST) {
            return new Units(jvmsOfA, jvmsOfB, true);
        }
        return new Units(a.stream().mapToDouble(valueInA).toArray(), b.stream().mapToDouble(valueInB).toArray(), false);
    }

    boolean enough() {
        return Math.min(a.length, b.length) >= Interval.FEWEST;
    }

    private static double[] jvms(List<Result.Sample> samples, ToDoubleFunction<Result.Sample> value) {
        Collection<List<Result.Sample>> forks = samples.stream()
                .collect(Collectors.groupingBy(Result.Sample::fork, TreeMap::new, Collectors.toList())).values();
        return forks.stream().mapToDouble(of -> Spread.of(of.stream().mapToDouble(value)).middle()).toArray();
    }
}
