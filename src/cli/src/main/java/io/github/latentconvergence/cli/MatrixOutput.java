package io.github.latentconvergence.cli;

import picocli.CommandLine.Option;

/** Where a matrix is written, and in which format. */
final class MatrixOutput extends MatrixForm {
    @Option(names = {"-o",
        "--output"}, paramLabel = "OUT", required = true, description = "A .csv, .npy or .json file; - for standard output, which needs --format.")
    private String output = "";

    @Override
    String output() {
        return output;
    }
}
