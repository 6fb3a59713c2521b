package io.github.latentconvergence.analysis;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.PairwiseDistances;
import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/** One call of {@link Analysis#of}: measures, then finds what each token does, then what stands out among them. */
final class Analyzer {
    /** Of the progress that is told; the rest is for pairs, and for looking at the numbers. */
    private static final double MEASURING = 0.9;
    /** So many tokens' pairs are held at a time. */
    private static final int PAIRS_AT_ONCE = 128;

    private final Trace trace;
    private final AnalysisOptions options;
    private final double roundoff;

    Analyzer(Trace trace, AnalysisOptions options) {
        this.trace = trace;
        this.options = options;
        this.roundoff = LogDistances.roundoff(trace.states().dtype());
    }

    /** What is found of a token before it is held against the others. */
    private record Found(ConvergenceSteps steps, Contraction contraction, ArithmeticFloor floor, Trajectory trajectory, double meanLog10) {}

    Analysis run() {
        return run(Measures.from(Convergence.convergenceMatrices(trace, Measures.wanted(trace, measuring()))));
    }

    /** As the matrices are measured: the rest of the progress comes after them. */
    ConvergenceOptions measuring() {
        DoubleConsumer progress = options.measure().progress();
        return options.measure().withProgress(fraction -> progress.accept(MEASURING * fraction));
    }

    /** Of matrices that were measured already. */
    Analysis run(Measures measures) {
        DoubleConsumer progress = options.measure().progress();
        int[] tokens = IntStream.range(0, measures.asked().tokens()).filter(i -> !measures.asked().isMasked(i)).toArray();
        LogDistances logs = new LogDistances(measures.asked(), trace.states().dtype());
        Map<Integer, Trajectory> orbits = orbits(measures, tokens, progress);
        // Tokens do not depend on each other here.
        List<Found> found = inParallel(Arrays.stream(tokens)).mapToObj(i -> find(measures, logs, i, Optional.ofNullable(orbits.get(i))))
                .toList();
        List<TokenAnalysis> all = compare(tokens, found);
        Gradient gradient = new GradientFinder(logs, measures.asked(), tokens).find(this::inParallel);
        List<Band> slow = Ranking.bands(all, options.bands(), 1);
        List<Band> fast = Ranking.bands(all, options.bands(), -1);
        List<Word> words = TokenTexts.words(trace.tokens());
        Summary summary = new Summarizer(options, measures, all, slow, words).summarize();
        progress.accept(1);
        return new Analysis(options, measures.asked(), measures.steps(), all, words, slow, fast, Segments.of(all), gradient, summary);
    }

    /** On the threads that streams share, unless one thread was asked for. */
    private IntStream inParallel(IntStream tokens) {
        return options.measure().threads() == 1 ? tokens : tokens.parallel();
    }

    private StepNorms steps(Measures measures, int token) {
        int last = measures.toLast().iterations() - 1;
        return StepNorms.of(measures.steps(), token, roundoff * measures.toLast().referenceSize(token, last));
    }

    /** The tokens whose pairs of states were measured, and what these say. */
    private Map<Integer, Trajectory> orbits(Measures measures, int[] tokens, DoubleConsumer progress) {
        int window = ShapeFinder.window(measures.asked().iterations());
        Map<Integer, Trajectory> found = new HashMap<>();
        if (window < 4) {
            return found;
        }
        int[] candidates = Arrays.stream(tokens).filter(i -> options.everyPair() || shape(measures, i).mayOrbit()).toArray();
        StateTensor end = trace.states().iterations(trace.states().iterations() - window, trace.states().iterations());
        for (int from = 0; from < candidates.length; from += PAIRS_AT_ONCE) {
            int[] some = Arrays.copyOfRange(candidates, from, Math.min(candidates.length, from + PAIRS_AT_ONCE));
            for (PairwiseDistances pairs : Convergence.pairwiseDistances(end, some, pairwise())) {
                found.put(pairs.token(), shape(measures, pairs.token()).find(pairs, floor(measures, pairs.token())));
            }
            progress.accept(MEASURING + (1 - MEASURING) * from / candidates.length);
        }
        return found;
    }

    private ConvergenceOptions pairwise() {
        Normalization normalization = options.measure().normalization();
        if (normalization.isRmsNorm() && normalization.weight().isEmpty() && trace.normWeight().isPresent()) {
            normalization = Normalization.rmsNorm(trace.normWeight().orElseThrow(), normalization.eps());
        }
        return options.measure().withMetric(Metric.L2).withNormalization(normalization).withProgress(fraction -> {});
    }

    private ShapeFinder shape(Measures measures, int token) {
        return new ShapeFinder(steps(measures, token), measures.toLast(), token);
    }

    private ArithmeticFloor floor(Measures measures, int token) {
        return FloorFinder.find(steps(measures, token), measures.asked(), token);
    }

    private Found find(Measures measures, LogDistances logs, int token, Optional<Trajectory> measured) {
        ArithmeticFloor lowest = floor(measures, token);
        Trajectory trajectory = measured.orElseGet(() -> shape(measures, token).find(null, lowest));
        ArithmeticFloor floor = trajectory.shape() == Trajectory.Shape.SETTLING ? lowest : ArithmeticFloor.NONE;
        return new Found(convergence(measures, token), RateFinder.find(steps(measures, token), floor), floor, trajectory, logs.mean(token));
    }

    private ConvergenceSteps convergence(Measures measures, int token) {
        OptionalInt step = step(measures.asked(), token);
        boolean late = step.isPresent() && StepFinder.isLate(step.getAsInt(), measures.asked().iterations());
        return new ConvergenceSteps(step, late, step(measures.last(), token), step(measures.tailMean(), token),
                measures.external().map(m -> step(m, token)).orElse(OptionalInt.empty()));
    }

    private OptionalInt step(ConvergenceMatrix matrix, int token) {
        return new StepFinder(matrix, options.threshold(), options.rule()).find(token);
    }

    private List<TokenAnalysis> compare(int[] tokens, List<Found> found) {
        List<Slowness> slowness = Ranking.rank(found.stream().mapToDouble(Found::meanLog10).toArray());
        double[] steps = found.stream().map(f -> f.steps().step())
                .mapToDouble(s -> s.isPresent() ? s.getAsInt() : Double.POSITIVE_INFINITY).toArray();
        double first = tokens.length == 0 ? Double.NaN : Median.nearestRank(steps, 0.25);
        double third = tokens.length == 0 ? Double.NaN : Median.nearestRank(steps, 0.75);
        return IntStream.range(0, tokens.length).mapToObj(n -> {
            Found f = found.get(n);
            boolean none = Double.isInfinite(steps[n]);
            // Where most tokens converge at the same position, none of these is early or late.
            boolean early = !none && steps[n] <= first && first < third;
            boolean late = none || (steps[n] >= third && first < third);
            return new TokenAnalysis(tokens[n], trace.tokens().get(tokens[n]), f.steps, f.contraction, f.floor, slowness.get(n), early,
                    late,
                    f.trajectory);
        }).toList();
    }
}
