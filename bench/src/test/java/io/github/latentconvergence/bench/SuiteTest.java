package io.github.latentconvergence.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class SuiteTest {
    private static final List<String> TIERS = List.of("java", "scalar", "avx2", "avx512");

    static Stream<Suite> suites() {
        return Stream.of(Suite.whole(TIERS, 2), Suite.brief(TIERS, 2), Suite.brief(List.of("java"), 1));
    }

    private static Set<BenchmarkListEntry> benchmarks(String include) {
        return BenchmarkList.defaultList().find(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of(include), List.of());
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everyParameterIsOneOfTheBenchmark(Suite suite) {
        for (Suite.Part part : suite.parts().stream().filter(part -> !part.params().isEmpty()).toList()) {
            assertThat(benchmarks("\\.(" + part.include() + ")\\.")).as(part.include()).isNotEmpty().allSatisfy(benchmark -> assertThat(
                    benchmark.getParams().get().keySet()).as(benchmark.getUsername()).containsAll(part.params().keySet()));
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everyBenchmarkOfOursRuns(Suite suite) {
        Set<String> all = new HashSet<>();
        suite.parts().forEach(part -> benchmarks("\\.(" + part.include() + ")\\.").forEach(b -> all.add(b.getUsername())));
        assertThat(all).containsAll(benchmarks("\\.bench\\.jmh\\.").stream().map(BenchmarkListEntry::getUsername).toList());
    }

    @Test
    void nothingIsMeasuredTwice() {
        for (Suite suite : List.of(Suite.whole(TIERS, 2), Suite.brief(TIERS, 1))) {
            assertThat(suite.parts().stream().flatMap(part -> combinations(part).stream()).toList()).doesNotHaveDuplicates();
        }
    }

    private static List<String> combinations(Suite.Part part) {
        List<String> combinations = List.of(part.include());
        for (Map.Entry<String, List<String>> values : new TreeMap<>(part.params()).entrySet()) {
            combinations = combinations.stream()
                    .flatMap(before -> values.getValue().stream().map(v -> before + " " + values.getKey() + "=" + v))
                    .toList();
        }
        return combinations;
    }
}
