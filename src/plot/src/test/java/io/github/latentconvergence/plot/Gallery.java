package io.github.latentconvergence.plot;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.ExitSignals;
import io.github.latentconvergence.analysis.Reduction;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;

/** Draws the handbook's gallery: every kind of figure for traces that are not part of the project. src/site/markdown/gallery.md says how to run it. */
final class Gallery {
    private Gallery() {}

    /** Draws all of them; the arguments are the folder of the traces and that of the pictures. */
    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path traces = Path.of(args[0]);
        Path pictures = Path.of(args[1]);
        draw(traces.resolve("figure-like/trace.safetensors"), pictures.resolve("figure-like"), true);
        draw(traces.resolve("huginn-0125/trace.safetensors"), pictures.resolve("huginn-0125"), false);
        Path seed0 = traces.resolve("tiny-recurrent/settling-seed0.safetensors");
        draw(seed0, pictures.resolve("settling"), false);
        compare(seed0, traces.resolve("tiny-recurrent/settling-seed1.safetensors"), pictures.resolve("settling"));
        draw(traces.resolve("tiny-recurrent/orbiting.safetensors"), pictures.resolve("orbiting"), false);
    }

    private static void draw(Path file, Path folder, boolean external) throws IOException {
        Files.createDirectories(folder);
        try (Trace trace = TraceFiles.open(file)) {
            ConvergenceOptions options = external
                    ? ConvergenceOptions.defaults().withReference(Reference.external(trace.reference().orElseThrow()))
                    : ConvergenceOptions.defaults();
            Analysis analysis = Analysis.of(trace, AnalysisOptions.defaults().withMeasure(options));
            ExitSignals signals = ExitSignals.of(trace, options);
            ExitReplay exits = signals.replay(ExitRule.LATENT_DIFF, 0.03, Reduction.TOKEN);
            Heatmap heatmap = Heatmap.of(analysis.matrix(), trace.tokens());
            heatmap.write(folder.resolve("heatmap.png"));
            heatmap.withAnalysis(analysis, EnumSet.allOf(Overlay.class)).withExits(exits).write(folder.resolve("overlays.png"));
            for (Map.Entry<String, Chart> chart : Map.of("distances", Chart.distances(analysis), "step-norms", Chart.stepNorms(analysis),
                    "steps", Chart.steps(analysis), "sensitivity", Chart.sensitivity(analysis), "exits", Chart.exits(signals)).entrySet()) {
                chart.getValue().write(folder.resolve(chart.getKey() + ".svg"));
            }
            int[] chosen = ChosenTokens.of(analysis).keySet().stream().mapToInt(Integer::intValue).toArray();
            Orbits.of(trace, chosen).write(folder.resolve("orbits.png"));
            Waterfall.of(trace).write(folder.resolve("waterfall.png"));
        }
    }

    private static void compare(Path first, Path second, Path folder) throws IOException {
        try (Trace a = TraceFiles.open(first); Trace b = TraceFiles.open(second)) {
            ComparisonFigure
                    .of(Convergence.convergenceMatrix(a, ConvergenceOptions.defaults()),
                            Convergence.convergenceMatrix(b, ConvergenceOptions.defaults()), a.tokens())
                    .withNames("settling-seed0", "settling-seed1").write(folder.resolve("comparison.png"));
        }
    }
}
