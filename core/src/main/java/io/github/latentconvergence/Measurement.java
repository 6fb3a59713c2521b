package io.github.latentconvergence;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** One call of {@link Convergence}: checks everything, plans, runs the passes, and finishes distances. */
final class Measurement {
    /** Below this, starting a thread costs more than it saves. */
    private static final long BYTES_WORTH_A_THREAD = 1 << 20;

    private final StateTensor states;
    private final Optional<Trace> trace;
    private final List<ConvergenceOptions> options;
    private final boolean[] masked;
    private final int tokens;
    private final int iterations;

    Measurement(StateTensor states, Optional<Trace> trace, List<ConvergenceOptions> wanted) {
        states.requireNoBatch();
        if (states.shape().rank() != 3) {
            throw new IllegalArgumentException("states of shape " + states.shape() + ": expected [iterations][tokens][hidden]");
        }
        this.states = states;
        this.trace = trace;
        this.tokens = count("tokens", states.tokens());
        this.iterations = count("iterations", states.iterations());
        count("hidden components", states.hidden());
        if ((long) tokens * iterations > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "states of shape " + states.shape() + " have more than 2^31 cells: measure some tokens at a time with tokens(a, b)");
        }
        this.options = wanted.stream().map(this::complete).toList();
        this.masked = new boolean[tokens];
        trace.flatMap(Trace::mask).ifPresent(real -> {
            for (int i = 0; i < tokens; i++) {
                masked[i] = !real[i];
            }
        });
    }

    private int count(String what, long size) {
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "states of shape " + states.shape() + " have " + size + " " + what + ": at most 2^31 are measured at a time");
        }
        return (int) size;
    }

    /** The options with what the trace knows filled in, checked against the states. */
    private ConvergenceOptions complete(ConvergenceOptions given) {
        Normalization normalization = given.normalization();
        if (normalization.isRmsNorm() && trace.flatMap(Trace::normalized).orElse(false)) {
            throw new IllegalArgumentException(
                    "the states of " + trace.orElseThrow().path() + " are normalised already: RMSNorm would be applied twice");
        }
        if (normalization.isRmsNorm() && normalization.weight().isEmpty()) {
            normalization = trace.flatMap(Trace::normWeight).map(w -> Normalization.rmsNorm(w, given.normalization().eps()))
                    .orElse(normalization);
        }
        normalization.weight().filter(w -> w.length != states.hidden()).ifPresent(w -> {
            throw new IllegalArgumentException("RMSNorm's weight has " + w.length + " components; the states have " + states.hidden());
        });
        Reference reference = given.reference();
        if (reference instanceof Reference.Iteration at && at.k() >= iterations) {
            throw new IllegalArgumentException(
                    "reference iteration " + at.k() + " is outside the trace, whose iterations are 0 to " + (iterations - 1));
        }
        if (reference instanceof Reference.External external) {
            StateTensor rows = external.states();
            if (rows.tokens() != tokens || rows.hidden() != states.hidden()) {
                throw new IllegalArgumentException(
                        "the external reference has shape " + rows.shape() + "; expected [" + tokens + "][" + states.hidden() + "]");
            }
            // The trace knows of its own reference whether it is normalised.
            if (trace.flatMap(Trace::reference).filter(own -> own == rows).isPresent()) {
                reference = Reference.external(rows, trace.flatMap(Trace::referenceNormalized).orElse(external.normalized()));
            }
        }
        if (reference instanceof Reference.Extrapolated
                && (normalization.isRmsNorm() || (given.metric() != Metric.L2 && given.metric() != Metric.RMS))) {
            throw new IllegalArgumentException("the reference extrapolated is for l2 and rms of states as they are: not for "
                    + given.metric().label() + (normalization.isRmsNorm() ? " under RMSNorm" : ""));
        }
        return given.withNormalization(normalization).withReference(reference);
    }

    /** As they were given, with what the trace knows filled in. */
    List<ConvergenceOptions> options() {
        return options;
    }

    /** Whether a token is padding. */
    boolean isMasked(int token) {
        return masked[token];
    }

    List<ConvergenceMatrix> run() {
        return options.isEmpty() ? List.of() : run(Backends.choose(agreed()));
    }

    /** What the options of one pass have in common. */
    private ConvergenceOptions agreed() {
        ConvergenceOptions first = options.getFirst();
        for (ConvergenceOptions other : options) {
            if (other.backend() != first.backend() || !other.tier().equals(first.tier()) || !other.device().equals(first.device())
                    || other.threads() != first.threads()) {
                throw new IllegalArgumentException("the options of one pass name different backends, tiers, devices or numbers of threads");
            }
        }
        return first;
    }

    List<ConvergenceMatrix> run(Kernels kernels) {
        if (options.isEmpty()) {
            return List.of();
        }
        agreed();
        List<StateTensor.Hold> holds = new ArrayList<>();
        try (LowestResidual gathered = new LowestResidual(states, masked)) {
            holds.add(states.hold());
            for (ConvergenceOptions o : options) {
                if (o.reference() instanceof Reference.External external) {
                    holds.add(external.states().hold());
                }
            }
            return passes(kernels, gathered);
        } finally {
            holds.forEach(StateTensor.Hold::close);
        }
    }

    /**
     * A matrix that is wanted.
     *
     * @param options as they were asked for, completed
     * @param reference the reference that is measured to
     * @param chosen for each token the iteration that is its reference, where tokens differ
     */
    private record Job(ConvergenceOptions options, Reference reference, int @Nullable [] chosen) {}

    private List<ConvergenceMatrix> passes(Kernels kernels, LowestResidual gathered) {
        ConvergenceOptions first = options.getFirst();
        int before = 0;
        List<Normalization> residuals = options.stream().filter(o -> o.reference() instanceof Reference.LowestResidual)
                .map(ConvergenceOptions::normalization).distinct().toList();
        Map<Normalization, List<ConvergenceOptions>> byNorm = byNormalization();
        int all = residuals.size() + byNorm.size();
        for (Normalization normalization : residuals) {
            ConvergenceOptions steps = ConvergenceOptions.defaults().withReference(Reference.previous()).withNormalization(normalization);
            Map<ConvergenceOptions, ConvergenceMatrix> residual = new HashMap<>();
            onePass(kernels, normalization, List.of(new Job(steps, steps.reference(), null)), first.threads(),
                    share(first.progress(), before++, all), residual);
            gathered.gather(normalization, Objects.requireNonNull(residual.get(steps)));
        }
        Map<ConvergenceOptions, ConvergenceMatrix> done = new HashMap<>();
        for (Map.Entry<Normalization, List<ConvergenceOptions>> entry : byNorm.entrySet()) {
            List<Job> jobs = entry.getValue().stream().distinct().map(o -> o.reference() instanceof Reference.LowestResidual
                    ? new Job(o, gathered.reference(o.normalization()), gathered.chosen(o.normalization()))
                    : new Job(o, o.reference(), null)).toList();
            onePass(kernels, entry.getKey(), jobs, first.threads(), share(first.progress(), before++, all), done);
        }
        return options.stream().map(done::get).toList();
    }

    /** All options without RMSNorm go with the first RMSNorm; each further RMSNorm needs a pass of its own. */
    private Map<Normalization, List<ConvergenceOptions>> byNormalization() {
        Map<Normalization, List<ConvergenceOptions>> byNorm = new LinkedHashMap<>();
        Normalization shared = options.stream().map(ConvergenceOptions::normalization).filter(Normalization::isRmsNorm).findFirst()
                .orElse(Normalization.none());
        for (ConvergenceOptions o : options) {
            byNorm.computeIfAbsent(o.normalization().isRmsNorm() ? o.normalization() : shared, n -> new ArrayList<>()).add(o);
        }
        return byNorm;
    }

    /** The progress of one of several passes. The end of a pass is not the end, and may come soon after the last report. */
    private static DoubleConsumer share(DoubleConsumer progress, int before, int all) {
        return fraction -> {
            if (fraction < 1 || before == all - 1) {
                progress.accept((before + fraction) / all);
            }
        };
    }

    private void onePass(Kernels kernels, Normalization normalization, List<Job> jobs, int wantedThreads, DoubleConsumer progress,
            Map<ConvergenceOptions, ConvergenceMatrix> done) {
        Planner planner = new Planner(states);
        List<Finisher> finishers = new ArrayList<>();
        for (Job job : jobs) {
            ConvergenceOptions o = job.options;
            Planner.Parts parts = planner.add(o.metric(), job.reference, o.normalization(), o.referenceSizes());
            finishers.add(
                    new Finisher(o.metric(), parts, states.hidden(), normalization.eps(), tokens, iterations, masked, o.referenceSizes()));
        }
        Plan plan = planner.plan(normalization);
        Sums sums = Sums.of(plan, tokens, iterations);
        int threads = wantedThreads > 0 ? wantedThreads : Runtime.getRuntime().availableProcessors();
        if (states.shape().bytes(states.dtype()) < BYTES_WORTH_A_THREAD) {
            threads = 1;
        }
        List<Tile> tiles = TileRunner.cut(kernels, plan, masked, threads);
        boolean wholeRows = tiles.stream().allMatch(t -> t.iterations() == iterations);
        int finishing = Math.max(1, threads / Math.max(1, TileRunner.workers(kernels, plan, tiles, threads))); // of each worker
        new TileRunner(kernels, plan, sums, tiles, tile -> {
            if (wholeRows) {
                Finisher.finish(finishers, sums, tile.token(), tile.token() + tile.tokens(), finishing);
            }
        }).run(threads, progress);
        for (Tile tile : tiles) {
            if (!wholeRows && tile.iteration() == 0) {
                Finisher.finish(finishers, sums, tile.token(), tile.token() + tile.tokens(), 1);
            }
        }
        Origin origin = new Origin(states, masked, kernels);
        for (int n = 0; n < jobs.size(); n++) {
            Job job = jobs.get(n);
            double[] sizes = origin.measures(job.options)
                    ? origin.sizes(job.options, job.reference, normalization)
                    : finishers.get(n).sizes();
            done.put(job.options, finishers.get(n).matrix(job.options, trace.flatMap(Trace::hasS0), kernels.name(),
                    new ConvergenceMatrix.References(sizes, job.chosen)));
        }
    }
}
