package io.github.latentconvergence.plot;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Pages to test, and what they hold. */
final class Pages {
    /** Texts that would break a page that is careless with them. */
    static final List<String> HOSTILE = List.of("</script><script>document.title='taken'</script>", "<!--<script>", "-->", "\u2028\u2029",
            "\ud83d", "\udc00x",
            "\u202egnp.exe", "שלום", "😀", "👩\u200d👧", "", "\n", "\t", "x".repeat(60), "&lt;b&gt;", "\"'\\", "{script}{data}{style}",
            "${1+1}", "$1\\1", "日本語", " ", "\u0000");

    private static final Path FIGURE_LIKE = Path.of(System.getProperty("latentconvergence.root"), "core", "src", "test", "resources",
            "traces",
            "figure-like.safetensors");

    private Pages() {}

    /** What was measured of a trace that comes with the sources. */
    record Measured(List<ConvergenceMatrix> matrices, Analysis analysis, List<String> tokens) {
        HeatmapPage page() {
            return HeatmapPage.of(matrices, tokens).withAnalysis(analysis);
        }
    }

    /** 29 tokens, 65 iterations: l2 to last, to the tail's mean and to the state before, cosine to last. */
    static Measured figureLike() throws IOException {
        ConvergenceOptions last = ConvergenceOptions.defaults();
        try (Trace trace = TraceFiles.open(FIGURE_LIKE)) {
            List<ConvergenceMatrix> matrices = Convergence.convergenceMatrices(trace,
                    List.of(last, last.withReference(Reference.tailMean()), last.withReference(Reference.previous()),
                            last.withMetric(Metric.COSINE)));
            return new Measured(matrices, Analysis.of(trace, AnalysisOptions.defaults()), trace.tokens());
        }
    }

    static final int MANY = 4096;
    static final int SLOW = 1703;

    /** 4096 tokens, of which one stays far. */
    static ConvergenceMatrix many() {
        double[][] distances = Matrices.settling(MANY, 129);
        Arrays.fill(distances[SLOW], 90);
        return Matrices.last(distances);
    }

    /** The JSON that a page holds. */
    static Parsed data(String html) {
        String start = "<script type=\"application/json\" id=\"data\">";
        int from = html.indexOf(start) + start.length();
        return Parsed.of(html.substring(from, html.indexOf("</script", from)));
    }
}
