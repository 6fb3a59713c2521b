package io.github.latentconvergence.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.bench.results.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("latentconvergence.root"));
    private static final Path BASELINE = ROOT.resolve("bench/results/baseline.json");

    /** What is measured is not edited by hand. */
    @Test
    void whatReadmeSaysIsMeasuredIsWhatTheBaselineSays() throws Exception {
        assertThat(BASELINE)
                .as("the run whose table README.md has; made by `java -jar bench/target/benchmarks.jar report -o FOLDER`, as results.json")
                .exists();
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertThat(readme)
                .as("README.md; `java -jar bench/target/benchmarks.jar table bench/results/baseline.json --in README.md` writes it anew")
                .isEqualTo(Block.replaced("README.md", readme, Markdown.of(Runs.read(BASELINE))));
    }
}
