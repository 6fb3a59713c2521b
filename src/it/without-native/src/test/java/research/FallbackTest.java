package research;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.latentconvergence.Backend;
import io.github.latentconvergence.BackendReport;
import io.github.latentconvergence.BackendUnavailableException;
import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.plot.Heatmap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without latent-convergence-native everything works, in Java, and the log says so once. */
class FallbackTest {
    @TempDir
    Path folder;

    @Test
    void javaKernelsTakeOverAndTheLogSaysWhyOnce() throws Exception {
        List<String> lines = new ArrayList<>();
        Logger logger = Logger.getLogger("io.github.latentconvergence");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        Path figure = folder.resolve("heatmap.png");
        try (Trace trace = TraceFiles.open(Path.of(System.getProperty("trace")))) {
            ConvergenceMatrix m = Convergence.convergenceMatrix(trace.states());
            ConvergenceMatrix again = Convergence.convergenceMatrix(trace, ConvergenceOptions.defaults());
            Heatmap.of(m, trace.tokens()).write(figure);

            assertTrue(m.computedBy().startsWith("java"), m.computedBy());
            assertTrue(m.distance(17, 30) > 4 * m.distance(5, 30), "the trace was made with 'really' (row 17) slow");
            assertEquals(m.distance(3, 3), again.distance(3, 3));
            BackendUnavailableException refused = assertThrows(BackendUnavailableException.class,
                    () -> Convergence.convergenceMatrix(trace, ConvergenceOptions.defaults().withBackend(Backend.CPU)));
            assertTrue(refused.getMessage().contains("latent-convergence-native"), refused.getMessage());
        } finally {
            logger.removeHandler(handler);
        }

        assertTrue(Files.size(figure) > 1000);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.getFirst().contains("latent-convergence-native"), lines::toString);
        assertTrue(BackendReport.current().library().contains("latent-convergence-native"), BackendReport.current()::library);
    }
}
