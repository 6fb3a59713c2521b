package io.github.latentconvergence.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.latentconvergence.bench.results.Environment;
import io.github.latentconvergence.bench.results.Result;
import io.github.latentconvergence.bench.results.Run;
import io.github.latentconvergence.bench.results.Runs;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PageTest {
    private static final List<String> SECTIONS = List.of("share", "metrics", "peers", "scaling", "one-pass", "tiers", "rest");

    @TempDir
    Path folder;

    @Test
    void everySectionOfAWholeRunIsDrawn() throws Exception {
        Element page = parsed(SyntheticRuns.whole(1));
        for (String section : SECTIONS) {
            assertThat(elements(section(page, section), "svg")).as(section).isNotEmpty();
        }
        assertThat(section(page, "words").getTextContent()).contains("EndToEnd.matrix", "Lucene VectorUtil", "OnePass",
                "times as long as one metric alone (EndToEnd.matrix)", "nothing was measured",
                "the fastest tier (avx512)", "Noise:");
        assertThat(section(page, "environment").getTextContent()).contains("Synthetic Processor 9000", "synthcc 1.0", "0123456789abcdef");
        assertThat(elements(section(page, "all"), "tr")).hasSize(1 + SyntheticRuns.whole(1).results().size());
    }

    /** One bar, checked from the samples to the pixels. */
    @Test
    void barsAreAsLongAsTheirMedians() throws Exception {
        List<Result> results = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            // 1000 bytes in 100 ns are 10 GB/s: half and a quarter of the plain reads.
            double roofline = threads * 20e9;
            List<Result.Sample> samples = List.of(new Result.Sample(100, roofline), new Result.Sample(100, roofline),
                    new Result.Sample(400, roofline));
            results.add(new Result("Some.thing", Map.of("dtype", "f32", "threads", String.valueOf(threads)), 1000, samples, null));
        }
        Element share = section(parsed(new Run(SyntheticRuns.environment(), results)), "share");
        List<Element> bars = elements(share, "rect").stream().filter(rect -> rect.getAttribute("class").matches("c\\d")).toList();
        assertThat(bars).hasSize(2);
        assertThat(width(bars.get(0)) / width(bars.get(1))).isBetween(1.98, 2.02);
        assertThat(share.getTextContent()).contains("0.50", "0.25", "1 thread", "2 threads").contains("3 samples").contains("0.06 to 0.25");
    }

    @Test
    void sectionsWithoutDataSaySo() throws Exception {
        Element page = parsed(SyntheticRuns.many(1, 0.01, 1, 1));
        for (String section : SECTIONS.subList(0, 6)) {
            assertThat(elements(section(page, section), "svg")).as(section).isEmpty();
            assertThat(section(page, section).getTextContent()).as(section).contains("This run has no");
        }
        assertThat(elements(section(page, "rest"), "svg")).isNotEmpty();
    }

    @Test
    void emptyRunsAndEmptyResultsArePages() throws Exception {
        Environment environment = SyntheticRuns.environment();
        assertThat(section(parsed(new Run(environment, List.of())), "words").getTextContent()).contains("nothing to say");
        Result none = new Result("Failed.early", Map.of("dtype", "f32", "threads", "1"), 8, List.of(), null);
        assertThat(section(parsed(new Run(environment, List.of(none))), "all").getTextContent()).contains("Failed.early");
    }

    /** Any part of a run draws, and so does every single result. */
    @Test
    void partialRunsArePages() {
        Run whole = SyntheticRuns.whole(2);
        int n = whole.results().size();
        for (int i = 0; i < n; i++) {
            Run one = new Run(whole.environment(), whole.results().subList(i, i + 1));
            Run upTo = new Run(whole.environment(), whole.results().subList(0, i));
            assertThatCode(() -> parsed(one)).as("result %d", i).doesNotThrowAnyException();
            assertThatCode(() -> parsed(upTo)).as("%d results", i).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='x", "]]><!--", "&lt;&amp;",
        "</style><b>", "\0\u0001\ud800\uffff\u007f"})
    void hostileStringsStayText(String hostile) throws Exception {
        Element page = parsed(named(hostile));
        String shown = hostile.replaceAll("[\0\u0001\ud800\uffff\u007f]", "\ufffd");
        assertThat(page.getTextContent()).contains(shown);
        for (String forbidden : List.of("script", "img", "b", "iframe", "object", "link", "base", "form")) {
            assertThat(elements(page, forbidden)).as(forbidden).isEmpty();
        }
        for (Element element : elements(page, "*")) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                assertThat(element.getAttributes().item(i).getNodeName()).as(element.getTagName()).doesNotStartWith("on").isNotIn("src",
                        "style", "srcdoc");
            }
        }
    }

    @Test
    void nothingIsLoaded() throws Exception {
        String html = Document.of(SyntheticRuns.whole(1));
        assertThat(html).doesNotContain("://", "@import", "url(");
        assertThat(elements(parsed(SyntheticRuns.whole(1)), "a")).isNotEmpty().allMatch(a -> a.getAttribute("href").startsWith("#"));
    }

    /** A browser ignores the style sheet if the digest is not that of its very bytes. */
    @Test
    void thePolicyAdmitsOnlyTheStyleSheet() throws Exception {
        String html = Document.of(SyntheticRuns.whole(1));
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(html);
        assertThat(style.find()).isTrue();
        String digest = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8)));
        List<Element> policies = elements(parsed(SyntheticRuns.whole(1)), "meta").stream()
                .filter(m -> m.getAttribute("http-equiv").equals("Content-Security-Policy")).toList();
        assertThat(policies).singleElement()
                .satisfies(m -> assertThat(m.getAttribute("content"))
                        .isEqualTo("default-src 'none'; style-src 'sha256-" + digest + "'; base-uri 'none'; form-action 'none'"));
    }

    /** Labels end before the bars begin and values begin after the axis ends, as far as a generous width of letters tells; nothing is drawn outside. */
    @Test
    void nothingOverlapsInBars() throws Exception {
        for (Element svg : elements(parsed(SyntheticRuns.whole(1)), "svg")) {
            double width = Double.parseDouble(svg.getAttribute("width"));
            double firstBar = elements(svg, "rect").stream().filter(r -> r.getAttribute("class").matches("c\\d"))
                    .mapToDouble(r -> number(r, "x")).min().orElse(0);
            double lastBar = elements(svg, "rect").stream().filter(r -> r.getAttribute("class").matches("c\\d"))
                    .mapToDouble(r -> number(r, "x") + width(r)).max().orElse(0);
            for (Element text : elements(svg, "text")) {
                double length = text.getTextContent().length() * 6.2;
                double x = number(text, "x");
                switch (text.getAttribute("class")) {
                    case "group" -> assertThat(x - length).as(text.getTextContent()).isNotNegative();
                    case "label" -> assertThat(x).as(text.getTextContent()).isLessThan(firstBar);
                    case "value" -> assertThat(x - length).as(text.getTextContent()).isGreaterThan(lastBar);
                    default -> assertThat(x).as(text.getTextContent()).isBetween(0.0, width);
                }
            }
        }
    }

    @Test
    void axesEndInRoundNumbersThatReach() {
        for (double most = 0.001; most < 1e6; most *= 1.37) {
            Axis axis = Axis.upTo(most, 6);
            assertThat(axis.end()).isGreaterThanOrEqualTo(most * (1 - 1e-8));
            assertThat(axis.ticks()).hasSizeBetween(3, 8).startsWith(0.0);
            assertThat(String.format("%.0e", axis.step())).matches("[125]e.*");
        }
    }

    @Test
    void theCommandWritesTheWholePage() throws IOException {
        Path json = folder.resolve("results.json");
        Path html = folder.resolve("report.html");
        Runs.write(SyntheticRuns.whole(1), json);
        Ran ran = Ran.of(Page::run, List.of(json.toString(), "-o", html.toString()));
        assertThat(ran).isEqualTo(new Ran(0, "wrote " + html + System.lineSeparator(), ""));
        assertThat(html).hasContent(Document.of(SyntheticRuns.whole(1)));
    }

    @Test
    void failuresAreSaidInALine() throws IOException {
        Path json = Files.writeString(folder.resolve("broken.json"), "{\"schema\": 7}");
        Path html = folder.resolve("report.html");
        Ran broken = Ran.of(Page::run, List.of(json.toString(), "-o", html.toString()));
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.err()).hasLineCount(1).startsWith(json + ": found schema 7, expected");
        assertThat(html).doesNotExist();
        Runs.write(SyntheticRuns.whole(1), json);
        Ran nowhere = Ran.of(Page::run, List.of(json.toString(), "-o", folder.resolve("absent/report.html").toString()));
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(nowhere.err()).hasLineCount(1).contains("there is no folder");
        assertThat(Ran.of(Page::run, List.of(json.toString())).exit()).isEqualTo(2);
        assertThat(Ran.of(Page::run, List.of("-o", html.toString())).exit()).isEqualTo(2);
        assertThat(Ran.of(Page::run, List.of("--help")).out()).startsWith("usage: page");
    }

    /** A run in which everything that is a string is the given one. */
    private static Run named(String name) {
        Environment e = new Environment(name, true, name, name, name, List.of(name), name, 1, List.of(name, "L2 1024 KiB"), 1, name, name,
                name, List.of(name), name, List.of(name));
        List<Result> results = new ArrayList<>();
        for (String benchmark : List.of("Some." + name, "OnePass." + name)) {
            for (String param : List.of("dtype", "threads", "tier", "library", "metric", "size")) {
                IntStream.range(0, 5).forEach(i -> {
                    Map<String, String> params = new LinkedHashMap<>(Map.of("dtype", "d" + name, "threads", "t" + name, "n" + name, "v"));
                    params.put(param, i + name);
                    params.put("of", param);
                    results.add(new Result(benchmark, params, 1000L << i, List.of(new Result.Sample(10, 1e9), new Result.Sample(11, 1e9)),
                            null));
                });
            }
        }
        return new Run(e, results);
    }

    private static Element parsed(Run run) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(Document.of(run)))).getDocumentElement();
    }

    private static Element section(Element page, String id) {
        return elements(page, "section").stream().filter(s -> s.getAttribute("id").equals(id)).findFirst().orElseThrow();
    }

    private static List<Element> elements(Element of, String tag) {
        NodeList found = of.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    private static double width(Element rect) {
        return number(rect, "width");
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
