package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a browser, under its own policy. */
class ReportBrowserTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void heatmapChartsAndTablesAreSeenAndNothingIsFetched() throws IOException {
        Optional<Path> binary = Browser.find("chromium");
        Optional<Path> driver = Browser.find("chromedriver");
        boolean there = binary.isPresent() && driver.isPresent();
        assertThat(there || !"true".equals(System.getenv("CI")))
                .as("chromium and chromedriver on the path (apt-get install chromium chromium-driver)").isTrue();
        assumeTrue(there, "chromium and chromedriver are not on the path: the report was not tried in a browser");
        Path file = folder.resolve("report.html");
        Recorded.figureLike().report().withTitle("One <b> run").write(file);
        try (Browser browser = new Browser(binary.orElseThrow(), driver.orElseThrow(), folder)) {
            browser.open(file);
            assertThat(browser.string("return document.title")).isEqualTo("One <b> run");
            assertThat(browser.string("return document.querySelector('h1').textContent")).isEqualTo("One <b> run");
            assertThat(browser.value("return document.getElementById('figure').clientHeight").number()).isGreaterThanOrEqualTo(620);
            assertThat(browser.value("return [...document.querySelectorAll('figure svg')].map(s => s.getBoundingClientRect().width > 600"
                    + " && getComputedStyle(s.querySelector('text')).fontFamily.includes('Helvetica'))").list().toString())
                    .isEqualTo("[true, true, true, true, true, true]");
            assertThat(browser.string("return getComputedStyle(document.querySelector('tr.slow td')).backgroundColor"))
                    .as("the style sheet applies").isNotEqualTo("rgba(0, 0, 0, 0)");
            assertThat(browser.value("return document.documentElement.scrollWidth - document.documentElement.clientWidth").number())
                    .as("nothing sticks out").isZero();
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests()).isEmpty();
        }
    }
}
