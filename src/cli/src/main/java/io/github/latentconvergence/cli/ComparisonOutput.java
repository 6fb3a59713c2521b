package io.github.latentconvergence.cli;

import io.github.latentconvergence.plot.FigureFormat;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Where a comparison is written: the distances between the runs as numbers, or a figure of both. */
final class ComparisonOutput extends MatrixForm {
    private static final String[] OF_MATRICES = {"--format", "--wide"};
    private static final String[] OF_FIGURES = {"--reference", "--names", "--range", "--colors", "--title", "--width", "--height",
        "--scale"};
    private static final String[] OF_IMAGES = {"--width", "--height", "--scale"};

    @Option(names = {"-o",
        "--output"}, paramLabel = "OUT", required = true, description = "A .csv, .npy or .json file for the distances between the traces, or - for standard output, which needs --format; a .png or .svg file for a figure of both; or an .html page with the figure and what was concluded.")
    private String output = "";

    @Override
    String output() {
        return output;
    }

    @Override
    String endings() {
        return ".csv, .npy, .json, .png, .svg or .html";
    }

    Path file() {
        return Path.of(output);
    }

    /** Whether a figure is written, by the file's name. */
    boolean isFigure() {
        String extension = "." + MatrixFormat.extension(file());
        return Arrays.stream(FigureFormat.values()).anyMatch(f -> f.extension().equals(extension));
    }

    /**
     * Checks that nothing is asked for that what is written has not.
     *
     * @throws ParameterException if something is
     */
    void requireOwn(ParseResult given) {
        if (!isFigure()) {
            refuse(given, OF_FIGURES, "the distances between two traces have none of it; it needs a .png, .svg or .html file");
            return;
        }
        refuse(given, OF_MATRICES, "a figure is no table");
        if (FigureFormat.of(file()) == FigureFormat.HTML) {
            refuse(given, OF_IMAGES, "a page is as large as its window");
        }
    }

    private void refuse(ParseResult given, String[] options, String why) {
        for (String option : options) {
            if (given.hasMatchedOption(option)) {
                throw wrong(option + " contradicts -o " + output + ": " + why);
            }
        }
    }
}
