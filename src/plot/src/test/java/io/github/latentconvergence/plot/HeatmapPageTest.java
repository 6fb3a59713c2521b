package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.TokenAnalysis;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatmapPageTest {
    private static final Pattern ELEMENT = Pattern.compile("<(script|style)>(.*?)</\\1>", Pattern.DOTALL);

    private static HeatmapPage hostile() {
        return HeatmapPage.of(List.of(Matrices.plain(Matrices.settling(Pages.HOSTILE.size(), 5))), Pages.HOSTILE);
    }

    private static Parsed view(Parsed data, int index) {
        return data.at("views").at(index);
    }

    @Test
    void thePolicyAllowsOnlyThePagesOwnScriptAndStyle() throws Exception {
        String html = hostile().html();
        Matcher policy = Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").matcher(html);
        assertThat(policy.find()).isTrue();
        assertThat(policy.start()).as("before anything it is to govern").isLessThan(html.indexOf("<style>"));
        StringBuilder expected = new StringBuilder(
                "default-src 'none'; script-src 'S'; style-src 'T'; img-src data: blob:; base-uri 'none'; form-action 'none'");
        Matcher elements = ELEMENT.matcher(html);
        while (elements.find()) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(elements.group(2).getBytes(StandardCharsets.UTF_8));
            int at = expected.indexOf(elements.group(1).equals("script") ? "'S'" : "'T'");
            expected.replace(at + 1, at + 2, "sha256-" + Base64.getEncoder().encodeToString(hash));
        }
        assertThat(policy.group(1)).isEqualTo(expected.toString());
    }

    @Test
    void nothingIsFetchedFromAnywhere() {
        assertThat(hostile().html()).doesNotContainPattern("https?:")
                .doesNotContain("@import", "url(", " src=", "fetch(", "eval(", "innerHTML")
                .doesNotContainPattern(" (style|on[a-z]+)=");
    }

    @Test
    void textsCannotLeaveTheirElementAndComeBackAsTheyWere() {
        String html = hostile().withTitle("</script><!-- \u2028 {script}").html();
        assertThat(html.split("<script", -1)).hasSize(3);
        assertThat(html.split("</script", -1)).hasSize(3);
        Parsed data = Pages.data(html);
        assertThat(data.at("tokens").value()).isEqualTo(Pages.HOSTILE.stream().map(t -> PageText.runs(TokenText.of(t, 200))).toList());
        assertThat(view(data, 0).at("title").value()).isEqualTo(List.of("</script><!-- ", "\\u2028", " {script}"));
    }

    @Test
    void jsonIsAsciiAndBringsBrokenTextBack() {
        for (String text : Pages.HOSTILE) {
            String json = JsonText.of(List.of(text));
            assertThat(json).matches("[ -~]*").doesNotContain("<", ">", "&", "'");
            assertThat(Parsed.of(json).value()).isEqualTo(List.of(text));
        }
    }

    @Test
    void cellsAreTheMatrixInFloatsAndEveryKindHasACode() {
        ConvergenceMatrix matrix = Matrices.everyKind(10, 20);
        Parsed data = Pages.data(HeatmapPage.of(List.of(matrix), Matrices.words(10)).html());
        String base64 = data.at("arrays").at((int) view(data, 0).at("cells").number()).text();
        FloatBuffer cells = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        assertThat(cells.remaining()).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            for (int t = 0; t < 20; t++) {
                CellKind kind = CellGrid.kind(matrix, i, t);
                float expected = kind == CellKind.MEASURED ? (float) matrix.logDistance(i, t) : PageCells.code(kind);
                assertThat(cells.get(i * 20 + t)).as("token %d, iteration %d", i, t).isEqualTo(expected);
            }
        }
    }

    @Test
    void theLargerNumberIsWhatWinsAPixel() {
        float measured = 309;
        for (CellKind a : CellKind.values()) {
            for (CellKind b : CellKind.values()) {
                float first = a == CellKind.MEASURED ? measured : PageCells.code(a);
                float second = b == CellKind.MEASURED ? -measured : PageCells.code(b);
                assertThat(Float.compare(first, second) > 0).as("%s against %s", a, b)
                        .isEqualTo(a.compareTo(b) < 0 || (a == b && a == CellKind.MEASURED));
            }
        }
    }

    @Test
    void rangeTicksAndTitleAreThoseOfTheFigure() {
        ConvergenceMatrix matrix = Matrices.last(Matrices.settling(29, 65));
        Parsed view = view(Pages.data(HeatmapPage.of(List.of(matrix), Matrices.words(29)).html()), 0);
        ColorScale scale = ColorScale.ofData(matrix);
        assertThat(view.at("low").number()).isEqualTo(scale.low());
        assertThat(view.at("high").number()).isEqualTo(scale.high());
        assertThat(view.at("title").value()).isEqualTo(List.of(Wording.title(matrix)));
        List<?> ticks = view.at("ticks").list();
        for (DecadeTicks.Tick tick : DecadeTicks.between(scale.low(), scale.high(), 20)) {
            assertThat(ticks).anySatisfy(found -> {
                Parsed parts = new Parsed(found);
                assertThat(parts.at(0).number()).isEqualTo(tick.log(), within(1e-12));
                assertThat(parts.at(1).value()).isEqualTo(tick.major());
            });
        }
        Parsed given = view(Pages.data(HeatmapPage.of(List.of(matrix), Matrices.words(29)).withRange(0.01, 1000).html()), 0);
        assertThat(List.of(given.at("low").number(), given.at("high").number())).containsExactly(-2.0,
                3.0);
    }

    @Test
    void aRangeIsInTheUnitOfTheFirst() throws IOException {
        Pages.Measured measured = Pages.figureLike();
        Parsed data = Pages.data(HeatmapPage.of(measured.matrices(), measured.tokens()).withRange(0.01, 1000).html());
        for (int k = 0; k < 3; k++) {
            assertThat(view(data, k).at("high").number()).isEqualTo(3.0);
        }
        ColorScale own = ColorScale.ofData(measured.matrices().get(3));
        assertThat(view(data, 3).at("low").number()).as("cosine").isEqualTo(own.low());
        assertThat(view(data, 3).at("high").number()).isEqualTo(own.high());
    }

    @Test
    void everyMatrixIsNamedByMetricAndReference() throws IOException {
        List<ConvergenceMatrix> matrices = new ArrayList<>(Pages.figureLike().matrices());
        double[][] distances = Matrices.settling(29, 65);
        matrices.add(ConvergenceMatrix.of(distances, Metric.NORM, Reference.last()));
        matrices.add(
                ConvergenceMatrix.of(distances, new boolean[29], Metric.L2, Reference.last(), Normalization.rmsNorm(), Optional.empty(),
                        ""));
        Parsed data = Pages.data(HeatmapPage.of(matrices, Matrices.words(29)).html());
        assertThat(IntStream.range(0, matrices.size())
                .mapToObj(k -> view(data, k).at("metric").text() + ", " + view(data, k).at("reference").text()))
                .containsExactly("l2, last", "l2, tail-mean:0.25", "l2, previous", "cosine, last", "norm, none",
                        "l2 of normalized states, last");
    }

    @Test
    void exitsAreThereRuleByRule() {
        ConvergenceMatrix matrix = Matrices.everyKind(10, 20);
        int none = Analyses.NONE;
        HeatmapPage bare = HeatmapPage.of(List.of(matrix), Matrices.words(10));
        Parsed data = Pages.data(bare.withExits(List.of(Analyses.exits(5, none, 7), Analyses.exits(none, none))).html());
        assertThat(data.at("exits").at(0).at("name").text()).isEqualTo("latent-diff at 0.03");
        assertThat(data.at("exits").at(0).at("at").list()).hasSize(10)
                .hasToString("[5, null, 7, null, null, null, null, null, null, null]");
        assertThat(data.at("exits").at(0).at("legend").value()).isEqualTo(List.of("exit (latent-diff at 0.03, by token)", true));
        assertThat(data.at("exits").at(1).at("legend").value()).isEqualTo(List.of("no token exits (latent-diff at 0.03, by token)", false));
        assertThat(data.at("exitsShown").value()).isEqualTo(true);
        assertThat(Pages.data(bare.html()).at("exitsShown").value()).isEqualTo(false);
        assertThatThrownBy(() -> bare.withExits(List.of(Analyses.exits(20)))).hasMessageContaining("position 20");
        assertThatThrownBy(() -> bare.withExits(List.of(Analyses.exits(new int[11])))).hasMessageContaining("token 10");
    }

    @Test
    void legendsOfOverlaysAreThoseOfFigures() throws IOException {
        Pages.Measured measured = Pages.figureLike();
        Parsed data = Pages.data(measured.page().html());
        assertThat(view(data, 1).at("steps").at("legend").value())
                .isEqualTo(List.of("convergence step (stays below 0.05 relative, l2 to tail-mean:0.25)", true));
        Parsed legend = data.at("analysis").at("legend");
        assertThat(legend.at("floor").value()).isEqualTo(List.of("at the arithmetic floor", true));
        assertThat(legend.at("bands").value()).isEqualTo(List.of("slow band", true));
        assertThat(legend.at("segments").value()).isEqualTo(List.of("between segments", true));
        ConvergenceMatrix matrix = Matrices.last(Matrices.settling(10, 20));
        Parsed empty = Pages.data(
                HeatmapPage.of(List.of(matrix), Matrices.words(10)).withAnalysis(Analyses.of(matrix).segment(0, 9).build()).html());
        assertThat(view(empty, 0).at("steps").at("legend").value())
                .isEqualTo(List.of("no token converged (stays below 0.05 relative, l2 to last)", false));
        assertThat(empty.at("analysis").at("legend").at("floor").value()).isEqualTo(List.of("no token at its arithmetic floor", false));
        assertThat(empty.at("analysis").at("legend").at("bands").value()).isEqualTo(List.of("no slow or fast band", false));
        assertThat(empty.at("analysis").at("legend").at("segments").value()).isEqualTo(List.of("one segment", false));
    }

    @Test
    void stepsAreThoseUnderTheReferenceThatIsLookedAt() throws IOException {
        Pages.Measured measured = Pages.figureLike();
        Parsed data = Pages.data(measured.page().html());
        String last = positions(measured, t -> t.steps().last());
        assertThat(steps(data, 0)).isEqualTo(last);
        assertThat(steps(data, 1)).isEqualTo(positions(measured, t -> t.steps().tailMean())).isNotEqualTo(last);
        assertThat(steps(data, 2)).as("the state before is no place to converge to").isEqualTo(last);
        assertThat(steps(data, 3)).as("another metric").isEqualTo(last);
        Parsed analysis = data.at("analysis");
        assertThat(analysis.at("stepNorms")).as("l2 to the state before is there once").isEqualTo(view(data, 2).at("cells"));
        assertThat(analysis.at("bands").list()).hasSameSizeAs(measured.analysis().slowBands());
        assertThat(analysis.at("summary").text()).isEqualTo(measured.analysis().summary().text());
    }

    private static String steps(Parsed data, int view) {
        return view(data, view).at("steps").at("at").list().toString();
    }

    private static String positions(Pages.Measured measured, Function<TokenAnalysis, OptionalInt> position) {
        return measured.analysis().tokens().stream().map(position).map(p -> p.isPresent() ? Integer.toString(p.getAsInt()) : "null")
                .toList().toString();
    }

    @Test
    void thePageHasTheColourMapsOfFigures() {
        assertThat(PageColors.maps().keySet()).containsExactly("viridis", "cividis", "gray");
        PageColors.maps().forEach((name, colors) -> {
            ColorMap map = ColorMap.ofLabel(name);
            assertThat(String.valueOf(colors)).hasSize(6 * 256).startsWith(String.format("%06x", map.entry(0)))
                    .endsWith(String.format("%06x", map.entry(map.size() - 1)));
        });
    }

    @Test
    void pagesAreSmall() throws IOException {
        assertThat(Pages.figureLike().page().html().length()).isLessThan(150_000);
        assertThat(HeatmapPage.of(List.of(Pages.many()), Matrices.words(Pages.MANY)).html().length()).isLessThan(3_200_000);
    }

    @Test
    void aHeatmapIsWrittenAsAPageWithItsTitleRangeColoursAndExits(@TempDir Path folder) throws IOException {
        ConvergenceMatrix matrix = Matrices.everyKind(10, 20);
        Path file = folder.resolve("heatmap.HTML");
        ExitReplay exits = Analyses.exits(5, 6);
        Heatmap.of(matrix, Matrices.words(10)).withTitle("one").withRange(1, 10).withColors(ColorMap.GRAY).withExits(exits).write(file);
        String expected = HeatmapPage.of(List.of(matrix), Matrices.words(10)).withTitle("one").withRange(1, 10)
                .withColors(ColorMap.GRAY).withExits(List.of(exits)).html();
        assertThat(Pages.data(expected).at("map").text()).isEqualTo("gray");
        assertThat(Files.readString(file)).isEqualTo(expected);
        assertThat(folder).isDirectoryContaining(f -> f.equals(file)).isDirectoryNotContaining("glob:**tmp*");
    }

    @Test
    void impossibleRequestsAreRefusedWithWhatWasAsked() throws IOException {
        ConvergenceMatrix ten = Matrices.everyKind(10, 20);
        assertThatThrownBy(() -> HeatmapPage.of(List.of(), List.of())).hasMessageContaining("no matrices");
        assertThatThrownBy(() -> HeatmapPage.of(List.of(ten), List.of("one"))).hasMessageContaining("1 texts");
        assertThatThrownBy(() -> HeatmapPage.of(List.of(ten, Matrices.everyKind(11, 20)), Matrices.words(10)))
                .hasMessageContaining("11 tokens");
        assertThatThrownBy(() -> HeatmapPage.of(Collections.nCopies(400_001, ten), Matrices.words(10)))
                .hasMessageContaining("80000200 cells");
        HeatmapPage page = HeatmapPage.of(List.of(ten), Matrices.words(10));
        assertThatThrownBy(() -> page.withRange(2, 1)).hasMessageContaining("range 2.0 to 1.0");
        var other = Pages.figureLike().analysis();
        assertThatThrownBy(() -> page.withAnalysis(other)).hasMessageContaining("29 tokens");
    }
}
