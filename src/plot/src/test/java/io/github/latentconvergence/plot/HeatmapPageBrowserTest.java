package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser. Elsewhere than in continuous integration a missing browser skips these. */
class HeatmapPageBrowserTest {
    private static final int TOKENS = 29;
    private static final int ITERATIONS = 65;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Browser browser;
    @SuppressWarnings("NullAway.Init")
    private static Pages.Measured measured;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> binary = Browser.find("chromium");
        Optional<Path> driver = Browser.find("chromedriver");
        boolean there = binary.isPresent() && driver.isPresent();
        assertThat(there || !"true".equals(System.getenv("CI")))
                .as("chromium and chromedriver on the path (apt-get install chromium chromium-driver)").isTrue();
        assumeTrue(there, "chromium and chromedriver are not on the path: the page was not tried in a browser");
        browser = new Browser(binary.orElseThrow(), driver.orElseThrow(), folder);
        measured = Pages.figureLike();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingWasFetchedAndNothingComplained() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    private static void open(HeatmapPage page) throws IOException {
        Path file = folder.resolve("page.html");
        page.write(file);
        browser.open(file);
    }

    private static void openFigureLike() throws IOException {
        open(measured.page());
    }

    private static int[] colors(ConvergenceMatrix matrix, ColorScale scale) {
        int[] colors = new int[matrix.tokens() * matrix.iterations()];
        CellGrid grid = CellGrid.of(matrix, matrix.tokens(), matrix.iterations());
        for (int cell = 0; cell < colors.length; cell++) {
            colors[cell] = grid.color(cell / matrix.iterations(), cell % matrix.iterations(), scale);
        }
        return colors;
    }

    @Test
    void cellsHaveTheColoursOfThePng() throws IOException {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(TOKENS, ITERATIONS));
        open(HeatmapPage.of(List.of(matrix), Matrices.words(TOKENS)).withRange(0.5, 50));
        Heatmap heatmap = Heatmap.of(matrix, Matrices.words(TOKENS)).withRange(0.5, 50);
        BufferedImage png = heatmap.toImage();
        Rect plot = heatmap.layout().plot();
        int[] seen = browser.cellColors(TOKENS, ITERATIONS);
        for (int i = 0; i < TOKENS; i++) {
            for (int t = 0; t < ITERATIONS; t++) {
                int x = (int) (plot.x() + (t + 0.2) / ITERATIONS * plot.width());
                int y = (int) (plot.y() + (i + 0.2) / TOKENS * plot.height());
                assertThat(seen[i * ITERATIONS + t]).as("token %d, iteration %d", i, t).isEqualTo(png.getRGB(x, y) & 0xffffff);
            }
        }
    }

    @Test
    void cellsWithoutALogDistanceAreDrawnApart() throws IOException {
        ConvergenceMatrix matrix = Matrices.everyKind(10, 20);
        open(HeatmapPage.of(List.of(matrix), Matrices.words(10)));
        int[] expected = colors(matrix, ColorScale.ofData(matrix));
        int[] seen = browser.cellColors(10, 20);
        for (int cell = 0; cell < expected.length; cell++) {
            if (!matrix.isMasked(cell / 20)) {
                assertThat(seen[cell]).as("token %d, iteration %d", cell / 20, cell % 20).isEqualTo(expected[cell]);
            }
        }
        assertThat(browser.hover(1, 1)).contains("NaN");
        assertThat(browser.hover(2, 2)).contains("infinite");
        assertThat(browser.hover(3, 3)).contains("exactly 0");
        assertThat(browser.hover(4, 3)).contains("masked token");
        assertThat(browser.hover(5, 19)).contains("self-reference");
        ConvergenceMatrix previous = ConvergenceMatrix.of(new double[][] {{Double.NaN, 3, 2, 1}}, Metric.L2, Reference.previous());
        open(HeatmapPage.of(List.of(previous), List.of("a")));
        assertThat(browser.hover(0, 0)).contains("undefined: no earlier state");
    }

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
        browser.drawing(() -> browser.clickCell(18, 30));
        assertThat(browser.string("return document.getElementById('curve').getAttribute('aria-label')")).contains("token 18");
    }

    @Test
    void overlaysAreOnOrOff() throws IOException {
        openFigureLike();
        String plain = browser.picture();
        for (String overlay : List.of("#step", "#floor", "#bands", "#segments")) {
            browser.drawing(() -> browser.click(overlay));
            assertThat(browser.picture()).as(overlay).isNotEqualTo(plain);
            browser.drawing(() -> browser.click(overlay));
            assertThat(browser.picture()).as("%s off again", overlay).isEqualTo(plain);
        }
        open(HeatmapPage.of(measured.matrices(), measured.tokens()));
        assertThat(browser.run("return document.getElementById('overlays').disabled")).isEqualTo(true);
    }

    @Test
    void anotherDistanceRangeOrMapRecoloursTheCells() throws IOException {
        openFigureLike();
        for (int k = measured.matrices().size() - 1; k >= 0; k--) {
            int view = k;
            ConvergenceMatrix matrix = measured.matrices().get(k);
            if (k != 0 || measured.matrices().size() > 1) {
                browser.drawing(() -> browser.select("#view", view));
            }
            assertThat(differing(browser.cellColors(TOKENS, ITERATIONS), colors(matrix, ColorScale.ofData(matrix))))
                    .as("cells of %s", matrix).isZero();
        }
        int[] before = browser.cellColors(TOKENS, ITERATIONS);
        browser.run("document.getElementById('low').focus()");
        browser.drawing(() -> browser.keys(Keys.ARROW_RIGHT));
        double low = browser.value("return Number(document.getElementById('low').value)").number();
        ConvergenceMatrix first = measured.matrices().getFirst();
        ColorScale own = ColorScale.ofData(first);
        assertThat(low).isGreaterThan(own.low());
        assertThat(differing(browser.cellColors(TOKENS, ITERATIONS), colors(first, new ColorScale(low, own.high(), true, false)))).isZero();
        browser.drawing(() -> browser.click("#own-range"));
        assertThat(browser.cellColors(TOKENS, ITERATIONS)).isEqualTo(before);
        browser.drawing(() -> browser.select("#map", 1));
        for (int color : browser.cellColors(TOKENS, ITERATIONS)) {
            assertThat(color & 0xff).as("grey").isEqualTo(color >> 16).isEqualTo(color >> 8 & 0xff);
        }
    }

    private static long differing(int[] a, int[] b) {
        assertThat(a).hasSameSizeAs(b);
        long count = 0;
        for (int k = 0; k < a.length; k++) {
            count += a[k] == b[k] ? 0 : 1;
        }
        return count;
    }

    @Test
    void theThemeIsTheSystemsOrTheOther() throws IOException {
        openFigureLike();
        int light = browser.cellColors(TOKENS, ITERATIONS)[0];
        String paper = "return getComputedStyle(document.body).backgroundColor";
        assertThat(browser.run(paper)).isEqualTo("rgb(255, 255, 255)");
        browser.drawing(() -> browser.click("#theme"));
        assertThat(browser.run(paper)).isEqualTo("rgb(22, 23, 26)");
        assertThat(browser.paper()).isEqualTo(0x16171a);
        assertThat(browser.cellColors(TOKENS, ITERATIONS)[0]).isEqualTo(light);
    }

    @Test
    void theViewIsSavedAsAPng() throws IOException, InterruptedException {
        openFigureLike();
        int[] cells = browser.cellColors(TOKENS, ITERATIONS);
        Path file = folder.resolve("heatmap.png");
        browser.click("#save");
        for (int k = 0; k < 200 && !Files.exists(file); k++) {
            Thread.sleep(50);
        }
        BufferedImage image = ImageIO.read(file.toFile());
        double[] plot = browser.numbers("plot");
        assertThat((long) image.getWidth())
                .isEqualTo((long) browser.value("return 2 * document.getElementById('figure').width").number());
        for (int i = 0; i < TOKENS; i++) {
            int x = (int) (2 * (plot[0] + 20.2 / ITERATIONS * plot[2]));
            int y = (int) (2 * (plot[1] + (i + 0.2) / TOKENS * plot[3]));
            assertThat(image.getRGB(x, y) & 0xffffff).isEqualTo(cells[i * ITERATIONS + 20]);
        }
        Files.delete(file);
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
            assertThat(browser.picture()).as("%d x %d", distances.length, distances[0].length).isEqualTo(whole);
            assertThat(browser.window()).containsExactly(0, distances.length, 0, distances[0].length);
        }
    }

    @Test
    void fourThousandTokensAreDrawnHoveredAndZoomed() throws IOException {
        open(HeatmapPage.of(List.of(Pages.many()), Matrices.words(Pages.MANY)));
        int fewLabels = Integer.parseInt(browser.dataset("rowLabels"));
        assertThat(fewLabels).isBetween(10, 100);
        assertThat(browser.hover(Pages.SLOW, 100)).as("the slow token is what its pixel shows").contains("token" + Pages.SLOW);
        browser.await("return document.documentElement.dataset.hoverMs !== undefined");
        String hover = browser.dataset("hoverMs");
        for (int k = 0; k < 8; k++) {
            browser.drawing(() -> browser.wheel(Pages.SLOW + 0.5, 64, -240));
        }
        browser.await("return document.documentElement.dataset.zoomMs !== undefined");
        double[] near = browser.window();
        assertThat(near[1] - near[0]).isEqualTo(Pages.MANY / 256.0, within(1e-6));
        assertThat(Integer.parseInt(browser.dataset("rowLabels"))).as("every row has its label").isBetween((int) (near[1] - near[0]),
                (int) (near[1] - near[0]) + 2);
        System.out.printf(Locale.ROOT,
                "page of %d tokens: drawn %s ms after its script began, hover %s ms, zoom %s ms, each to the frame that shows it%n",
                Pages.MANY,
                browser.dataset("drawnMs"), hover, browser.dataset("zoomMs"));
    }
}
