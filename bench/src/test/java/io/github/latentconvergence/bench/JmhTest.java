package io.github.latentconvergence.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;

class JmhTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Jmh jmh = new Jmh(new PrintStream(out, true, StandardCharsets.UTF_8));

    /** In JVMs of their own, as every suite runs. */
    @Test
    void aBenchmarkThatFailsIsNamedAndTheOthersRun() throws RunnerException {
        Map<String, List<String>> params = Map.of("tier", List.of("nosuch", "java"), "dtype", List.of("bf16"), "metric", List.of("l2"),
                "where",
                List.of("L2"));
        jmh.run(new Suite(List.of(new Suite.Part("KernelInCache", params, OptionalInt.of(1)))));
        assertThat(jmh.failed()).containsExactly("KernelInCache.tiles dtype=bf16 metric=l2 tier=nosuch where=L2");
        assertThat(jmh.results()).hasSize(1).allSatisfy(result -> {
            assertThat(result.params()).containsEntry("tier", "java");
            assertThat(result.samples()).hasSize(1).allSatisfy(sample -> assertThat(sample.rooflineBytesPerSecond()).isNull());
        });
        assertThat(jmh.jvmFlags()).contains("--enable-native-access=ALL-UNNAMED");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("tier nosuch cannot run here: expected one of java, ");
    }

    @Test
    void thisMachineFillsInWhatIsNotGiven() throws CommandLineOptionException {
        Options options = Jmh.withMachine(new CommandLineOptions("EndToEnd", "-p", "threads=7"));
        assertThat(options.getParameter("threads").get()).containsExactly("7");
        assertThat(options.getParameter("tier").get()).containsExactly(Machine.bestTier());
        assertThat(Jmh.withMachine(new CommandLineOptions()).getParameter("threads").get())
                .containsExactlyElementsOf(Suite.threads(Machine.processors()));
    }
}
