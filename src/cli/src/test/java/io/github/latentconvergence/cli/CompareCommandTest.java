package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Two traces compared, from end to end; the verdicts are tested in the library. */
class CompareCommandTest {
    private static final int ITERATIONS = 12;
    private static final int TOKENS = 3;
    private static final int HIDDEN = 4;

    @TempDir
    Path folder = Path.of("");

    private Path a = Path.of("");
    private Path b = Path.of("");

    /** Token i is (i + 1) / 2^t in each component of a, and three times that in b. */
    @BeforeEach
    void writeTraces() throws IOException {
        a = TraceFixture.states(ITERATIONS, TOKENS, HIDDEN).tokens("x", "y", "z").write(folder.resolve("a.safetensors"));
        b = new TraceFixture().f32("states", List.of(ITERATIONS, TOKENS, HIDDEN),
                e -> 3 * (1 + e / HIDDEN % TOKENS) * StrictMath.scalb(1.0, -(e / (HIDDEN * TOKENS)))).tokens("x", "y", "z")
                .write(folder.resolve("b.safetensors"));
    }

    private static double expected(int token, int t) {
        return 2 * (token + 1) * StrictMath.scalb(1.0, -t) * StrictMath.sqrt(HIDDEN);
    }

    @Test
    void matrixIsTheDistanceBetweenTheTwo() throws IOException {
        Path csv = folder.resolve("d.csv");

        Run run = Run.of("compare", a, b, "-o", csv).succeeds();

        List<List<String>> rows = Csv.parse(Files.readString(csv));
        assertThat(rows).hasSize(1 + TOKENS * ITERATIONS);
        for (List<String> row : rows.subList(1, rows.size())) {
            assertThat(Double.parseDouble(row.get(3)))
                    .isCloseTo(expected(Integer.parseInt(row.get(0)), Integer.parseInt(row.get(2))), within(1e-12));
        }
        assertThat(run.words()).contains("a: " + a + ":", "b: " + b + ":", "l2 from a to b");
        assertThat(run.out()).containsPattern("(?m)^ *0 +\"x\" ");
    }

    @Test
    void jsonHasMatrixAndPaths() {
        JsonNode json = new ObjectMapper().readTree(Run.of("compare", a, b, "-o", "-", "--format", "json").succeeds().out());

        assertThat(json.get("schema").asString()).isEqualTo("latent-convergence/compare/1");
        assertThat(json.get("a").asString()).isEqualTo(a.toString());
        assertThat(json.get("tokens").values()).extracting(JsonNode::asString).containsExactly("x", "y", "z");
        assertThat(json.get("distance").get(2).get(1).asDouble()).isCloseTo(expected(2, 1), within(1e-12));
        assertThat(json.get("paths").values()).extracting(p -> p.get("index").asInt()).containsExactly(0, 1, 2);
    }

    @Test
    void everyFormatIsWritten() throws IOException {
        for (String name : List.of("d.csv", "d.npy", "d.json")) {
            Run.of("compare", a, b, "-o", folder.resolve(name)).succeeds();
            byte[] file = Files.readAllBytes(folder.resolve(name));
            String format = name.substring(2);

            assertThat(Run.of("compare", a, b, "-o", "-", "--format", format).succeeds().bytes()).isEqualTo(file);
        }
    }

    @Test
    void figuresShowBothRunsAndTheirRatio() throws IOException {
        Path png = folder.resolve("both.png");
        Run run = Run.of("compare", a, b, "-o", png, "--names", "one, two", "--scale", 2).succeeds();
        BufferedImage image = ImageIO.read(png.toFile());
        Path half = folder.resolve("half.png");
        Run.of("compare", a, b, "-o", half, "--names", "one,two", "--width", 1000, "--range", "1e-3,10", "--colors", "gray", "--title", "")
                .succeeds();
        Path svg = folder.resolve("both.svg");
        Run.of("compare", a, b, "-o", svg).succeeds();

        assertThat(run.words()).contains("a: " + a + ":", "l2 from a to b");
        assertThat(image.getWidth()).isGreaterThan(2000);
        assertThat(ImageIO.read(half.toFile()).getWidth()).isEqualTo(1000);
        // Token i of b is three times as far as that of a, wherever there is a ratio.
        assertThat(Files.readString(svg)).contains(">a</text>", ">b</text>", ">b / a</text>", "x", "no ratio: self-reference (3)",
                "from 0.333 (orange) over 1 (near white) to 3.00 (purple)");
    }

    @Test
    void eachRunIsMeasuredToItsOwnReference() throws IOException {
        Path own = withReference("own.safetensors", 100);
        Path other = withReference("other.safetensors", 50);
        Path svg = folder.resolve("both.svg");
        Run.of("compare", own, other, "-o", svg, "--reference", "external").succeeds();
        // Components are 0 to 3, so that four of them are 2 (50 - 3) to 2 * 100 away.
        assertThat(Files.readString(svg)).contains("from 90.0 (dark) to 200 (light)").doesNotContain("self-reference", "no ratio");
        Run.of("compare", own, a, "-o", svg, "--reference", "external").fails(Cli.FAILED, a.toString(), "has no tensor 'reference'");
    }

    private Path withReference(String name, double component) throws IOException {
        return TraceFixture.states(ITERATIONS, TOKENS, HIDDEN).f32("reference", List.of(TOKENS, HIDDEN), e -> component)
                .tokens("x", "y", "z").write(folder.resolve(name));
    }

    @Test
    void aPageHoldsTheFigureAndTheConclusion() throws IOException {
        Path html = folder.resolve("both.html");
        Run.of("compare", a, b, "-o", html, "--title", "Two runs", "--reference", "tail-mean").succeeds();

        assertThat(Files.readString(html)).contains("<h1>Two runs</h1>", "Content-Security-Policy", "l2 to tail-mean:0.25",
                "<bdi>x</bdi>", "nothing can be said");
    }

    @Test
    void tokensAreNamedByTheTraceThatHasTheirTexts() throws IOException {
        Path bare = TraceFixture.states(ITERATIONS, TOKENS, HIDDEN).write(folder.resolve("bare.safetensors"));
        Path svg = folder.resolve("both.svg");
        for (Path[] pair : new Path[][] {{a, bare}, {bare, a}}) {
            Run.of("compare", pair[0], pair[1], "-o", svg).succeeds();
            assertThat(Files.readString(svg)).contains(">x</text>", ">y</text>", ">z</text>");
        }
    }

    @Test
    void runsOfOtherLengthsAreDrawnToTheLonger() throws IOException {
        Path longer = TraceFixture.states(ITERATIONS + 8, TOKENS, HIDDEN).tokens("x", "y", "z").write(folder.resolve("long.safetensors"));
        Path svg = folder.resolve("both.svg");
        Run.of("compare", a, longer, "-o", svg).succeeds();
        assertThat(Files.readString(svg)).contains("a has 12 iterations");
    }

    @Test
    void tracesOfOtherTokensNameBothFiles() throws IOException {
        Path other = TraceFixture.states(ITERATIONS, TOKENS + 1, HIDDEN).write(folder.resolve("other.safetensors"));

        Run.of("compare", a, other, "-o", folder.resolve("d.csv")).fails(Cli.FAILED, a.toString(), other.toString());
        assertThat(folder.resolve("d.csv")).doesNotExist();
        Run.of("compare", a, other, "-o", folder.resolve("d.png")).fails(Cli.FAILED, a.toString(), other.toString());
        assertThat(folder.resolve("d.png")).doesNotExist();
    }

    @Test
    void sequencesAreChosenWhereThereAreSeveral() throws IOException {
        Path batched = new TraceFixture().f32("states", List.of(ITERATIONS, 2, TOKENS, HIDDEN), e -> e % 7)
                .write(folder.resolve("batch.safetensors"));

        Run.of("compare", a, batched, "-o", folder.resolve("d.csv")).fails(Cli.FAILED, batched.toString(), "--batch");
        Run.of("compare", a, b, "--batch", 0, "-o", folder.resolve("d.csv")).fails(Cli.FAILED, a.toString(), "no batch axis");
        Run.of("compare", a, batched, "--batch", 1, "-o", folder.resolve("d.csv")).succeeds();
        Run.of("compare", batched, a, "--batch", 1, "-o", folder.resolve("d.csv")).succeeds();
    }

    @Test
    void neitherTraceIsWrittenOnto() {
        Run.of("compare", a, b, "-o", a, "--format", "csv").fails(Cli.FAILED, "is read as input");
        Run.of("compare", a, b, "-o", b, "--format", "csv").fails(Cli.FAILED, "is read as input");
        Run.of("compare", a, b, "-o", folder.resolve("no/such.png")).fails(Cli.FAILED, "does not exist");
    }
}
