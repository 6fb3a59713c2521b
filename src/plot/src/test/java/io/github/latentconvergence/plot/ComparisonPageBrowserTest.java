package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two runs compared, in a browser, under the page's own policy. */
class ComparisonPageBrowserTest extends InBrowser {
    private static final String PAPER = "return getComputedStyle(document.body).backgroundColor";

    @Test
    void figuresAndTableAreSeenInLightAndDark() throws IOException {
        Path file = folder.resolve("compared.html");
        ComparisonPageTest.compared(List.of("a", "<b>", "c")).withTitle("One <b> pair").write(file);
        browser.show(file);
        assertThat(browser.string("return document.title")).isEqualTo("One <b> pair");
        assertThat(browser.text("h1")).isEqualTo("One <b> pair");
        assertThat(browser.value("return [...document.querySelectorAll('figure svg')].map(s => s.getBoundingClientRect().width > 600)")
                .list().toString()).isEqualTo("[true, true]");
        assertThat(browser.value("return [...document.querySelectorAll('td bdi')].map(t => t.textContent)").list().toString())
                .contains("<b>");
        assertThat(browser.string("return getComputedStyle(document.querySelector('tr.slow td')).backgroundColor"))
                .as("the style sheet applies").isNotEqualTo("rgba(0, 0, 0, 0)");
        assertThat(browser.value("return document.documentElement.scrollWidth - document.documentElement.clientWidth").number())
                .as("nothing sticks out").isZero();
        assertThat(browser.run(PAPER)).isEqualTo("rgb(255, 255, 255)");
        assertThat(browser.text("#theme")).isEqualTo("Dark");
        browser.click("#theme");
        assertThat(browser.run(PAPER)).isEqualTo("rgb(22, 23, 26)");
        assertThat(browser.text("#theme")).isEqualTo("Light");
        browser.click("#theme");
        assertThat(browser.run(PAPER)).isEqualTo("rgb(255, 255, 255)");
    }
}
