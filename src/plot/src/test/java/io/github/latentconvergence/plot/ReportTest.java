package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    /** Files hold no broken surrogates. */
    private static final List<String> TEXTS = Pages.HOSTILE.stream()
            .filter(text -> text.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000))
            .toList();

    @TempDir
    Path folder = Path.of("");

    private static List<String> all(String pattern, String html) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(html).results().map(r -> r.group(1)).toList();
    }

    private Recorded hostile() throws IOException {
        return Recorded.of(folder, 12, TEXTS, (t, i, d) -> i == 3 ? Double.NaN : (1 + i) * StrictMath.scalb(1.0, -t) + d);
    }

    @Test
    void everythingIsOnThePage() throws IOException {
        Recorded recorded = Recorded.figureLike();
        String html = recorded.report().html();
        Analysis analysis = recorded.analysis();
        assertThat(html).contains("<h1>How a Trace Settles</h1>", SvgWriter.escape(analysis.summary().text()), "figure-like.safetensors",
                "29 tokens × 65 iterations × 320 hidden, bf16", "l2 to external", "27 of 29 tokens");
        assertThat(html.split("<figure>", -1)).hasSize(7);
        assertThat(html).contains("lc-orbits-title", "token 18 (the slowest)", "(one of median slowness)");
        assertThat(all("<figcaption>(.*?)</figcaption>", html)).hasSize(6).allSatisfy(c -> assertThat(c).endsWith("."));
        assertThat(all("<tr class=\"(slow)\">", html)).as("a band of two tokens").hasSize(3);
        for (ExitRule rule : recorded.exits().rules()) {
            assertThat(all("<tr><td class=\"name\">(" + rule.label() + ")</td>", html)).hasSize(2);
        }
        assertThat(html).contains("Not replayed, as the trace has no logits: kl, kl-reverse");
        assertThat(Pages.data(html).at("views").list()).hasSize(2);
        assertThat(all("<details open>()", html)).hasSize(2);
    }

    @Test
    void chartsAreThoseThatAreWrittenAlone() throws Exception {
        Recorded recorded = Recorded.figureLike();
        List<String> svgs = all("(<svg .*?</svg>)", recorded.report().html()).stream().filter(s -> !s.contains("lc-orbits")).toList();
        List<Chart> charts = List.of(Chart.distances(recorded.analysis()), Chart.stepNorms(recorded.analysis()),
                Chart.steps(recorded.analysis()), Chart.sensitivity(recorded.analysis()), Chart.exits(recorded.exits()));
        assertThat(svgs).hasSize(5);
        for (int k = 0; k < 5; k++) {
            Svg alone = Svg.of(SvgPainter.paint(charts.get(k).layout()));
            Svg within = Svg.of(svgs.get(k).getBytes(StandardCharsets.UTF_8));
            assertThat(within.texts()).isEqualTo(alone.texts());
            assertThat(within.all("path")).extracting(e -> e.getAttribute("d"))
                    .isEqualTo(alone.all("path").stream().map(e -> e.getAttribute("d")).toList());
        }
    }

    @Test
    void tablesHoldTheNumbersOfTheAnalysis() throws IOException {
        Recorded recorded = Recorded.figureLike();
        String html = recorded.report().html();
        recorded.analysis().tokens().forEach(token -> {
            String step = token.step().isPresent() ? token.step().getAsInt() + (token.steps().lateInRun() ? " late" : "") : "–";
            assertThat(html).contains("<td>" + token.index() + "</td>\n<td>" + step + "</td>\n<td>" + Numbers.of(token.steps().last()));
        });
        List<Integer> hidden = recorded.exits().hiddenBySequence(ExitRule.CONSECUTIVE, ExitRule.CONSECUTIVE.defaultThreshold());
        assertThat(html).contains("<td class=\"words\">" + hidden.size() + ": " + hidden.getFirst() + " <bdi>");
    }

    @Test
    void thePolicyAllowsOnlyThePagesOwnScriptAndStyleAndNothingElseIsThere() throws Exception {
        String html = hostile().report().withTitle("</title><script>{script}{data}").html();
        Matcher policy = Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").matcher(html);
        assertThat(policy.find()).isTrue();
        assertThat(policy.group(1)).isEqualTo("default-src 'none'; script-src '" + hash(all("<script>(.*?)</script>", html).getFirst())
                + "'; style-src '" + hash(all("<style>(.*?)</style>", html).getFirst())
                + "'; img-src data: blob:; base-uri 'none'; form-action 'none'");
        assertThat(html).doesNotContainPattern("https?:").doesNotContain("url(", " src=").doesNotContainPattern("<[^>]* (style|on[a-z]+)=");
        assertThat(html.split("<script", -1)).as("data of the heatmap and of the waterfall, and the script").hasSize(4);
        assertThat(html.split("<title>", -1)).as("of the page and of each chart").hasSize(2);
    }

    private static String hash(String content) throws Exception {
        return "sha256-" + Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void namesOfPartsAreThereOnce() throws IOException {
        List<String> ids = all(" id=\"([^\"]*)\"", Recorded.figureLike().report().html());
        assertThat(ids).contains("lc-exits-title", "figure").doesNotHaveDuplicates();
    }

    @Test
    void textsAreEscapedAndWhatIsNoNumberIsSaid() throws IOException {
        String html = hostile().report().html();
        assertThat(html).contains("&lt;/script&gt;&lt;script&gt;", "<bdi>{script}{data}{style}</bdi>",
                "<dt>Not finite</dt>\n<dd>12 distances</dd>", "distances not finite, left out");
        assertThat(Pages.data(html).at("tokens").list()).hasSize(TEXTS.size());
    }

    @Test
    void oneTokenAndOneIterationAreAReportToo() throws IOException {
        assertThat(Recorded.of(folder, 1, List.of("a"), (t, i, d) -> 1).report().html()).contains("1 tokens × 1 iterations");
        assertThat(Recorded.of(folder, 20, List.of("<|x|>"), (t, i, d) -> StrictMath.scalb(1.0, -t)).report().html())
                .contains("No segments", "No token stands out");
    }

    @Test
    void longTracesAreFoldedAndSmall() throws IOException {
        List<String> tokens = Matrices.words(Pages.MANY);
        Recorded many = Recorded.of(folder, 33, tokens,
                (t, i, d) -> (i == Pages.SLOW ? StrictMath.pow(0.95, t) : StrictMath.pow(0.6, t)) * (1 + 0.1 * StrictMath.sin(i + d)) + 3);
        String html = many.report().html();
        assertThat(all("<details>()", html)).isNotEmpty();
        assertThat(html).contains("<summary>4096 tokens</summary>", "all 4096 tokens are in here");
        assertThat(html.length()).isLessThan(6_000_000);
    }

    @Test
    void itIsWrittenAsAWholeAndTheSameEachTime() throws IOException {
        Report report = Recorded.figureLike().report();
        Path file = folder.resolve("r.html");
        report.write(file);
        assertThat(Files.readString(file)).isEqualTo(Recorded.figureLike().report().html());
        assertThat(folder).isDirectoryNotContaining("glob:**tmp*");
    }

    @Test
    void resultsOfAnotherTraceAreRefused() throws IOException {
        Recorded small = Recorded.of(folder, 6, List.of("a", "b"), (t, i, d) -> t);
        Recorded large = Recorded.figureLike();
        try (Trace trace = TraceFiles.open(Recorded.FIGURE_LIKE)) {
            assertThatThrownBy(() -> Report.of(trace, large.analysis(), List.of(), small.exits()))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("exits of");
            assertThatThrownBy(() -> Report.of(trace, small.analysis(), List.of(), small.exits()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
