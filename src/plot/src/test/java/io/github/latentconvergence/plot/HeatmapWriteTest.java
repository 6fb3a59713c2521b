package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeatmapWriteTest {
    @TempDir
    Path folder;

    private static Heatmap heatmap() {
        return Heatmap.of(Matrices.everyKind(10, 20), Matrices.words(10));
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heatmap.png", "HEATMAP.PNG", "a.b.png"})
    void writesAPng(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "what was there before");
        heatmap().write(file);
        var image = ImageIO.read(file.toFile());
        var expected = heatmap().toImage();
        assertThat(image.getWidth()).isEqualTo(expected.getWidth());
        assertThat(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .isEqualTo(expected.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
        assertThat(files()).containsExactly(file);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2, 3.125})
    void aPngSaysHowLargeItsPixelsAre(double scale) throws IOException {
        Path file = folder.resolve("heatmap.png");
        heatmap().withScale(scale).write(file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        // Signature, then chunks of length, name, content and checksum.
        int at = 8;
        while (bytes.getInt(at + 4) != 0x70485973) {
            at += bytes.getInt(at) + 12;
        }
        int perMetre = (int) Math.round(scale * 96 / 0.0254);
        assertThat(bytes.getInt(at + 8)).isEqualTo(perMetre);
        assertThat(bytes.getInt(at + 12)).isEqualTo(perMetre);
        assertThat(bytes.get(at + 16)).as("unit: metre").isEqualTo((byte) 1);
        assertThat(perMetre * 0.0254).isCloseTo(scale * 96, Offset.offset(0.02));
    }

    @ParameterizedTest
    @ValueSource(strings = {"heatmap.svg", "HEATMAP.SVG"})
    void writesAnSvg(String name) throws Exception {
        Path file = folder.resolve(name);
        heatmap().write(file);
        assertThat(Svg.of(Files.readAllBytes(file)).root().getTagName()).isEqualTo("svg");
        assertThat(files()).containsExactly(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heatmap.gif", "heatmap", "heatmap.png.txt", "png", "heatmap."})
    void anotherExtensionIsNamed(String name) throws IOException {
        assertThatThrownBy(() -> heatmap().write(folder.resolve(name))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name).hasMessageContaining("ends in .png, .svg or .html");
        assertThat(files()).isEmpty();
    }

    @Test
    void aFailureLeavesNothing() throws IOException {
        Path taken = folder.resolve("taken.png");
        Files.createDirectories(taken.resolve("inside"));
        assertThatThrownBy(() -> heatmap().write(taken)).isInstanceOf(IOException.class);
        assertThat(files()).containsExactly(taken);
        assertThatThrownBy(() -> heatmap().write(folder.resolve("nowhere/heatmap.png"))).isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("nowhere");
        assertThat(files()).containsExactly(taken);
    }

    @Test
    void theSameInputGivesTheSameBytes() throws IOException {
        heatmap().write(folder.resolve("a.png"));
        heatmap().write(folder.resolve("b.png"));
        assertThat(folder.resolve("a.png")).hasSameBinaryContentAs(folder.resolve("b.png"));
    }

    @Test
    void impossibleRequestsAreRefusedWithWhatWasAsked() {
        Heatmap heatmap = heatmap();
        assertThatThrownBy(() -> Heatmap.of(Matrices.everyKind(10, 20), List.of("one"))).hasMessageContaining("1 texts")
                .hasMessageContaining("10 tokens");
        for (double[] range : new double[][] {{0, 1}, {2, 1}, {1, 1}, {-1, 1}, {1, Double.POSITIVE_INFINITY}, {Double.NaN, 1}}) {
            assertThatThrownBy(() -> heatmap.withRange(range[0], range[1])).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Double.toString(range[0]));
        }
        assertThatThrownBy(() -> heatmap.withSize(10, 5000)).hasMessageContaining("10 x 5000");
        assertThatThrownBy(() -> heatmap.withScale(0)).hasMessageContaining("scale 0.0");
        assertThatThrownBy(() -> heatmap.withSize(20_000, 20_000).toImage()).hasMessageContaining("pixels");
    }
}
