package research.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.latentconvergence.BackendReport;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Band;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program gives, through the artifacts as they are installed. */
class ResearchTest {
    private static final Path TRACE = Path.of(System.getProperty("trace"));

    @TempDir
    Path folder;

    @Test
    void tracesAreMeasuredAndDrawn() throws Exception {
        Path figure = folder.resolve("heatmap.png");

        List<ConvergenceMatrix> all = Research.measured(TRACE, figure);

        for (ConvergenceMatrix m : all) {
            assertEquals(29, m.tokens());
            assertEquals(65, m.iterations());
        }
        ConvergenceMatrix last = all.get(0);
        assertTrue(last.isSelfReference(17, 64));
        assertEquals(0, last.distance(17, 64));
        assertEquals(Math.log10(last.distance(17, 10)), last.logDistance(17, 10), 1e-12);
        assertTrue(last.distance(17, 30) > 4 * last.distance(5, 30), "the trace was made with 'really' (row 17) slow");
        ConvergenceMatrix cos = all.get(1);
        assertTrue(cos.distance(5, 60) < cos.distance(5, 0) && cos.distance(5, 60) > 0);
        for (int i = 0; i < 29; i++) {
            assertArrayEquals(last.distances(i), all.get(2).distances(i), "no mask in the file: the same bits");
            assertArrayEquals(last.distances(i), all.get(3).distances(i), "several at once: the same bits");
            assertTrue(Double.isNaN(all.get(4).distance(i, 0)), "nothing precedes the first state");
            assertTrue(all.get(5).distance(i, 0) > 0);
        }
        BufferedImage image = ImageIO.read(figure.toFile());
        assertNotNull(image);
        assertTrue(image.getWidth() > 300 && image.getHeight() > 200);
    }

    @Test
    void slowTokensAreNamed() throws Exception {
        List<Band> slow = Research.analysed(TRACE).slowBands();

        assertEquals(1, slow.size());
        assertEquals(List.of(" really", " wrong"), slow.getFirst().texts());
    }

    @Test
    void statesFilledByHandGiveWhatArithmeticGives() {
        for (ConvergenceMatrix m : Research.filledByHand()) {
            for (int t = 0; t < 6; t++) {
                // 16 components, each off by 2^-t - 2^-5.
                assertEquals(4 * (Math.pow(2, -t) - Math.pow(2, -5)), m.distance(1, t), 1e-12);
            }
        }
    }

    @Test
    void nativeLibraryIsFound() {
        assertTrue(BackendReport.current().chosen().startsWith("cpu/"), () -> BackendReport.current().toString());
    }
}
