package io.github.latentconvergence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on a device: the kernels under emulation, behind the stand-in for the CUDA driver. */
class CudaIT {
    private static final Path STAND_IN = Packaged.ROOM.resolveSibling("../native/target/standin").normalize();

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void standInIsThere() {
        boolean there = Files.exists(STAND_IN.resolve("lib/libcuda.so.1"));
        assertThat(there || !"true".equals(System.getenv("CI"))).as("the stand-in for the CUDA driver in " + STAND_IN).isTrue();
        assumeTrue(there,
                "the stand-in for the CUDA driver is not in " + STAND_IN + " (it needs a C++ compiler): --backend cuda was not tried");
    }

    private Packaged run(boolean withDriver, Object... arguments) throws Exception {
        Object[] command = {Path.of(System.getProperty("java.home"), "bin", "java"), "--enable-native-access=ALL-UNNAMED", "-cp",
            Packaged.JAR + File.pathSeparator + STAND_IN.resolve("image"), "io.github.latentconvergence.cli.Main"};
        List<Object> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        return Packaged.run(folder, withDriver ? Map.of("LD_LIBRARY_PATH", STAND_IN.resolve("lib").toString()) : Map.of(), all.toArray());
    }

    @Test
    void theMatrixIsTheSameToTheLastByte() throws Exception {
        for (List<String> options : List.of(List.<String>of(), List.of("--metric", "cosine", "--normalize", "rmsnorm"),
                List.of("--metric", "linf", "--reference", "tail-mean:0.3"), List.of("--reference", "previous"))) {
            Path onDevice = folder.resolve("cuda.csv");
            Path onCpu = folder.resolve("cpu.csv");
            Packaged run = run(true, with(options, "matrix", Packaged.TRACE, "--backend", "cuda", "--verbose", "-o", onDevice));
            assertThat(run.err()).contains("with cuda/0:");
            assertThat(run.code()).isZero();
            assertThat(run(true, with(options, "matrix", Packaged.TRACE, "--backend", "cpu", "-o", onCpu)))
                    .isEqualTo(new Packaged(0, "", ""));
            assertThat(onDevice).hasSameBinaryContentAs(onCpu);
        }
    }

    private static Object[] with(List<String> options, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(options);
        return all.toArray();
    }

    @Test
    void theDoctorListsTheDeviceAndWhatItIsWorth() throws Exception {
        Packaged run = run(true, "doctor");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("CUDA +0: stand-in 0 \\(sm_90, 256 MiB, 4 multiprocessors\\)")
                .containsPattern("CUDA device 0 +\\d+\\.\\d GB/s over the link, \\d+\\.\\d GB/s of its own memory");
    }

    @Test
    void withoutADriverItSaysSoInOneLine() throws Exception {
        Packaged run = run(false, "matrix", Packaged.TRACE, "--backend", "cuda", "-o", folder.resolve("m.csv"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("latent-convergence: backend cuda is not available: no CUDA d").hasLineCount(1);
        assertThat(folder.resolve("m.csv")).doesNotExist();
    }
}
