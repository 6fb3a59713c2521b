package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.ConvergenceMatrix;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

class HeatmapSvgTest {
    private static final Set<Overlay> ALL = Set.of(Overlay.values());

    private static Heatmap published() {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(29, 65));
        return Heatmap.of(matrix, Matrices.words(29)).withRange(0.5, 50);
    }

    @ParameterizedTest
    @EnumSource(ColorMap.class)
    void everyCellHasTheColourOfItsLogDistanceAndOfThePng(ColorMap map) throws Exception {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(29, 65));
        Heatmap heatmap = published().withColors(map);
        int[][] colors = Svg.of(heatmap).colors("cells", 29, 65);
        BufferedImage image = heatmap.toImage();
        Rect plot = heatmap.layout().plot();
        for (int i = 0; i < 29; i++) {
            for (int t = 0; t < 65; t++) {
                double fraction = (matrix.logDistance(i, t) - Math.log10(0.5)) / 2;
                int entry = (int) Math.clamp(fraction * map.size(), 0, map.size() - 1);
                assertThat(colors[i][t]).as("token %d, iteration %d", i, t).isEqualTo(map.entry(entry));
                int x = (int) (plot.x() + (t + 0.5) / 65 * plot.width());
                int y = (int) (plot.y() + (i + 0.5) / 29 * plot.height());
                assertThat(colors[i][t]).as("token %d, iteration %d in the PNG", i, t).isEqualTo(image.getRGB(x, y) & 0xffffff);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ColorMap.class)
    void theBarHasAllColoursOfTheCellsInOrderAndThoseOfThePng(ColorMap map) throws Exception {
        Heatmap heatmap = published().withColors(map);
        HeatmapLayout layout = heatmap.layout();
        int[][] stripes = Svg.of(heatmap).colors("color-bar", map.size(), 1);
        BufferedImage image = heatmap.toImage();
        for (int k = 0; k < map.size(); k++) {
            assertThat(stripes[k][0]).as("stripe %d", k).isEqualTo(map.entry(map.size() - 1 - k));
            // Rows of pixels are higher than stripes or not: the pixel that holds the stripe's middle has the colour of its own middle.
            int y = (int) (layout.bar().y() + (k + 0.5) / map.size() * layout.bar().height());
            double down = (y + 0.5 - layout.bar().y()) / layout.bar().height();
            int holding = (int) (down * map.size());
            assertThat(stripes[holding][0]).as("pixel of stripe %d", k).isEqualTo(image.getRGB((int) layout.bar().centerX(), y) & 0xffffff);
        }
        Element group = Svg.of(heatmap).ofClass("color-bar").getFirst();
        assertThat(group.getAttribute("transform"))
                .startsWith("translate(" + SvgWriter.number(layout.bar().x()) + " " + SvgWriter.number(layout.bar().y()) + ")")
                .endsWith(" " + (float) (layout.bar().height() / map.size()) + ")");
    }

    @Test
    void aFigureOfThePublishedSizeIsSmall() {
        ConvergenceMatrix matrix = Matrices.plain(Matrices.settling(29, 65));
        Heatmap heatmap = Heatmap.of(matrix, Matrices.words(29)).withAnalysis(Analyses.everything(matrix), ALL)
                .withExits(Analyses.exits(IntStream.range(0, 29).toArray()));
        assertThat(SvgPainter.paint(heatmap.layout())).hasSizeLessThan(100_000);
    }

    @Test
    void itHasNothingThatRunsOrIsFetched() throws Exception {
        ConvergenceMatrix matrix = Matrices.everyKind(10, 20);
        Heatmap heatmap = Heatmap.of(matrix, Matrices.words(10)).withAnalysis(Analyses.everything(matrix), ALL);
        Svg svg = Svg.of(heatmap);
        assertThat(svg.all("*")).extracting(Element::getTagName).containsOnly("title", "desc", "defs", "pattern", "rect", "g", "path",
                "text", "tspan");
        for (Element element : svg.all("*")) {
            NamedNodeMap attributes = element.getAttributes();
            for (int k = 0; k < attributes.getLength(); k++) {
                assertThat(attributes.item(k).getNodeName()).doesNotStartWith("on").doesNotContain("href").isNotEqualTo("style");
                if (attributes.item(k).getNodeValue().contains("url")) {
                    assertThat(attributes.item(k).getNodeValue()).isIn("url(#lc-masked)", "url(#lc-hatch)");
                }
            }
        }
        assertThat(svg.all("pattern")).extracting(p -> p.getAttribute("id")).containsExactly("lc-masked", "lc-hatch");
    }

    @Test
    void itIsNamedAndDescribed() throws Exception {
        Element root = Svg.of(published().withTitle("Seed <7> & \"others\"")).root();
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(root.getAttribute("aria-labelledby")).isEqualTo("lc-title lc-desc");
        Element title = (Element) root.getFirstChild();
        assertThat(title.getTagName()).isEqualTo("title");
        assertThat(title.getAttribute("id")).isEqualTo("lc-title");
        assertThat(title.getTextContent()).isEqualTo("Seed <7> & \"others\"");
        Element description = Svg.of(published()).all("desc").getFirst();
        assertThat(description.getAttribute("id")).isEqualTo("lc-desc");
        assertThat(description.getTextContent()).contains("29 tokens").contains("65 iterations")
                .contains("from 0.500 (dark) to 50.0 (light)");
        assertThat(Svg.of(published().withTitle("")).all("title").getFirst().getTextContent()).startsWith("Latent State Convergence");
    }

    @Test
    void textIsTextAndTokensAreInOrder() throws Exception {
        List<String> tokens = List.of("a", ".", ".", "<|end_turn|>", "a");
        Heatmap heatmap = Heatmap.of(Matrices.plain(Matrices.settling(5, 10)), tokens).withRange(0.1, 100);
        assertThat(Svg.of(heatmap).texts()).containsSequence(tokens)
                .contains("Latent State Convergence ‖s − s*‖", "Iterations at Test Time", "Log Distance", "10−1", "102");
        assertThat(Svg.of(heatmap).root().getAttribute("font-family")).endsWith(", sans-serif");
    }

    @Test
    void itIsWhereThePngIs() throws Exception {
        HeatmapLayout layout = published().layout();
        Svg svg = Svg.of(published());
        assertThat(svg.root().getAttribute("viewBox")).isEqualTo("0 0 " + layout.width() + " " + layout.height());
        assertThat(svg.root().getAttribute("width")).isEqualTo(Integer.toString(layout.width()));
        assertThat(svg.ofClass("cells").getFirst().getAttribute("transform"))
                .isEqualTo("translate(" + SvgWriter.number(layout.plot().x()) + " "
                        + SvgWriter.number(layout.plot().y()) + ") scale(" + (float) (layout.plot().width() / 65) + " "
                        + (float) (layout.plot().height() / 29) + ")");
    }

    @Test
    void hostileTokensAreTextAndNothingElse() throws Exception {
        List<String> tokens = List.of("<script>alert(1)</script>", "</text></svg>", "\"'&amp;&#0;", "]]>", "<!--", "\u0000\u0007\u001b[31m",
                "\ud800", "\udfff\ud800",
                "\ufffe\uffff", "\u202egnp.exe", "שלום", "مرحبا", "😀👩\u200d👧", "<![CDATA[", "<!DOCTYPE x>", "\n\r\t", "",
                "a".repeat(2000));
        Heatmap heatmap = Heatmap.of(Matrices.plain(Matrices.settling(tokens.size(), 10)), tokens)
                .withTitle("<script>\u0000\ud800</title>");
        Svg svg = Svg.of(heatmap);
        assertThat(svg.texts()).containsSequence(tokens.subList(0, 16).stream().map(t -> TokenText.of(t).characters()).toList());
        assertThat(svg.texts()).contains("<script>alert(1)</script>", "</text></svg>", "שלום", "😀👩\u200d👧",
                "<script>\\u0000\\ud800</title>");
        assertThat(svg.all("script")).isEmpty();
    }

    @Test
    void tokensEndBesideTheirRowWhateverTheirDirection() throws Exception {
        List<String> tokens = List.of("word", " שלום", "a שלום");
        Heatmap heatmap = Heatmap.of(Matrices.plain(Matrices.settling(3, 10)), tokens);
        List<Element> labels = Svg.of(heatmap).all("text").stream().filter(t -> t.getTextContent().matches("word|.*שלום")).toList();
        assertThat(labels).extracting(t -> t.getAttribute("direction")).containsExactly("", "rtl", "");
        assertThat(labels).extracting(t -> t.getAttribute("text-anchor")).containsExactly("end", "", "end");
        assertThat(labels).extracting(t -> t.getAttribute("x")).containsOnly(SvgWriter.number(heatmap.layout().plot().x() - 8));
    }

    @Test
    void noTextBreaksTheFile() throws Exception {
        var random = Seeds.random("hostile SVG");
        for (int run = 0; run < 20; run++) {
            List<String> tokens = IntStream.range(0, 20).mapToObj(i -> random.ints(random.nextInt(12), 0, 0x11000)
                    .mapToObj(c -> c > 0xffff ? Character.toString(0x10000 + random.nextInt(0x100000)) : String.valueOf((char) c))
                    .reduce("", String::concat)).toList();
            Svg svg = Svg.of(Heatmap.of(Matrices.plain(Matrices.settling(20, 10)), tokens).withTitle(tokens.get(0)));
            assertThat(svg.all("path")).as("%s", tokens).isNotEmpty();
        }
    }

    @Test
    void cellsWithoutALogDistanceAreDrawnApart() throws Exception {
        Heatmap heatmap = Heatmap.of(Matrices.everyKind(10, 20), Matrices.words(10));
        Svg svg = Svg.of(heatmap);
        int[][] colors = svg.colors("cells", 10, 20);
        assertThat(colors[1][1]).isEqualTo(CellKind.NAN.fill());
        assertThat(colors[2][2]).isEqualTo(CellKind.INFINITE.fill());
        assertThat(colors[3][3]).isEqualTo(CellKind.ZERO.fill());
        assertThat(colors[0][19]).isEqualTo(CellKind.SELF_REFERENCE.fill());
        assertThat(colors[4]).containsOnly(CellKind.MASKED.fill());
        // One hatched area for each of 20 cells, and one in the legend.
        assertThat(svg.all("path").stream().filter(p -> p.getAttribute("fill").equals("url(#lc-masked)"))
                .mapToLong(p -> p.getAttribute("d").chars().filter(c -> c == 'M').count()).sum())
                .isEqualTo(21);
        for (CellKind kind : List.of(CellKind.NAN, CellKind.INFINITE)) {
            assertThat(svg.all("path"))
                    .filteredOn(p -> p.getAttribute("stroke").equals(String.format("#%06x", kind.ink())) && !p.hasAttribute("stroke-width"))
                    .as("%s", kind)
                    .hasSize(2);
        }
    }

    @Test
    void theSameInputGivesTheSameBytes() {
        assertThat(SvgPainter.paint(published().layout())).isEqualTo(SvgPainter.paint(published().layout()));
    }

    @Test
    void aLongTraceIsDownsampledAsInThePng() throws Exception {
        double[][] distances = Matrices.settling(4096, 33);
        distances[1234][30] = 1000;
        Heatmap heatmap = Heatmap.of(Matrices.plain(distances), Matrices.words(4096));
        CellGrid grid = heatmap.layout().grid();
        int[][] colors = Svg.of(heatmap).colors("cells", grid.rows(), 33);
        assertThat(grid.binTokens()).isGreaterThan(1);
        assertThat(colors[1234 / grid.binTokens()][30]).isEqualTo(Viridis.entry(255));
    }
}
