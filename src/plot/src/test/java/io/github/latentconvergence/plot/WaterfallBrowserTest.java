package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Trajectories that are turned, in a real browser. */
class WaterfallBrowserTest extends InBrowser {
    private static final String STAGE = "#waterfall";
    private static final String COUNTER = "waterfallDrawings";

    private static Waterfall few() {
        return Waterfall.of(Trails.spirals(20, 7, 8), Matrices.words(7));
    }

    private static void openWaterfall(Waterfall waterfall) throws IOException {
        Path file = folder.resolve("waterfall.html");
        waterfall.write(file);
        browser.show(file);
        browser.await("return document.documentElement.dataset." + COUNTER + " !== undefined");
        redrawn();
    }

    /** Browsers smooth a canvas in another way once somebody has looked at its pixels. */
    private static void redrawn() {
        picture();
        drawing(() -> browser.click("#waterfall-reset"));
        browser.run("document.getElementById('waterfall').focus()");
    }

    /** Waits for the drawing that an action asks for, and for the last of those of a drag. */
    private static void drawing(Runnable action) {
        browser.drawing(COUNTER, action);
        browser.run("window.idle = false; requestAnimationFrame(() => requestAnimationFrame(() => { window.idle = true; }))");
        browser.await("return window.idle");
    }

    private static String picture() {
        return browser.picture("waterfall-figure");
    }

    private static double[] view() {
        return browser.numbers("waterfallView");
    }

    /** Where in the figure the state is that the keys have chosen. */
    private static double[] cursor() {
        return browser.numbers("waterfallCursor");
    }

    @Test
    void dragsAndArrowsTurn() throws IOException {
        openWaterfall(few());
        List<String> pictures = new ArrayList<>(List.of(picture()));
        double[] first = view();
        drawing(() -> browser.dragWithin(STAGE, 300, 300, 80, 0));
        browser.await("return document.documentElement.dataset.waterfallView !== '" + first[0] + "," + first[1] + ",1'");
        pictures.add(picture());
        assertThat(view()[0]).isNotEqualTo(first[0]);
        assertThat(view()[1]).isEqualTo(first[1]);
        drawing(() -> browser.dragWithin(STAGE, 300, 300, 0, 40));
        pictures.add(picture());
        assertThat(view()[1]).isGreaterThan(first[1]);
        for (Keys key : List.of(Keys.ARROW_LEFT, Keys.ARROW_DOWN)) {
            drawing(() -> browser.keys(key));
            pictures.add(picture());
        }
        drawing(() -> browser.shifted(Keys.ARROW_RIGHT));
        pictures.add(picture());
        assertThat(pictures).doesNotHaveDuplicates();
        drawing(() -> browser.keys(Keys.HOME));
        assertThat(picture()).isEqualTo(pictures.getFirst());
    }

    @Test
    void theWheelAndKeysZoomAndADoubleClickResets() throws IOException {
        openWaterfall(few());
        String whole = picture();
        drawing(() -> browser.wheelWithin(STAGE, 300, 200, -240));
        assertThat(view()[2]).isCloseTo(2, within(1e-9));
        assertThat(picture()).isNotEqualTo(whole);
        drawing(() -> browser.wheelWithin(STAGE, 300, 200, 240));
        assertThat(view()[2]).isCloseTo(1, within(1e-9));
        assertThat(picture()).as("about the same place").isEqualTo(whole);
        drawing(() -> browser.keys("+"));
        assertThat(view()[2]).isCloseTo(1.25, within(1e-9));
        drawing(() -> browser.keys("-"));
        drawing(() -> browser.dragWithin(STAGE, 300, 300, 33, 44));
        drawing(() -> browser.doubleClickWithin(STAGE, 300, 300));
        browser.await("return document.documentElement.dataset.waterfallView.endsWith(',1')");
        assertThat(picture()).isEqualTo(whole);
        drawing(() -> browser.keys("+"));
        drawing(() -> browser.click("#waterfall-reset"));
        assertThat(picture()).isEqualTo(whole);
    }

    @Test
    void statesArePointedAtWhereTheyAre() throws IOException {
        Waterfall waterfall = Waterfall.of(Trails.spirals(20, 9, 8), new int[] {8, 2, 5},
                List.of("a", "b", "c", "d", "e", "f", "g", "h", "i"));
        openWaterfall(waterfall);
        for (int n = 0; n < 3; n++) {
            browser.keys(Keys.PAGE_DOWN);
            String said = browser.text("#waterfall-said");
            assertThat(said).startsWith(List.of("i", "c", "f").get(n) + ", token " + List.of(8, 2, 5).get(n) + ", iteration 19");
            double x = waterfall.components().coordinate(n, 19, 0);
            assertThat(said).containsPattern("PC 1 " + String.format(Locale.ROOT, "%.2f", x).substring(0, 3).replace('-', '−'));
            double[] at = cursor();
            browser.keys(Keys.ESCAPE);
            assertThat(browser.value("return document.getElementById('waterfall-tip').hidden").toString()).contains("true");
            browser.hoverWithin(STAGE, at[0], at[1]);
            assertThat(browser.text("#waterfall-tip")).contains("token" + List.of(8, 2, 5).get(n)).contains("PC 1").contains("PC 2");
            browser.hoverWithin(STAGE, 3, 3);
            assertThat(browser.value("return document.getElementById('waterfall-tip').hidden").toString()).contains("true");
            for (int again = 0; again <= n; again++) {
                browser.keys(Keys.PAGE_DOWN);
            }
        }
    }

    @Test
    void statesAreWhereTheirComponentsAndPositionsAreSeenFromTheSideAndAbove() throws IOException {
        Waterfall waterfall = few();
        openWaterfall(waterfall);
        PrincipalComponents components = waterfall.components();
        Span first = Span.of(components, 0);
        Span second = Span.of(components, 1);
        double unit = Math.min(1.2 / first.length(), 0.8 / second.length());
        double yaw = view()[0];
        double pitch = view()[1];
        double[][] expected = new double[7][];
        double[][] seen = new double[7][];
        for (int n = 0; n < 7; n++) {
            double x = (components.coordinate(n, 19, 0) - first.middle()) * unit;
            double y = (components.coordinate(n, 19, 1) - second.middle()) * unit;
            double z = (n / 3.0 - 1) * 0.03 * 6;
            expected[n] = new double[] {x * Math.cos(yaw) + z * Math.sin(yaw),
                -y * Math.cos(pitch) - (z * Math.cos(yaw) - x * Math.sin(yaw)) * Math.sin(pitch)};
            browser.keys(Keys.PAGE_DOWN);
            seen[n] = cursor();
        }
        double scale = (seen[6][0] - seen[0][0]) / (expected[6][0] - expected[0][0]);
        for (int n = 1; n < 7; n++) {
            for (int axis = 0; axis < 2; axis++) {
                assertThat(seen[n][axis] - seen[0][axis]).as("token %d, axis %d", n, axis)
                        .isCloseTo(scale * (expected[n][axis] - expected[0][axis]), within(0.01));
            }
        }
    }

    @Test
    void pathsHaveTheColoursOfIterations() throws IOException {
        openWaterfall(few());
        String seen = browser.string("""
                const figure = document.getElementById('waterfall-figure');
                const {data} = figure.getContext('2d').getImageData(0, 0, figure.width - 120, figure.height);
                const all = new Set();
                for (let k = 0; k < data.length; k += 4) all.add((data[k] << 16 | data[k + 1] << 8 | data[k + 2]).toString(16));
                return [...all].join();
                """);
        for (int s = 0; s < 19; s++) {
            assertThat(List.of(seen.split(",", -1))).as("shade %d of 19", s)
                    .contains(Integer.toHexString(ColorMap.VIRIDIS.at((s + 0.5) / 19)));
        }
    }

    @Test
    void itIsLightOrDark() throws IOException {
        openWaterfall(few());
        String light = picture();
        drawing(() -> browser.click("#theme"));
        assertThat(picture()).isNotEqualTo(light);
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor")).isEqualTo("rgb(22, 23, 26)");
        drawing(() -> browser.click("#theme"));
        assertThat(picture()).isEqualTo(light);
    }

    @Test
    void fourThousandTokensAreThinnedWhileTheyTurnAndAllThereAtRest() throws IOException {
        openWaterfall(Waterfall.of(Trails.spirals(129, 4096, 3), IntStream.range(0, 4096).toArray(), Matrices.words(4096)));
        browser.await("return document.documentElement.dataset.waterfallStep === '1'");
        String rest = picture();
        drawing(() -> browser.dragWithin(STAGE, 300, 300, 60, 10));
        // 4096 x 128 pieces are 27 times what is drawn at once.
        browser.await("return document.documentElement.dataset.waterfallStep === '1'");
        assertThat(picture()).isNotEqualTo(rest);
        drawing(() -> browser.keys(Keys.HOME));
        assertThat(browser.dataset("waterfallStep")).isIn("27", "1");
        browser.await("return document.documentElement.dataset.waterfallStep === '1'");
        assertThat(picture()).isEqualTo(rest);
        System.out.println("waterfall of 4096 tokens: " + browser.dataset("waterfallMs") + " ms to draw all, piece by piece");
    }

    @Test
    void oneTokenOneStateAndHostileTextsAreDrawnToo() throws IOException {
        openWaterfall(Waterfall.of(Tensors.of(new double[5][3]), List.of("</script><script>document.title='taken'</script>")));
        assertThat(browser.string("return document.title")).isEqualTo(Waterfall.TITLE);
        browser.keys(Keys.PAGE_DOWN);
        assertThat(browser.text("#waterfall-tip")).contains("</script><script>");
        openWaterfall(Waterfall.of(Trails.spirals(1, 1, 3), List.of("x")).withTitle(""));
        openWaterfall(Waterfall.of(Trails.spirals(1, 300, 3), Matrices.words(300)).withTitle("One <b>"));
        assertThat(browser.text("h1")).isEqualTo("One <b>");
    }

    @Test
    void itIsAPartOfTheReport() throws IOException {
        Path file = folder.resolve("report.html");
        Recorded.figureLike().report().write(file);
        browser.open(file);
        redrawn();
        String first = picture();
        drawing(() -> browser.dragWithin(STAGE, 300, 300, 80, 20));
        assertThat(picture()).isNotEqualTo(first);
        drawing(() -> browser.click("#waterfall-reset"));
        assertThat(picture()).isEqualTo(first);
        drawing(() -> browser.click("#theme"));
        assertThat(picture()).isNotEqualTo(first);
        assertThat(browser.value("return document.documentElement.scrollWidth - document.documentElement.clientWidth").number()).isZero();
    }
}
