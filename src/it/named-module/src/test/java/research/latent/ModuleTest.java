package research.latent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.plot.Heatmap;
import io.github.latentconvergence.plot.PrincipalComponents;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a module among modules. */
class ModuleTest {
    @TempDir
    Path folder;

    @Test
    void allAreNamedModules() {
        assertEquals("research.latent", Research.class.getModule().getName());
        assertEquals("io.github.latentconvergence", Convergence.class.getModule().getName());
        assertEquals("io.github.latentconvergence.plot", Heatmap.class.getModule().getName());
    }

    @Test
    void principalComponentsFindTheirLibrary() throws Exception {
        try (Trace trace = TraceFiles.open(Path.of(System.getProperty("trace")))) {
            PrincipalComponents components = PrincipalComponents.of(trace.states(), 17, 2);
            assertTrue(components.explained(0) > 0.5, components.toString());
        }
    }

    @Test
    void withTheModuleOfTheNativeLibraryItRunsInC() throws Exception {
        String out = java("--add-modules", "io.github.latentconvergence.natives");

        assertFalse(out.contains("no native library"), out);
        assertTrue(out.contains("distance "), out);
    }

    /** Nobody names the native library's module here; one automatic module, that of the figures' eigenvalues, brings all others. */
    @Test
    void withFiguresItRunsInCUnasked() throws Exception {
        String out = java();

        assertFalse(out.contains("no native library"), out);
        assertTrue(out.contains("distance "), out);
    }

    @Test
    void withoutThemTheLogSaysWhichModuleToResolve() throws Exception {
        Path source = Files.writeString(folder.resolve("Small.java"), """
                import io.github.latentconvergence.Convergence;
                import io.github.latentconvergence.tensor.*;

                class Small {
                    public static void main(String[] args) {
                        try (StateTensor states = StateTensor.allocate(DType.F32, Shape.of(3, 2, 4))) {
                            System.out.println("distance " + Convergence.convergenceMatrix(states).distance(0, 0));
                        }
                    }
                }
                """);
        List<String> program = List.of("--add-modules", "io.github.latentconvergence", source.toString());

        String without = java(path -> !path.contains("ejml-") && !path.contains("latent-convergence-plot"), program);
        assertTrue(without.contains("--add-modules io.github.latentconvergence.natives"), without);
        assertTrue(without.contains("distance 0.0"), without);
    }

    /** The program in a JVM of its own, everything on the module path. */
    private String java(String... options) throws Exception {
        List<String> program = new ArrayList<>(List.of(options));
        program.addAll(List.of("-m", "research.latent/research.latent.Research", System.getProperty("trace"), folder.resolve("h.png").toString()));
        return java(path -> true, program);
    }

    private String java(Predicate<String> wanted, List<String> program) throws Exception {
        String everything = Stream.of("jdk.module.path", "java.class.path", "surefire.test.class.path").map(name -> System.getProperty(name, ""))
                .flatMap(paths -> Arrays.stream(paths.split(File.pathSeparator)))
                .filter(path -> path.contains("latent-convergence") || path.contains("ejml-")
                        || path.endsWith("classes") && !path.endsWith("test-classes"))
                .filter(wanted).distinct().collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true",
                "--enable-native-access=io.github.latentconvergence", "--illegal-native-access=deny", "-p", everything));
        command.addAll(program);
        Path said = folder.resolve("said");
        int code = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start().waitFor();
        String out = Files.readString(said);
        assertEquals(0, code, out);
        return out;
    }
}
