package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.analysis.PathAnalysis;
import io.github.latentconvergence.analysis.PathAnalysis.Verdict;
import io.github.latentconvergence.analysis.TraceComparison;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
    /** Runs of these tokens that were compared; of the first it does not matter where it began, of the others it does. */
    static ComparisonFigure compared(List<String> tokens) {
        int count = tokens.size();
        List<PathAnalysis> paths = IntStream.range(0, count).mapToObj(i -> new PathAnalysis(i, tokens.get(i),
                i == 0 ? OptionalDouble.of(0.5) : OptionalDouble.empty(), 0.25 + i, 0.125, i == 0 ? OptionalInt.of(7) : OptionalInt.empty(),
                i == 0 ? Verdict.INDEPENDENT : Verdict.DEPENDENT)).toList();
        return ComparisonFigure.of(new TraceComparison(Matrices.plain(Matrices.settling(count, 9)),
                Matrices.last(ComparisonFigureTest.shaken(count, 9, 1)), Matrices.last(ComparisonFigureTest.shaken(count, 12, 2)), paths,
                "What follows, in <words>."), tokens);
    }

    private static List<String> all(String pattern, String html) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(html).results().map(r -> r.group(1)).toList();
    }

    @Test
    void theFigureTheWordsAndTheTableAreOnThePage() throws Exception {
        ComparisonFigure figure = compared(List.of("a", "b", "c")).withNames("seed 0", "seed 1");
        String html = figure.html();
        assertThat(html).contains("<h1>Do Two Runs Come to the Same States?</h1>", "What follows, in &lt;words&gt;.",
                "<dd>seed 0: 3 tokens × 9 iterations</dd>", "<dd>seed 1: 3 tokens × 12 iterations</dd>",
                "l2 to last, of each run to its own");
        assertThat(html).contains(
                "<td>0</td>\n<td class=\"name\">independent</td>\n<td>0.5000</td>\n<td>0.250</td>\n<td>0.125</td>\n<td>7</td>",
                "<td class=\"name\">dependent</td>\n<td>–</td>\n<td>2.25</td>\n<td>0.125</td>\n<td>–</td>");
        List<String> svgs = all("(<svg .*?</svg>)", html);
        assertThat(svgs).hasSize(2);
        Svg alone = Svg.of(SvgPainter.paint(figure.layout()));
        Svg within = Svg.of(svgs.getFirst().getBytes(StandardCharsets.UTF_8));
        assertThat(within.texts()).isEqualTo(alone.texts());
        assertThat(within.all("path")).extracting(e -> e.getAttribute("d"))
                .isEqualTo(alone.all("path").stream().map(e -> e.getAttribute("d")).toList());
        assertThat(Svg.of(svgs.getLast().getBytes(StandardCharsets.UTF_8)).texts()).contains("Distance between the Runs");
        assertThat(all(" id=\"([^\"]*)\"", html)).contains("lc-runs-masked", "lc-between-masked").doesNotHaveDuplicates();
    }

    @Test
    void aTitleStandsAboveThePageAndWithoutAConclusionThereIsNone() {
        String html = compared(List.of("a")).withTitle("Two <seeds>").html();
        assertThat(html).contains("<h1>Two &lt;seeds&gt;</h1>", "<title>Two &lt;seeds&gt;</title>");
        assertThat(all("(<text [^>]*>Two)", html)).isEmpty();
        String bare = ComparisonFigureTest.figure(3, 9, 9).html();
        assertThat(bare).doesNotContain("Token by token", "class=\"lead\"").contains("Side by side");
    }

    @Test
    void thePolicyAllowsOnlyThePagesOwnScriptAndStyleAndNoTextBecomesMarkup() throws Exception {
        String html = compared(Pages.HOSTILE).withNames("</title><script>{script}", "{body}$1").withTitle("</title><script>{script}{data}")
                .html();
        assertThat(all("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"", html)).containsExactly(
                "default-src 'none'; script-src '" + hash(all("<script>(.*?)</script>", html).getFirst()) + "'; style-src '"
                        + hash(all("<style>(.*?)</style>", html).getFirst())
                        + "'; img-src data: blob:; base-uri 'none'; form-action 'none'");
        assertThat(html.split("<script", -1)).hasSize(2);
        assertThat(html).doesNotContainPattern("https?:").doesNotContain(" src=").doesNotContainPattern("<[^>]* (style|on[a-z]+)=");
        assertThat(html).doesNotContainPattern("url\\([^#]");
        assertThat(html).contains("&lt;/script&gt;&lt;script&gt;");
    }

    private static String hash(String content) throws Exception {
        return "sha256-" + Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void longTablesAreFolded() {
        assertThat(compared(Matrices.words(40)).html()).contains("<details open><summary>40 tokens");
        assertThat(compared(Matrices.words(41)).html()).contains("<details><summary>41 tokens");
    }
}
