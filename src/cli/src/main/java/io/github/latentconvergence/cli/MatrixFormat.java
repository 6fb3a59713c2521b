package io.github.latentconvergence.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A format that a convergence matrix is written in. */
enum MatrixFormat {
    CSV, NPY, JSON;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format that a file's extension stands for, if it does for one. */
    static Optional<MatrixFormat> ofExtension(Path file) {
        String extension = extension(file);
        return Arrays.stream(values()).filter(f -> f.label().equals(extension)).findFirst();
    }

    /** The format with this label. */
    static MatrixFormat ofLabel(String label) {
        return Arrays.stream(values()).filter(f -> f.label().equalsIgnoreCase(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown format '" + label + "': expected one of "
                        + Arrays.stream(values()).map(MatrixFormat::label).collect(Collectors.joining(", "))));
    }

    /** What stands behind the last dot of the file's name, in lower case; empty where there is none. */
    static String extension(Path file) {
        Path name = file.getFileName();
        String text = name == null ? "" : name.toString();
        int dot = text.lastIndexOf('.');
        return dot < 0 ? "" : text.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
