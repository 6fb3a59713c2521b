package io.github.latentconvergence.plot;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A laid-out figure that is nothing but its marks. */
record FigureLayout(int width, int height, String name, String description, List<Mark> marks) implements Sheet {
    private static final long MOST_PIXELS = 250_000_000;

    FigureLayout {
        marks = List.copyOf(marks);
    }

    /** @throws IllegalArgumentException if {@code scale} is not one of a figure */
    static double requireScale(double scale) {
        if (!(scale >= 0.5 && scale <= 16)) {
            throw new IllegalArgumentException("scale " + scale + ": expected 0.5 to 16 pixels to the unit");
        }
        return scale;
    }

    /** @throws IllegalArgumentException if it would be too large */
    BufferedImage image(double scale) {
        return image(this, scale);
    }

    /** @throws IllegalArgumentException if it would be too large */
    static BufferedImage image(Sheet sheet, double scale) {
        if (sheet.width() * scale * sheet.height() * scale > MOST_PIXELS) {
            throw new IllegalArgumentException("a figure of " + sheet.width() + " x " + sheet.height() + " at scale " + scale
                    + " has over " + MOST_PIXELS + " pixels: choose a smaller scale, a smaller size or fewer tokens");
        }
        return ImagePainter.paint(sheet, scale);
    }

    /** Writes a file that is complete or absent, in the format its extension names. */
    void write(Path file, double scale) throws IOException {
        AtomicFile.write(file, switch (FigureFormat.of(file)) {
            case PNG -> PngEncoder.encode(image(scale), scale);
            case SVG -> SvgPainter.paint(this);
            case HTML -> throw new IllegalArgumentException(
                    "figure file " + file + ": there is no such page; expected a name that ends in .png or .svg");
        });
    }
}
