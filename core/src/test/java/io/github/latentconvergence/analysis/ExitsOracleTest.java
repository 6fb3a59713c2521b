package io.github.latentconvergence.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Seeds;
import io.github.latentconvergence.analysis.ExitReplay.TokenExit;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit rules stop where their definitions say, and what remains is what remains. */
class ExitsOracleTest {
    private static final int RANDOM_TRACES = 200;

    private final Tally tally = new Tally();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"figure-like", "settling-seed0", "settling-ships"})
    void ofOurOwnTraces(String name) throws IOException {
        try (Trace trace = AnalysisTraces.bundled(name + ".safetensors")) {
            check(name, trace, ConvergenceOptions.defaults(), Seeds.settled("exits " + name));
        }
        tally.finish("exits, " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-recurrent/orbiting", "tiny-recurrent/settling-seed1", "huginn-0125/trace"})
    void ofTracesBesideTheProject(String name) throws IOException {
        try (Trace trace = AnalysisTraces.shared(name + ".safetensors")) {
            check(name, trace, ConvergenceOptions.defaults(), Seeds.settled("exits " + name));
        }
        tally.finish("exits, " + name);
    }

    @Test
    void ofRandomTraces() throws IOException {
        for (int n = 0; n < RANDOM_TRACES; n++) {
            SplittableRandom random = Seeds.settled("exits " + n);
            RandomTraces made = new RandomTraces(random);
            TraceBytes bytes = random.nextInt(3) > 0 ? logits(random, made, made.bytes()) : made.bytes();
            try (Trace trace = AnalysisTraces.open(folder, bytes)) {
                check("random " + n + " " + trace.states() + " " + made.kinds, trace, RandomOptions.random(random, trace).measure(),
                        random);
            }
        }
        tally.finish("exits, random");
    }

    /** Logits that settle like the states do: now and then far apart, so that likeliest tokens change. */
    private static TraceBytes logits(SplittableRandom random, RandomTraces made, TraceBytes bytes) {
        int vocabulary = random.nextInt(2, 20);
        double[][][] logits = new double[made.states.length][made.states[0].length][vocabulary];
        for (int i = 0; i < logits[0].length; i++) {
            double rate = random.nextDouble(0.4, 1);
            for (int v = 0; v < vocabulary; v++) {
                double center = random.nextGaussian();
                for (int t = 0; t < logits.length; t++) {
                    logits[t][i][v] = center + 3 * Math.pow(rate, t) * random.nextGaussian();
                }
            }
        }
        return bytes.tensor("logits", made.dtype.name(), "[" + logits.length + "," + logits[0].length + "," + vocabulary + "]",
                AnalysisTraces.bytes(made.dtype, logits));
    }

    private void check(String name, Trace trace, ConvergenceOptions options, SplittableRandom random) {
        tally.at(name + ", " + options.metric() + " to " + options.reference().label() + " " + options.normalization());
        SlowExits slow = new SlowExits(trace, options);
        ExitSignals found = ExitSignals.of(trace, options);
        List<ExitRule> rules = Arrays.stream(ExitRule.values()).filter(r -> !r.needsLogits() || trace.logits().isPresent()).toList();
        assertThat(found.rules()).containsExactlyInAnyOrderElementsOf(rules);
        for (ExitRule rule : rules) {
            double usual = rule.defaultThreshold();
            check(slow, found, rule, usual);
            check(slow, found, rule,
                    rule == ExitRule.ARGMAX_STABILITY ? random.nextInt(1, 8) : usual * Math.exp(2 * random.nextGaussian()));
        }
    }

    private void check(SlowExits slow, ExitSignals found, ExitRule rule, double threshold) {
        List<OptionalInt> exits = new ArrayList<>();
        boolean anyClose = false;
        for (int i : slow.tokens) {
            Decisions decisions = new Decisions();
            double[] values = slow.values(rule, i);
            exits.add(slow.exit(rule, threshold, values, decisions));
            anyClose |= decisions.wereClose();
            for (int t = 0; t < values.length; t++) {
                tally.near(rule.label() + " value", values[t], found.value(rule, i, t), slow.error(rule, i, t), false);
            }
        }
        replay(slow, found.replay(rule, threshold, Reduction.TOKEN), exits, anyClose);
        Decisions decisions = new Decisions();
        OptionalInt together = slow.exit(rule, threshold, slow.means(rule), decisions);
        boolean close = decisions.wereClose();
        replay(slow, found.replay(rule, threshold, Reduction.SEQUENCE), slow.tokens.stream().map(i -> together).toList(), close);
        List<Integer> hidden = new ArrayList<>();
        for (int k = 0; k < exits.size(); k++) {
            if (together.isPresent() && exits.get(k).orElse(Integer.MAX_VALUE) > together.getAsInt()) {
                hidden.add(slow.tokens.get(k));
            }
        }
        tally.same(rule.label() + " hidden", hidden, found.hiddenBySequence(rule, threshold), close || anyClose);
    }

    private void replay(SlowExits slow, ExitReplay found, List<OptionalInt> exits, boolean close) {
        String what = found.rule().label() + " by " + found.reduction().label();
        tally.same(what + ", tokens", slow.tokens, found.tokens().stream().map(TokenExit::index).toList(), false);
        tally.same(what + ", exits", exits, found.tokens().stream().map(TokenExit::exit).toList(), close);
        boolean doubt = close || slow.references.wereClose();
        double sum = 0;
        double most = 0;
        double worst = exits.isEmpty() ? Double.NaN : Double.NEGATIVE_INFINITY;
        for (int k = 0; k < exits.size(); k++) {
            int at = exits.get(k).orElse(slow.last());
            double remaining = slow.remaining[slow.tokens.get(k)].distance()[at];
            double error = slow.remaining[slow.tokens.get(k)].error()[at];
            most = Math.max(most, error);
            sum += at;
            worst = Math.max(worst, remaining);
            tally.near(what + ", remaining", remaining, found.tokens().get(k).remaining(), error, doubt);
        }
        tally.near(what + ", mean exit", exits.isEmpty() ? Double.NaN : sum / exits.size(), found.meanExit(), 1e-9, close);
        tally.near(what + ", worst", worst, found.worstRemaining(), most, doubt);
        tally.same(what + ", never", exits.stream().filter(OptionalInt::isEmpty).count(), found.never(), close);
    }
}
