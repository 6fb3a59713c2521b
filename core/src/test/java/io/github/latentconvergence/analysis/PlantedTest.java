package io.github.latentconvergence.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.Seeds;
import io.github.latentconvergence.io.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slow tokens that were planted are found, all of them and nothing else. */
class PlantedTest {
    private static final int VARIANTS = 48;

    @TempDir
    Path folder;

    @Test
    void plantedBandsAreFoundExactly() throws IOException {
        int bands = 0;
        int none = 0;
        double leastPlanted = Double.POSITIVE_INFINITY;
        double mostOrdinary = 0;
        for (int n = 0; n < VARIANTS; n++) {
            SplittableRandom random = Seeds.settled("planted " + n);
            FigureTraces figure = FigureTraces.random(random);
            try (Trace trace = AnalysisTraces.open(folder, figure.bytes(random))) {
                for (Reference reference : List.of(Reference.last(), Reference.external(trace.reference().orElseThrow()))) {
                    Analysis analysis = Analysis.of(trace,
                            AnalysisOptions.defaults().withMeasure(ConvergenceOptions.defaults().withReference(reference)));
                    String what = "variant " + n + " " + figure + " to " + reference.label();
                    for (TokenAnalysis token : analysis.tokens()) {
                        double excess = token.slowness().excess();
                        if (figure.slow().contains(token.index())) {
                            leastPlanted = Math.min(leastPlanted, excess);
                        } else {
                            mostOrdinary = Math.max(mostOrdinary, Math.abs(excess));
                        }
                    }
                    assertThat(analysis.slowBands().stream().map(b -> List.of(b.first(), b.last()))).as(what).isEqualTo(figure.bands());
                    assertThat(analysis.fastBands()).as(what).isEmpty();
                    bands += analysis.slowBands().size();
                    none += figure.slow().isEmpty() ? 1 : 0;
                }
            }
        }
        System.out.printf(
                "planted: %d variants under two references, %d bands found, %d without one; excess of planted tokens at least %.2f, of others at most %.2f%n",
                VARIANTS, bands, none, leastPlanted, mostOrdinary);
        assertThat(bands).isGreaterThan(VARIANTS);
        assertThat(none).isPositive();
        // What was planted stands out as much as in the figure, and nothing else does.
        assertThat(leastPlanted).isGreaterThan(0.4);
        assertThat(mostOrdinary).isLessThan(0.28);
    }

    @Test
    void theFigure() throws IOException {
        try (Trace trace = AnalysisTraces.bundled("figure-like.safetensors")) {
            Reference outside = Reference.external(trace.reference().orElseThrow());
            for (Reference reference : List.of(Reference.last(), Reference.tailMean(), outside)) {
                Analysis analysis = Analysis.of(trace,
                        AnalysisOptions.defaults().withMeasure(ConvergenceOptions.defaults().withReference(reference)));
                assertThat(analysis.slowBands()).as(reference.label()).hasSize(1).allSatisfy(band -> {
                    assertThat(List.of(band.first(), band.last())).isEqualTo(List.of(17, 18));
                    assertThat(band.texts()).containsExactly(" really", " wrong");
                });
                assertThat(analysis.fastBands()).as(reference.label()).isEmpty();
            }
            Analysis close = Analysis.of(trace, AnalysisOptions.defaults().withThreshold(new Threshold(Threshold.Kind.RELATIVE, 0.02))
                    .withMeasure(ConvergenceOptions.defaults().withReference(outside)));
            assertThat(IntStream.rangeClosed(4, 10)).as("the middle of the first sentence").allMatch(i -> close.tokens().get(i).early());
            assertThat(IntStream.rangeClosed(24, 28)).as("the answer").allMatch(i -> {
                int step = close.tokens().get(i).step().orElseThrow();
                return step >= 40 && step <= 50;
            });
            assertThat(IntStream.of(17, 18)).allMatch(i -> close.tokens().get(i).step().isEmpty() && close.tokens().get(i).late());
            assertThat(close.gradient().spearmanMedian()).isLessThan(-0.9);
        }
    }
}
