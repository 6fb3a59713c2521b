package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the page in a real browser. Elsewhere than in continuous integration a missing browser skips them. */
abstract class InBrowser {
    static final int TOKENS = 29;
    static final int ITERATIONS = 65;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    static Browser browser;
    @SuppressWarnings("NullAway.Init")
    static Pages.Measured measured;

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

    static void open(HeatmapPage page) throws IOException {
        Path file = folder.resolve("page.html");
        page.write(file);
        browser.open(file);
    }

    static void openFigureLike() throws IOException {
        open(measured.page());
    }
}
