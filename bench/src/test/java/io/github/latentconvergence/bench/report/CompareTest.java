package io.github.latentconvergence.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.bench.results.Environment;
import io.github.latentconvergence.bench.results.Result;
import io.github.latentconvergence.bench.results.Run;
import io.github.latentconvergence.bench.results.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareTest {
    @TempDir
    Path folder;

    @Test
    void aTenthFasterIsSaidForEveryResult() throws IOException {
        Ran ran = compare(SyntheticRuns.many(1, 0.01, 1, 1), SyntheticRuns.many(2, 0.01, 1.1, 1));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("40 faster, 0 slower, 0 same, 0 cannot say").contains("40 comparisons at 95 %")
                .contains("about 2 of them");
        Ran back = compare(SyntheticRuns.many(2, 0.01, 1.1, 1), SyntheticRuns.many(1, 0.01, 1, 1));
        assertThat(back.out()).contains("0 faster, 40 slower, 0 same, 0 cannot say");
    }

    @Test
    void sameRunsAreTheSame() throws IOException {
        assertThat(compare(SyntheticRuns.whole(1), SyntheticRuns.whole(1)).out()).contains("0 faster, 0 slower");
        assertThat(compare(SyntheticRuns.many(1, 0.005, 1, 1), SyntheticRuns.many(2, 0.005, 1, 1)).out())
                .contains("0 faster, 0 slower, 40 same");
    }

    /** JVMs that differ by more than their iterations do: iterations alone would find differences where there are none. */
    @Test
    void jvmsAreTheUnitsWhereThereAreEnough() {
        int wrong = 0;
        for (int seed = 0; seed < 50; seed++) {
            ComparedRuns compared = ComparedRuns.of(jvmsDiffer(seed), jvmsDiffer(1000 + seed), 0.03, false);
            assertThat(compared.comparisons()).allMatch(c -> c.jvms() && c.units() == 4);
            wrong += (int) (compared.count(Verdict.FASTER) + compared.count(Verdict.SLOWER));
        }
        assertThat(wrong / (50 * 40.0)).isLessThan(0.06);
    }

    /** Rounds that slow both: the neighbours' ratio is certain although the times are not. */
    @Test
    void turnsCancelWhatSlowsBoth() {
        double[] slow = {1, 3, 1.5, 2.2, 5};
        Run a = rounds(slow, 100);
        Run b = rounds(slow, 90);
        assertThat(ComparedRuns.of(a, b, 0.03, false).count(Verdict.CANNOT_SAY)).isOne();
        assertThat(ComparedRuns.of(a, b, 0.03, true).count(Verdict.FASTER)).isOne();
    }

    /** B's memory was half as fast, and B took less than twice the time. */
    @Test
    void theShareDecidesWhereBothHaveIt() {
        Run a = steady(100, 40e9);
        Run b = steady(190, 20e9);
        Comparison comparison = ComparedRuns.of(a, b, 0.03, false).comparisons().getFirst();
        assertThat(comparison.time()).matches(time -> time != null && time.low() > 1.8);
        assertThat(comparison.share()).matches(share -> share != null && share.low() > 1.04);
        assertThat(comparison.verdict()).isEqualTo(Verdict.FASTER);
    }

    @Test
    void fewSamplesSayNothing() throws IOException {
        Run run = SyntheticRuns.whole(3);
        Run few = new Run(run.environment(), run.results().stream()
                .map(r -> new Result(r.benchmark(), r.params(), r.bytesPerOp(), r.samples().subList(0, 2), r.allocatedBytesPerOp()))
                .toList());
        assertThat(compare(run, few).out()).contains("0 faster, 0 slower, 0 same").contains("cannot say (2 samples)");
    }

    @Test
    void differentMachinesAreWarnedOf() throws IOException {
        Run a = SyntheticRuns.whole(1);
        Environment e = a.environment();
        Environment other = new Environment("another", e.dirty(), e.started(), e.command(), e.jdk(), List.of("-Xint"), "Other",
                e.processors(), e.caches(), e.memoryBytes(), e.kernel(),
                e.hugePages(), e.backend(), e.tiers(), e.compiler(), e.notes());
        Ran ran = compare(a, new Run(other, a.results()));
        assertThat(ran.out()).contains("caution: not the same cpu: A Synthetic Processor 9000, B Other")
                .contains("caution: not the same jvmFlags").contains("\ncommit: A " + e.commit() + ", B another");
        assertThat(compare(a, a).out()).doesNotContain("caution");
    }

    @Test
    void theRestIsNamed() throws IOException {
        Run run = SyntheticRuns.many(1, 0.01, 1, 1);
        Run first = new Run(run.environment(), run.results().subList(0, 39));
        assertThat(compare(run, first).out()).contains("only in A: Many.times number=39");
        assertThat(compare(first, run).out()).contains("only in B: Many.times number=39");
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        Path json = folder.resolve("compared.json");
        compare(SyntheticRuns.many(1, 0.01, 1, 1), SyntheticRuns.many(2, 0.01, 1.1, 1), "--json", json.toString(), "--same", "2.5");
        JsonNode tree = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(tree.get("schema").stringValue()).isEqualTo(ComparedRuns.SCHEMA);
        assertThat(tree.get("sameWithin").doubleValue()).isEqualTo(0.025);
        assertThat(tree.get("comparisons")).hasSize(40).allMatch(c -> c.get("verdict").stringValue().equals("faster"));
        assertThat(tree.at("/comparisons/0/time/high").doubleValue()).isLessThan(1).isGreaterThan(0.8);
    }

    @Test
    void nothingInCommonIsAFailure() throws IOException {
        Run run = SyntheticRuns.many(1, 0.01, 1, 1);
        Ran ran = compare(new Run(run.environment(), List.of()), run);
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).hasLineCount(1).contains("no result in common");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.json b.json c.json", "a.json b.json --same", "a.json b.json --same -1", "a.json b.json --same x",
        "a.json b.json --what",
        "a.json b.json --in-turns --in-turns"})
    void wrongUsageIsSaid(String words) {
        Ran ran = Ran.of(Compare::run, List.of(words.split(" ", -1)));
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("usage: compare");
    }

    @Test
    void brokenFilesAreSaidInALine() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{");
        Ran ran = Ran.of(Compare::run, List.of(broken.toString(), broken.toString()));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).hasLineCount(1).startsWith(broken + ": ");
    }

    @Test
    void mergedFilesCompare() throws IOException {
        Path one = folder.resolve("1.json");
        Path two = folder.resolve("2.json");
        Path both = folder.resolve("both.json");
        Runs.write(SyntheticRuns.many(1, 0.01, 1, 1), one);
        Runs.write(SyntheticRuns.many(2, 0.01, 1, 2), two);
        assertThat(Ran.of(Merge::run, List.of(one.toString(), two.toString(), "-o", both.toString())).exit()).isZero();
        assertThat(Runs.read(both).results()).hasSize(40).allMatch(r -> r.samples().size() == 15 && r.samples().getLast().fork() == 2);
        assertThat(Ran.of(Merge::run, List.of(one.toString())).exit()).isEqualTo(2);
        Files.writeString(two, Files.readString(two).replace("Processor 9000", "Processor 1"));
        Ran differ = Ran.of(Merge::run, List.of(one.toString(), two.toString(), "-o", both.toString()));
        assertThat(differ.exit()).isEqualTo(1);
        assertThat(differ.err()).hasLineCount(1).contains("differ in cpu");
    }

    private Ran compare(Run a, Run b, String... more) throws IOException {
        Path fileA = folder.resolve("a.json");
        Path fileB = folder.resolve("b.json");
        Runs.write(a, fileA);
        Runs.write(b, fileB);
        return Ran.of(Compare::run, IntStream.range(0, 2 + more.length)
                .mapToObj(i -> i == 0 ? fileA.toString() : i == 1 ? fileB.toString() : more[i - 2]).toList());
    }

    private static Run jvmsDiffer(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Run run = SyntheticRuns.many(seed, 0.005, 1, 4);
        return new Run(run.environment(), run.results().stream().map(r -> {
            double[] jvms = random.doubles(4, 0.9, 1.1).toArray();
            return new Result(r.benchmark(), r.params(), 0,
                    r.samples().stream().map(s -> new Result.Sample(s.nanosPerOp() * jvms[s.fork()], null, s.fork())).toList(), null);
        }).toList());
    }

    private static Run rounds(double[] slow, double nanos) {
        List<Result.Sample> samples = IntStream.range(0, slow.length)
                .mapToObj(i -> new Result.Sample(nanos * slow[i] * (1 + 0.002 * i), null, i)).toList();
        return new Run(SyntheticRuns.environment(), List.of(new Result("B.m", Map.of(), 0, samples, null)));
    }

    private static Run steady(double nanos, double roofline) {
        List<Result.Sample> samples = IntStream.range(0, 5).mapToObj(i -> new Result.Sample(nanos * (1 + 0.001 * i), roofline)).toList();
        return new Run(SyntheticRuns.environment(), List.of(new Result("B.m", Map.of(), 4000, samples, null)));
    }
}
