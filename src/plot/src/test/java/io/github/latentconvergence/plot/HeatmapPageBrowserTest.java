package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.Reduction;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the page does, in a real browser. */
class HeatmapPageBrowserTest extends InBrowser {
    @Test
    void thePointerIsToldEverythingOfACell() throws IOException {
        openFigureLike();
        ConvergenceMatrix matrix = measured.matrices().getFirst();
        for (int[] cell : new int[][] {{0, 0}, {17, 10}, {28, 63}}) {
            String said = browser.hover(cell[0], cell[1]);
            int step = measured.analysis().tokens().get(cell[0]).step().orElseThrow();
            assertThat(said).contains(TokenText.of(measured.tokens().get(cell[0])).characters())
                    .contains("token" + cell[0] + "iteration" + cell[1])
                    .contains("converged (l2 to last)from " + step);
            assertThat(after(said, "iteration" + cell[1] + "distance")).isEqualTo(matrix.distance(cell[0], cell[1]),
                    within(matrix.distance(cell[0], cell[1]) * 6e-4));
            assertThat(after(said, "log distance")).isEqualTo(matrix.logDistance(cell[0], cell[1]), within(6e-4));
            if (cell[1] > 0) {
                double norm = measured.analysis().stepNorms().distance(cell[0], cell[1]);
                assertThat(after(said, "step norm")).isEqualTo(norm, within(norm * 6e-4));
            }
        }
        assertThat(browser.run("return document.getElementById('tip').hidden")).isEqualTo(false);
    }

    private static double after(String said, String name) {
        String number = said.substring(said.indexOf(name) + name.length()).replace('−', '-').replaceFirst("^(-?[0-9.]+(e[-+]?[0-9]+)?).*",
                "$1");
        return Double.parseDouble(number);
    }

    @Test
    void wheelDragAndKeysMoveWhatIsSeen() throws IOException {
        openFigureLike();
        assertThat(browser.window()).containsExactly(0, TOKENS, 0, ITERATIONS);
        browser.drawing(() -> browser.wheel(10, 20, -240));
        double[] near = browser.window();
        assertThat(near[1] - near[0]).isEqualTo(TOKENS / 2.0, within(1e-9));
        assertThat(near[3] - near[2]).isEqualTo(ITERATIONS / 2.0, within(1e-9));
        assertThat((10 - near[0]) / (near[1] - near[0])).as("the place under the pointer stays").isEqualTo(10.0 / TOKENS, within(0.01));
        browser.drawing(() -> browser.drag(10, 20, 0, -50));
        double[] dragged = browser.window();
        assertThat(dragged[0]).isEqualTo(near[0] + 50 / browser.numbers("plot")[3] * (near[1] - near[0]), within(1e-6));
        assertThat(dragged[1] - dragged[0]).isEqualTo(near[1] - near[0], within(1e-9));
        browser.drawing(() -> browser.keys(Keys.HOME));
        assertThat(browser.window()).containsExactly(0, TOKENS, 0, ITERATIONS);
        browser.drawing(() -> browser.wheel(10, -1, -240));
        assertThat(browser.window()[3] - browser.window()[2]).as("beside the rows only these").isEqualTo(ITERATIONS);
        assertThat(browser.window()[1] - browser.window()[0]).isEqualTo(TOKENS / 2.0, within(1e-9));
        browser.drawing(() -> browser.keys("0"));
        assertThat(browser.window()).containsExactly(0, TOKENS, 0, ITERATIONS);
    }

    @Test
    void everythingWorksWithoutAMouse() throws IOException {
        openFigureLike();
        for (int k = 0; k < 40 && !"stage".equals(browser.run("return document.activeElement.id")); k++) {
            browser.keys(Keys.TAB);
        }
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("stage");
        assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle")).isEqualTo("solid");
        browser.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_RIGHT);
        browser.await("return document.getElementById('said').textContent.includes('token 1, iteration 1')");
        assertThat(browser.text("#said")).contains("am").contains("distance");
        browser.drawing(() -> browser.keys("+"));
        double[] near = browser.window();
        assertThat(near[1] - near[0]).isEqualTo(TOKENS / 2.0, within(1e-9));
        browser.drawing(() -> browser.shifted(Keys.ARROW_DOWN));
        assertThat(browser.window()[0]).isEqualTo(near[0] + TOKENS / 20.0, within(1e-9));
        browser.drawing(() -> browser.keys("-"));
        assertThat(browser.window()[1] - browser.window()[0]).isEqualTo(TOKENS, within(1e-9));
        browser.drawing(() -> browser.keys(Keys.ENTER));
        assertThat(browser.string("return document.getElementById('curve').getAttribute('aria-label')")).contains("token 1")
                .contains("converged from iteration");
        browser.drawing(() -> browser.keys(Keys.ESCAPE));
        assertThat(browser.run("return document.getElementById('curve-section').hidden")).isEqualTo(true);
        assertThat((List<?>) browser.run(
                "return [...document.querySelectorAll('button, input, select')].filter(e => !(e.labels?.length || e.textContent.trim() || e.ariaLabel))"))
                .as("controls without a name").isEmpty();
    }

    @Test
    void aClickShowsTheCurveOfAToken() throws IOException {
        openFigureLike();
        assertThat(browser.run("return document.getElementById('curve-section').hidden")).isEqualTo(true);
        browser.drawing(() -> browser.clickCell(17, 30));
        assertThat(browser.run("return document.getElementById('curve-section').hidden")).isEqualTo(false);
        String label = browser.string("return document.getElementById('curve').getAttribute('aria-label')");
        assertThat(label).contains("token 17").contains("really");
        assertThat(browser.run("return document.getElementById('curve').getBoundingClientRect().bottom <= innerHeight"))
                .as("the curve is seen beside the figure").isEqualTo(true);
        browser.drawing(() -> browser.clickCell(18, 30));
        assertThat(browser.string("return document.getElementById('curve').getAttribute('aria-label')")).contains("token 18");
    }

    @Test
    void onlyMetricsAndReferencesThatAreThereAreOffered() throws IOException {
        openFigureLike();
        assertThat(browser.options("#metric")).containsExactly("l2*", "cosine");
        assertThat(browser.options("#reference")).containsExactly("last*", "tail-mean:0.25", "previous");
        browser.drawing(() -> browser.select("#reference", 2));
        assertThat(browser.hover(3, 0)).contains("undefined");
        browser.drawing(() -> browser.select("#metric", 1));
        assertThat(browser.options("#reference")).as("cosine is to last alone").containsExactly("last*");
        assertThat(browser.run("return document.getElementById('reference').disabled")).isEqualTo(true);
        assertThat(after(browser.hover(3, 5), "log distance")).isEqualTo(measured.matrices().get(3).logDistance(3, 5), within(6e-4));
        browser.drawing(() -> browser.select("#metric", 0));
        assertThat(browser.options("#reference")).as("of l2 that of the same reference").containsExactly("last*", "tail-mean:0.25",
                "previous");
        ConvergenceMatrix norms = ConvergenceMatrix.of(Matrices.settling(TOKENS, ITERATIONS), Metric.NORM, Reference.last());
        open(HeatmapPage.of(List.of(norms), measured.tokens()));
        assertThat(browser.options("#metric")).containsExactly("norm*");
        assertThat(browser.options("#reference")).containsExactly("none*");
    }

    @Test
    void exitsOfTheRuleThatIsChosenAreTold() throws IOException {
        ExitReplay some = Analyses.exits(4, Analyses.NONE, 6);
        ExitReplay other = new ExitReplay(ExitRule.COSINE, 0.5, Reduction.TOKEN, Analyses.exits(9, 9, 9).tokens(), 0, 1);
        open(HeatmapPage.of(measured.matrices(), measured.tokens()).withExits(List.of(some, other)));
        assertThat(browser.run("return document.getElementById('exits').checked")).isEqualTo(true);
        assertThat(browser.run("return document.getElementById('step').disabled")).as("there is no analysis").isEqualTo(true);
        assertThat(browser.hover(0, 3)).contains("exit (latent-diff at 0.03)at 4");
        assertThat(browser.hover(1, 3)).contains("exit (latent-diff at 0.03)never");
        browser.drawing(() -> browser.select("#rule", 1));
        assertThat(browser.hover(1, 3)).contains("exit (cosine at 0.5)at 9");
        openFigureLike();
        assertThat(browser.run("return document.getElementById('exits').checkVisibility()")).as("there are none").isEqualTo(false);
        assertThat(browser.hover(0, 3)).doesNotContain("exit");
        open(measured.page().withExits(List.of(some)));
        assertThat(browser.run("return document.getElementById('rule').checkVisibility()")).as("there is no choice").isEqualTo(false);
    }

    @Test
    void ofMaskedTokensNothingIsSaid() throws IOException {
        ConvergenceMatrix matrix = Matrices.everyKind(10, 20);
        open(HeatmapPage.of(List.of(matrix), Matrices.words(10)).withAnalysis(Analyses.everything(matrix))
                .withExits(List.of(Analyses.exits(1, 1, 1, 1))));
        assertThat(browser.hover(4, 3)).endsWith("distancemasked token");
    }

    @Test
    void hostileTextsAreReadAndDoNothing() throws IOException {
        int count = Pages.HOSTILE.size();
        open(HeatmapPage.of(List.of(Matrices.plain(Matrices.settling(count, 5))), Pages.HOSTILE).withTitle("<b>&amp;</script>"));
        for (int i = 0; i < count; i++) {
            browser.hover(i, 2);
            assertThat(browser.text("#tip b")).isEqualTo(TokenText.of(Pages.HOSTILE.get(i), 200).characters());
        }
        assertThat(browser.run("return document.title")).isEqualTo("<b>&amp;</script>");
        assertThat(browser.run("return document.scripts.length")).isEqualTo(2L);
    }

    @Test
    void thePolicyStopsWhatThePageDoesNotDo() throws IOException {
        openFigureLike();
        browser.run(
                """
                        document.addEventListener('securitypolicyviolation', e => { document.documentElement.dataset.stopped = e.effectiveDirective; });
                        const script = document.createElement('script');
                        script.textContent = 'document.title = "taken"';
                        document.body.append(script);
                        """);
        browser.await("return document.documentElement.dataset.stopped !== undefined");
        assertThat(browser.dataset("stopped")).startsWith("script-src");
        assertThat(browser.string("return document.title")).startsWith("Latent State Convergence");
        assertThat(browser.complaints()).singleElement().asString().contains("Content Security Policy");
    }

    @Test
    void unusualMatricesAreDrawn() throws IOException {
        double[][] one = {{3}};
        double[][] nothing = {{Double.NaN, Double.NaN}, {Double.NaN, 0}};
        double[][] wide = Matrices.settling(5, 3000);
        double[][] steep = {{1e-300, 1e-150, 1, 1e300}};
        for (double[][] distances : List.of(one, nothing, wide, steep)) {
            open(HeatmapPage.of(List.of(Matrices.plain(distances)), Matrices.words(distances.length)));
            String whole = browser.picture();
            browser.drawing(() -> browser.clickCell(0, 0));
            browser.drawing(() -> browser.keys("+"));
            browser.drawing(() -> browser.keys("0"));
            browser.drawing(() -> browser.keys(Keys.ESCAPE));
            assertThat(browser.picture()).as("%d x %d", distances.length, distances[0].length).isEqualTo(whole);
            assertThat(browser.window()).containsExactly(0, distances.length, 0, distances[0].length);
        }
    }

    @Test
    void fourThousandTokensAreDrawnHoveredAndZoomed() throws IOException {
        ConvergenceMatrix matrix = Pages.many();
        open(HeatmapPage.of(List.of(matrix), Matrices.words(Pages.MANY)).withAnalysis(Analyses.everything(matrix))
                .withExits(List.of(Analyses.exits(new int[Pages.MANY])), false));
        int fewLabels = Integer.parseInt(browser.dataset("rowLabels"));
        assertThat(fewLabels).isBetween(10, 100);
        List<Integer> slow = browser.pixelRows(ColorScale.ofData(matrix).color(matrix.logDistance(Pages.SLOW, 100)), 100.5);
        assertThat(slow).as("the slow token among those it shares a pixel with").hasSizeBetween(1, 2);
        assertThat(browser.hoverPixelRow(slow.getFirst(), 100.5)).as("what its pixel shows")
                .contains("token" + Pages.SLOW + "iteration100");
        browser.await("return document.documentElement.dataset.hoverMs !== undefined");
        String hover = browser.dataset("hoverMs");
        for (int k = 0; k < 8; k++) {
            browser.drawing(() -> browser.wheel(Pages.SLOW + 0.5, 64, -240));
        }
        double[] near = browser.window();
        assertThat(near[1] - near[0]).isEqualTo(Pages.MANY / 256.0, within(1e-6));
        assertThat(Integer.parseInt(browser.dataset("rowLabels"))).as("every row has its label").isBetween((int) (near[1] - near[0]),
                (int) (near[1] - near[0]) + 2);
        browser.drawing(() -> browser.click("#whole"));
        double zoom = timeOfAZoom();
        browser.drawing(() -> browser.click("#whole"));
        for (String overlay : List.of("#step", "#floor", "#bands", "#segments", "#exits")) {
            browser.drawing(() -> browser.click(overlay));
        }
        System.out.printf(Locale.ROOT,
                "page of %d tokens: drawn %s ms after its script began, hover %s ms, zoom %s ms, with all overlays %s ms, each to the frame that shows it%n",
                Pages.MANY, browser.dataset("drawnMs"), hover, zoom, timeOfAZoom());
    }

    /** The first step into the whole matrix, the slowest there is. */
    private static double timeOfAZoom() {
        browser.run("delete document.documentElement.dataset.zoomMs");
        browser.wheel(Pages.SLOW + 0.5, 64, -240);
        browser.await("return document.documentElement.dataset.zoomMs !== undefined");
        return Double.parseDouble(browser.dataset("zoomMs"));
    }
}
