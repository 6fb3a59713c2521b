package io.github.latentconvergence.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.Seeds;
import io.github.latentconvergence.io.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Together everything is as it is alone, to the last bit. */
class SurveyTest {
    private static final int RANDOM_TRACES = 60;

    @TempDir
    Path folder;

    @Test
    void ofOurOwnTrace() throws IOException {
        try (Trace trace = AnalysisTraces.bundled("figure-like.safetensors")) {
            Reference external = Reference.external(trace.reference().orElseThrow());
            check(trace, AnalysisOptions.defaults().withMeasure(ConvergenceOptions.defaults().withReference(external)),
                    List.of(ConvergenceOptions.defaults().withMetric(Metric.COSINE), ConvergenceOptions.defaults(),
                            ConvergenceOptions.defaults().withReference(Reference.previous())));
        }
    }

    @Test
    void ofRandomTraces() throws IOException {
        for (int n = 0; n < RANDOM_TRACES; n++) {
            SplittableRandom random = Seeds.settled("survey " + n);
            try (Trace trace = AnalysisTraces.open(folder, new RandomTraces(random).bytes())) {
                AnalysisOptions options = RandomOptions.random(random, trace);
                List<ConvergenceOptions> others = new ArrayList<>();
                for (int k = random.nextInt(4); k > 0; k--) {
                    others.add(RandomOptions.random(random, trace).measure());
                }
                check(trace, options, others);
            }
        }
    }

    private static void check(Trace trace, AnalysisOptions options, List<ConvergenceOptions> others) {
        Survey survey = Survey.withExits(trace, options, others);
        Analysis alone = Analysis.of(trace, options);
        same(alone.matrix(), survey.analysis().matrix());
        same(alone.stepNorms(), survey.analysis().stepNorms());
        assertThat(parts(survey.analysis())).isEqualTo(parts(alone));
        ExitSignals exits = ExitSignals.of(trace, options.measure());
        ExitSignals found = survey.exits().orElseThrow();
        same(exits.matrix(), found.matrix());
        assertThat(found.rules()).isEqualTo(exits.rules());
        for (ExitRule rule : exits.rules()) {
            for (int i = 0; i < exits.matrix().tokens(); i++) {
                assertThat(values(found, rule, i)).as("%s of token %d", rule, i).isEqualTo(values(exits, rule, i));
            }
        }
        assertThat(survey.others()).hasSameSizeAs(others);
        for (int k = 0; k < others.size(); k++) {
            same(Convergence.convergenceMatrix(trace, others.get(k)), survey.others().get(k));
        }
        assertThat(Survey.of(trace, options, List.of()).exits()).isEmpty();
    }

    /** All but the matrices; these are records, which are equal where their numbers are the same bits. */
    private static List<Object> parts(Analysis a) {
        return List.of(a.options(), a.tokens(), a.words(), a.slowBands(), a.fastBands(), a.segments(), a.gradient(), a.summary());
    }

    private static double[] values(ExitSignals signals, ExitRule rule, int token) {
        return IntStream.range(0, signals.matrix().iterations()).mapToDouble(t -> signals.value(rule, token, t)).toArray();
    }

    private static void same(ConvergenceMatrix expected, ConvergenceMatrix found) {
        assertThat(found).hasToString(expected.toString());
        for (int i = 0; i < expected.tokens(); i++) {
            assertThat(found.distances(i)).as("token %d of %s", i, expected).isEqualTo(expected.distances(i));
        }
    }

    @Test
    void progressIsOneCourseToOne() throws IOException {
        List<Double> told = new ArrayList<>();
        try (Trace trace = AnalysisTraces.bundled("figure-like.safetensors")) {
            AnalysisOptions options = AnalysisOptions.defaults().withMeasure(ConvergenceOptions.defaults().withProgress(told::add));
            Survey.withExits(trace, options, List.of(ConvergenceOptions.defaults().withMetric(Metric.LINF)));
        }
        assertThat(told).isSorted().endsWith(1.0).doesNotHaveDuplicates();
    }

    @Test
    void optionsThatDoNotFitEachOtherAreRefused() throws IOException {
        try (Trace trace = AnalysisTraces.bundled("figure-like.safetensors")) {
            assertThatThrownBy(() -> Survey.of(trace, AnalysisOptions.defaults(), List.of(ConvergenceOptions.defaults().withThreads(7))))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("threads");
        }
    }
}
