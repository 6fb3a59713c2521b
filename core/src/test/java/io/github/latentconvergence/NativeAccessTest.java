package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.internal.ffm.NativeLibraryException;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no native library to be had, the Java kernels take over and say so once; where there is a wrong one, nothing takes over. Each in a JVM of its own. */
class NativeAccessTest {
    private static final String GRANT = "--enable-native-access=ALL-UNNAMED";
    private static final String DENY = "--illegal-native-access=deny";

    @TempDir
    Path folder;

    private Path temporary = Path.of("");

    @BeforeEach
    void makeTemporaryFolder() throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    private ChildJvm.Outcome run(ChildJvm jvm) throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = jvm.run(Program.class);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return outcome;
    }

    private ChildJvm jvm() {
        return new ChildJvm(folder).with("-Djava.io.tmpdir=" + temporary);
    }

    @Test
    void withEverythingThereTheCpuKernelsComputeAndNothingIsLeftBehind() throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = run(jvm().with(GRANT, DENY));
        assertThat(outcome.output()).contains("auto: cpu/", "5.0 in a large tensor", "cpu: cpu/").doesNotContain("using the Java kernels")
                .doesNotContain("WARNING");
        assertThat(temporary).as("the unpacked library is gone").isEmptyDirectory();
    }

    @Test
    void withoutNativeAccessTheJavaKernelsTakeOver() throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = run(jvm().with(DENY));
        assertJava(outcome, "native access is not granted: start Java with --enable-native-access=ALL-UNNAMED",
                "root cause java.lang.IllegalCallerException");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void withoutTheNativeJarTheJavaKernelsTakeOver() throws IOException, InterruptedException {
        assertJava(run(jvm().with(GRANT).withoutNatives()), "add the artifact latent-convergence-native",
                "root cause io.github.latentconvergence.internal.ffm.NativeLibrary$UnavailableException");
    }

    @Test
    void whereNothingCanBeUnpackedTheJavaKernelsTakeOver() throws IOException, InterruptedException {
        Files.delete(temporary);
        assertJava(run(jvm().with(GRANT)), "cannot be unpacked to the temporary folder " + temporary,
                "root cause java.nio.file.NoSuchFileException");
    }

    private static void assertJava(ChildJvm.Outcome outcome, String why, String cause) {
        assertThat(outcome.output()).contains("auto: java", "5.0 in a large tensor");
        assertThat(outcome.lines("INFO")).as("one line:%n%s", outcome.output()).isOne();
        assertThat(outcome.output()).containsPattern("using the Java kernels: .*" + Pattern.quote(why));
        assertThat(outcome.output())
                .contains("cpu: io.github.latentconvergence.BackendUnavailableException: backend cpu is not available: ");
        assertThat(outcome.output().lines().filter(line -> line.startsWith("cpu: "))).singleElement().asString().contains(why)
                .contains(cause);
        assertThat(outcome.output().lines().filter(line -> line.startsWith("report: "))).singleElement().asString()
                .contains("chosen=java", "reason=", why, "tiers=[]", "library=none: ");
    }

    @Test
    void aDamagedLibraryIsAnErrorEachTimeAndNothingTakesOver() throws IOException, InterruptedException {
        Path classes = folder.resolve("damaged");
        String name = "META-INF/native/" + platform() + "/" + System.mapLibraryName("latent_convergence");
        Files.createDirectories(classes.resolve(name).getParent());
        Files.writeString(classes.resolve(name), "damaged");
        Files.writeString(classes.resolve(name + ".sha256"), "0".repeat(64));
        ChildJvm.Outcome outcome = run(jvm().with(GRANT).withFirst(classes));
        for (String use : new String[] {"auto", "auto again", "cpu", "report"}) {
            assertThat(outcome.output().lines().filter(line -> line.startsWith(use + ": "))).singleElement().asString()
                    .startsWith(use + ": " + NativeLibraryException.class.getName() + ": the native library " + name + " is damaged");
        }
        assertThat(outcome.output()).contains("java: java").doesNotContain("using the Java kernels");
    }

    /** Where the build has put it. */
    private static String platform() throws IOException {
        try (Stream<Path> folders = Files
                .list(Path.of(System.getProperty("latentconvergence.root"), "native/target/classes/META-INF/native"))) {
            return folders.findFirst().orElseThrow().getFileName().toString();
        }
    }

    /** Measures in every way there is, and says what came of it. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            say("auto", () -> measure(ConvergenceOptions.defaults()));
            say("auto again", () -> measure(ConvergenceOptions.defaults()));
            say("cpu", () -> measure(ConvergenceOptions.defaults().withBackend(Backend.CPU)));
            say("java", () -> measure(ConvergenceOptions.defaults().withBackend(Backend.JAVA)));
            say("report", BackendReport::current);
        }

        private static void say(String use, Supplier<Object> what) {
            try {
                System.out.println(use + ": " + what.get());
            } catch (RuntimeException | Error thrown) {
                Throwable root = thrown;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                System.out.println(use + ": " + thrown + ", root cause " + root);
            }
        }

        private static String measure(ConvergenceOptions options) {
            try (StateTensor large = StateTensor.allocate(DType.F32, Shape.of(2, 1, 2 << 20))) {
                large.row(0, 0).setAtIndex(ValueLayout.JAVA_FLOAT, 1, 3);
                large.row(0, 0).setAtIndex(ValueLayout.JAVA_FLOAT, (2 << 20) - 1, 4);
                ConvergenceMatrix matrix = Convergence.convergenceMatrix(large, options);
                return matrix.computedBy() + ", " + matrix.distance(0, 0) + " in a large tensor";
            }
        }
    }
}
