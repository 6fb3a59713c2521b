package io.github.latentconvergence.analysis;

import io.github.latentconvergence.Seeds;
import io.github.latentconvergence.io.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number of an analysis is what its definition says, computed a second time by loops. */
class AnalysisOracleTest {
    private static final int RANDOM_TRACES = 300;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"figure-like", "settling-seed0", "settling-ships"})
    void ofOurOwnTraces(String name) throws IOException {
        check(name, AnalysisTraces.bundled(name + ".safetensors"), 12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-recurrent/orbiting", "tiny-recurrent/settling-seed1", "huginn-0125/trace"})
    void ofTracesBesideTheProject(String name) throws IOException {
        check(name, AnalysisTraces.shared(name + ".safetensors"), 4);
    }

    private static void check(String name, Trace opened, int options) {
        Tally tally = new Tally();
        AnalysisCheck check = new AnalysisCheck(tally);
        try (Trace trace = opened) {
            SplittableRandom random = Seeds.settled("oracle " + name);
            check.check(name, trace, AnalysisOptions.defaults());
            for (int n = 0; n < options; n++) {
                check.check(name, trace, RandomOptions.random(random, trace));
            }
        }
        tally.finish("oracle, " + name + ", " + check.orbits());
    }

    @Test
    void ofRandomTraces() throws IOException {
        Tally tally = new Tally();
        AnalysisCheck check = new AnalysisCheck(tally);
        for (int n = 0; n < RANDOM_TRACES; n++) {
            SplittableRandom random = Seeds.settled("oracle " + n);
            RandomTraces made = new RandomTraces(random);
            try (Trace trace = AnalysisTraces.open(folder, made.bytes())) {
                AnalysisOptions options = RandomOptions.random(random, trace);
                check.check("random " + n + " " + trace.states() + " " + made.kinds, trace, options);
            }
        }
        tally.finish("oracle, random, " + check.orbits());
    }
}
