package io.github.latentconvergence.plot;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.io.TraceOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A trace from a file, measured as the program does. */
record Recorded(Analysis analysis, ExitSignals exits, Report report) {
    static final Path FIGURE_LIKE = Path.of(System.getProperty("latentconvergence.root"), "core", "src", "test", "resources", "traces",
            "figure-like.safetensors");

    /** A number of a state. */
    interface States {
        double at(int iteration, int token, int dimension);
    }

    /** 29 tokens to their external reference. */
    static Recorded figureLike() throws IOException {
        try (Trace trace = TraceFiles.open(FIGURE_LIKE)) {
            return of(trace, ConvergenceOptions.defaults().withReference(Reference.external(trace.reference().orElseThrow())));
        }
    }

    /** Four dimensions of made-up states, written to a folder. */
    static Recorded of(Path folder, int iterations, List<String> tokens, States states) throws IOException {
        int hidden = 4;
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + iterations + ", " + tokens.size() + ", " + hidden + "), }";
        String padded = header + " ".repeat(Math.floorMod(-(10 + header.length() + 1), 64)) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + padded.length() + 4 * iterations * tokens.size() * hidden)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.US_ASCII));
        for (int t = 0; t < iterations; t++) {
            for (int i = 0; i < tokens.size(); i++) {
                for (int d = 0; d < hidden; d++) {
                    bytes.putFloat((float) states.at(t, i, d));
                }
            }
        }
        Path texts = Files.writeString(folder.resolve("tokens.json"), JsonText.of(tokens));
        Path file = Files.write(folder.resolve("made-up.npy"), bytes.array());
        try (Trace trace = TraceFiles.open(file, TraceOptions.defaults().withTokens(texts))) {
            return of(trace, ConvergenceOptions.defaults());
        }
    }

    private static Recorded of(Trace trace, ConvergenceOptions options) {
        Analysis analysis = Analysis.of(trace, AnalysisOptions.defaults().withMeasure(options));
        ExitSignals exits = ExitSignals.of(trace, options);
        return new Recorded(analysis, exits, Report.of(trace, analysis,
                Convergence.convergenceMatrices(trace, List.of(options.withReference(Reference.previous()))), exits));
    }
}
