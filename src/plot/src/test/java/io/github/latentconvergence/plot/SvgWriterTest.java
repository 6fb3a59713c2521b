package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Path2D;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvgWriterTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "-0.001, 0", "1, 1", "-1, -1", "0.5, 0.5", "-0.05, -0.05", "12.345, 12.35", "-12.304, -12.3", "1e6, 1000000",
        "0.1, 0.1"})
    void numbersAreShortAndToAHundredth(double value, String text) {
        assertThat(SvgWriter.number(value)).isEqualTo(text);
    }

    @Test
    void numbersAreTheSameInAllLanguages() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(SvgWriter.number(1234.5)).isEqualTo("1234.5");
            assertThat(SvgWriter.document().begin("g").withColor("fill", 0x0a0b0c).end().toString()).endsWith("<g fill=\"#0a0b0c\"/>\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void markupIsEscapedAndWhatXmlForbidsReplaced() {
        assertThat(SvgWriter.escape("<a b=\"c\" d='e'>&amp;")).isEqualTo("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
        assertThat(SvgWriter.escape("a\u0000\u001b\ud800\uffffb")).isEqualTo("a\ufffd\ufffd\ufffd\ufffdb");
        assertThat(SvgWriter.escape("😀 é שלום")).isEqualTo("😀 é שלום");
    }

    @Test
    void elementsNest() {
        SvgWriter out = SvgWriter.document();
        out.begin("g").with("class", "x<y").begin("path").with("d", 1.5).end().begin("text").text("a").begin("tspan").text("&").end()
                .text("b").end().end();
        assertThat(out.toString()).endsWith("<g class=\"x&lt;y\"><path d=\"1.5\"/>\n<text>a<tspan>&amp;</tspan>b</text>\n</g>\n");
    }

    @Test
    void pathsKeepTheirLinesAndCurves() {
        Path2D path = new Path2D.Double();
        path.moveTo(1, 2);
        path.lineTo(3.25, 4);
        path.quadTo(5, 6, 7, 8);
        path.curveTo(1, 2, 3, 4, 5, 6);
        path.closePath();
        assertThat(SvgPath.of(path)).isEqualTo("M1 2L3.25 4Q5 6 7 8C1 2 3 4 5 6Z");
    }
}
