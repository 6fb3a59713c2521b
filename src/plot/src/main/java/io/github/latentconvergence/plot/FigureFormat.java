package io.github.latentconvergence.plot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats that figures are written in, by the file's extension. */
public enum FigureFormat {
    /** Pixels. */
    PNG {
        @Override
        byte[] encode(Heatmap heatmap) throws IOException {
            return PngEncoder.encode(heatmap.toImage(), heatmap.scale());
        }
    },
    /** Shapes and text, for print and for editing. */
    SVG {
        @Override
        byte[] encode(Heatmap heatmap) {
            return SvgPainter.paint(heatmap.layout());
        }
    },
    /** A page to explore in a browser; see {@link HeatmapPage}. */
    HTML {
        @Override
        byte[] encode(Heatmap heatmap) {
            return heatmap.page().html().getBytes(StandardCharsets.UTF_8);
        }
    };

    /** The extension, for example {@code .png}. */
    public String extension() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format of a file with this name, in capitals or not.
     *
     * @throws IllegalArgumentException if it has another extension or none; the message lists those there are
     */
    public static FigureFormat of(Path file) {
        Path name = file.getFileName();
        String text = name == null ? "" : name.toString();
        int dot = text.lastIndexOf('.');
        String extension = dot < 0 ? "" : text.substring(dot).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(f -> f.extension().equals(extension)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("figure file " + file + " has "
                        + (extension.isEmpty() ? "no extension" : "extension " + extension) + ": expected a name that ends in "
                        + Arrays.stream(values()).map(FigureFormat::extension).collect(Collectors.joining(", "))
                                .replaceFirst(", (?=[^,]*$)", " or ")));
    }

    /** The whole file. */
    abstract byte[] encode(Heatmap heatmap) throws IOException;
}
