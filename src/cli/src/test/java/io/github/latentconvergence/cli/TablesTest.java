package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.Band;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;

/** Results as people read them. */
class TablesTest {
    private static final int CASES = 300;

    private static List<String> analysis(boolean wide) {
        return new AnalysisText(Analyses.FACTS, Analyses.analysis(), wide).lines();
    }

    /** The words of the line of a token. */
    private static List<String> row(List<String> lines, String start) {
        return List.of(lines.stream().map(String::strip).filter(l -> l.startsWith(start)).findFirst().orElseThrow().split(" {2,}"));
    }

    /** By the widths of another library, which must not find lines longer than ours. */
    private static int width(String line) {
        return line.codePoints().map(WCWidth::wcwidth).map(w -> {
            assertThat(w).as("no control characters in " + line).isNotNegative();
            return w;
        }).sum();
    }

    /** Without regard to where lines are broken. */
    private static String text(List<String> lines) {
        return lines.stream().map(String::strip).collect(Collectors.joining(" "));
    }

    private static void fit(List<String> lines) {
        assertThat(lines).allSatisfy(line -> assertThat(width(line)).as(line).isLessThanOrEqualTo(100));
    }

    @Test
    void headingSaysWhatWasMeasured() {
        String heading = text(analysis(false).subList(0, 4));

        assertThat(heading).contains("some folder", "trace.safetensors: 5 tokens x 33 iterations x 256 hidden, bf16;",
                "rms to iteration:30",
                "computed with elsewhere", "2 distance(s) not finite", "converged below 0.01 of-start", "rule consecutive:3",
                "1 masked token(s) left out");
    }

    @Test
    void everyTokenHasALineWithItsNumbers() {
        List<String> lines = analysis(true);

        assertThat(row(lines, "index")).containsExactly("index", "token", "step", "last", "tail", "ext", "rate", "error", "floor", "at",
                "log10", "excess", "z", "shape", "among");
        assertThat(row(lines, "^0")).containsExactly("^0", "\"<s>\"", "7", "7", "6", "8", "0.5000", "at floor", "1.3e-06", "21", "-3.50",
                "-0.75", "-4.3", "settling", "early");
        assertThat(row(lines, "*1")).containsExactly("*1", "\"a,b \\\"c\\\"\"", "-", "-", "-", "-", "1.2500", "-", "-", "-", "0.50",
                "+3.25", "inf", "orbiting 12", "late");
        assertThat(row(lines, "3 ")).containsExactly("3", "\"x\\r\\n\\u001b[31my\"", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-",
                "unresolved", "late");
        assertThat(row(lines, "4 ")).containsExactly("4", "\" word\"", "31~", "31", "30", "-", "0.9375", "3.1e-02", "-", "-", "-1.50",
                "+0.50", "-inf", "drifting", "-");
        assertThat(lines).noneMatch(line -> line.strip().startsWith("2 "));
    }

    @Test
    void bandsAndSegmentsAreShownInTextsAndWords() {
        assertThat(analysis(false)).contains(
                "slow band 1: excess +3.25 decades, z inf: \"a,b \\\"c\\\"\"",
                "fast band 0: excess -0.75 decades, z -4.3: \"<s>\"");
        assertThat(row(analysis(false), "1  ")).containsExactly("1", "\"a,b \\\"c\\\"\"", "-", "1.2500", "1 \"a,b \\\"c\\\"\"");
        assertThat(row(analysis(false), "3-4")).containsExactly("3-4", "\"broken word\"", "31.5", "-", "-");
    }

    @Test
    void bandOfPiecesNamesTheWord() {
        Analysis analysis = Analyses.analysis();
        Analysis pieces = new Analysis(analysis.options(), analysis.matrix(), analysis.stepNorms(), analysis.tokens(), analysis.words(),
                List.of(new Band(3, 4, List.of("x", " word"), 5, 0.5)), List.of(), analysis.segments(), analysis.gradient(),
                analysis.summary());

        assertThat(new AnalysisText(Analyses.FACTS, pieces, false).lines())
                .contains("slow band 3-4: excess +0.50 decades, z +5.0: \"x\" \" word\" in words: \"broken word\"");
    }

    @Test
    void absentBandsAreSaid() {
        Analysis analysis = Analyses.analysis();
        Analysis none = new Analysis(analysis.options(), analysis.matrix(), analysis.stepNorms(), analysis.tokens(), List.of(), List.of(),
                List.of(), List.of(), analysis.gradient(), analysis.summary());

        assertThat(new AnalysisText(Analyses.FACTS, none, false).lines())
                .contains("no slow or fast bands: no token is beyond both z 3.5 and 0.30 decades from the median");
    }

    @Test
    void trendAndSummaryStandAtTheEnd() {
        assertThat(text(analysis(false)))
                .contains("falls by 2.50 decades, at a share of - of the iterations", "-0.88",
                        "Two of 4 tokens converged; row 3 is no number.");
    }

    @Test
    void columnsThatThereIsNoRoomForAreNamed() {
        List<String> lines = analysis(false);
        String heading = lines.stream().filter(l -> l.strip().startsWith("index")).findFirst().orElseThrow();

        assertThat(heading).contains("step", "last", "tail", "rate", "error", "excess", "shape").doesNotContain(" z ");
        assertThat(text(lines)).contains("no room for z, ").contains("--wide");
        assertThat(text(analysis(true))).doesNotContain("no room");
    }

    @Test
    void longTracesHaveAllTheirLinesInOrder() {
        Analysis one = Analyses.analysis();
        List<TokenAnalysis> many = IntStream.range(0, 4096).map(i -> 4095 - i)
                .mapToObj(i -> new TokenAnalysis(i, "t" + i, Analyses.SETTLED.steps(),
                        Analyses.SETTLED.contraction(), Analyses.SETTLED.floor(), Analyses.SETTLED.slowness(), false, false,
                        Analyses.SETTLED.trajectory()))
                .toList();
        Analysis analysis = new Analysis(one.options(), one.matrix(), one.stepNorms(), many, List.of(), List.of(), List.of(), List.of(),
                one.gradient(), one.summary());

        List<String> tokens = new TokenTable(analysis, false).lines();

        assertThat(tokens).hasSize(4097);
        assertThat(tokens.subList(1, 4097)).extracting(line -> line.strip().split(" ", 2)[0])
                .isEqualTo(IntStream.range(0, 4096).mapToObj(Integer::toString).toList());
    }

    @Test
    void everyTableFitsInto100Columns() {
        SplittableRandom random = Seeds.random("tables fit");
        for (int i = 0; i < CASES; i++) {
            RandomAnalyses any = new RandomAnalyses(random);
            fit(new AnalysisText(any.facts(), any.analysis(), false).lines());
            fit(new ExitsText(any.exits()).lines());
            fit(any.compared().lines());
        }
    }

    @Test
    void numbersAreNeverCut() {
        SplittableRandom random = Seeds.random("numbers are whole");
        for (int i = 0; i < CASES; i++) {
            RandomAnalyses any = new RandomAnalyses(random);
            Analysis analysis = any.analysis();
            List<String> lines = new TokenTable(analysis, false).lines();
            for (int t = 0; t < analysis.tokens().size(); t++) {
                TokenAnalysis token = analysis.tokens().get(t);
                String line = " " + lines.get(t + 1) + " ";
                assertThat(line).containsPattern("[ *^]" + token.index() + " ");
                if (token.step().isPresent()) {
                    assertThat(line).containsPattern(" " + token.step().getAsInt() + "[ ~]");
                }
            }
        }
    }

    @Test
    void wideTableAlsoShowsWhatIsHostileOnOneLineEach() {
        SplittableRandom random = Seeds.random("wide tables");
        for (int i = 0; i < CASES; i++) {
            RandomAnalyses any = new RandomAnalyses(random);
            Analysis analysis = any.analysis();
            List<String> lines = new TokenTable(analysis, true).lines();

            assertThat(lines).hasSize(1 + analysis.tokens().size()).allSatisfy(line -> assertThat(width(line)).isPositive());
        }
    }

    @Test
    void exitsAreALineForEachRuleAndReduction() {
        List<String> lines = new ExitsText(Exits.report()).lines();

        assertThat(row(lines, "rule")).containsExactly("rule", "threshold", "exit by", "mean exit", "never", "remaining", "worst", "token");
        assertThat(row(lines, "latent-diff  ")).containsExactly("latent-diff", "0.03", "token", "6.5", "1", "2.5e-01", "3", "\"d\"");
        assertThat(lines).anySatisfy(line -> assertThat(List.of(line.split(" {2,}"))).containsExactly("latent-diff", "0.03", "sequence",
                "4.0", "0", "-", "0", "\"a\\n\""));
    }

    @Test
    void exitsSayWhichTokensTheSequenceMeanHides() {
        assertThat(new ExitsText(Exits.report()).lines()).contains(
                "latent-diff below 0.03: the sequence mean hides 2 token(s), stopped before their own rule would:", "  1 \"b\" 3 \"d\"",
                "cosine below 0.001: the sequence mean stops no token before its own rule does",
                "not replayed, as the trace has no logits: kl, kl-reverse");
    }

    @Test
    void longListsOfHiddenTokensEnd() {
        ExitReport report = Exits.report();
        List<String> texts = IntStream.range(0, 50).mapToObj(i -> "t").toList();
        ExitReport many = new ExitReport(report.trace(), texts, report.matrix(), report.replays(),
                List.of(new ExitReport.Hidden(report.hidden().getFirst().choice(), IntStream.range(0, 50).boxed().toList())), List.of(),
                List.of());

        assertThat(text(new ExitsText(many).lines())).contains("hides 50 token(s)", "11 \"t\" and 38 more").doesNotContain("not replayed");
    }

    @Test
    void comparedTracesAreALineForEachToken() {
        List<String> lines = Compared.traces().lines();

        assertThat(lines).contains("a: a.safetensors: 2 tokens x 3 iterations x 8 hidden, f32",
                "Token 0 is independent.");
        assertThat(row(lines, "index")).containsExactly("index", "token", "verdict", "rate", "level", "floor", "reached");
        assertThat(row(lines, "0  ")).containsExactly("0", "\"a\"", "independent", "0.5000", "1.0e-06", "2.0e-06", "2");
        assertThat(row(lines, "1  ")).containsExactly("1", "\"\\t\"", "unresolved", "-", "-", "-", "-");
    }
}
