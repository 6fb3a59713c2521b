package io.github.latentconvergence.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed for a device: here the stand-in for one, whose times mean nothing. */
class CudaShareTest {
    private static final Path STAND_IN = Path.of(System.getProperty("latentconvergence.root"), "native/target/standin");

    @TempDir
    private Path folder;

    private String run(String libraries) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + STAND_IN.resolve("image"),
                "io.github.latentconvergence.bench.Main",
                "cuda", "5", "4", "64", "2")).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("LD_LIBRARY_PATH", libraries);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(out);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    @Test
    void aDeviceIsMeasuredForEveryType() throws IOException, InterruptedException {
        boolean there = Files.exists(STAND_IN.resolve("lib/libcuda.so.1"));
        assertThat(there || !"true".equals(System.getenv("CI"))).as("the stand-in for the CUDA driver in " + STAND_IN).isTrue();
        assumeTrue(there, "the stand-in for the CUDA driver is not in " + STAND_IN + " (it needs a C++ compiler): the table was not tried");
        assertThat(run(STAND_IN.resolve("lib").toString())).contains("0: stand-in 0 (sm_90")
                .containsPattern("(?m)^bf16 +\\d").containsPattern("(?m)^f16 +\\d").containsPattern("(?m)^f32 +\\d")
                .containsPattern("(?m)^f64 +\\d");
    }

    @Test
    void withoutADeviceItSaysSo() throws IOException, InterruptedException {
        String text = run("");
        assumeTrue(!text.startsWith("0: "), "there is a device here");
        assertThat(text).startsWith("nothing was measured on a GPU: no CUDA d").hasLineCount(1);
    }
}
