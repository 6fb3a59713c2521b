package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.AnalysisOptions;
import io.github.latentconvergence.analysis.ArithmeticFloor;
import io.github.latentconvergence.analysis.Band;
import io.github.latentconvergence.analysis.Contraction;
import io.github.latentconvergence.analysis.ConvergenceSteps;
import io.github.latentconvergence.analysis.ExitReplay;
import io.github.latentconvergence.analysis.ExitRule;
import io.github.latentconvergence.analysis.Gradient;
import io.github.latentconvergence.analysis.PathAnalysis;
import io.github.latentconvergence.analysis.Reduction;
import io.github.latentconvergence.analysis.Segment;
import io.github.latentconvergence.analysis.Slowness;
import io.github.latentconvergence.analysis.Summary;
import io.github.latentconvergence.analysis.TokenAnalysis;
import io.github.latentconvergence.analysis.TraceComparison;
import io.github.latentconvergence.analysis.Trajectory;
import io.github.latentconvergence.analysis.Word;
import io.github.latentconvergence.tensor.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Results with any numbers and any texts, as no trace would give them. */
final class RandomAnalyses {
    private static final int COLUMNS = 3;
    /** Positions and indices up to this are drawn: more than a trace has. */
    private static final int MANY = 3_000_000;
    private static final List<String> HOSTILE = List.of("", " ", "  ", "\n", "\t\r\n", "\u001b[31m", "\u202e", "\"", "\\", "\ud800",
            "a\udc00b",
            "\u65e5\u672c\u8a9e", "\ud55c\uad6d\uc5b4", "\ud83d\ude00", "\u2705", "e\u0301\u0301\u0301", "\uff21\uff22", "x".repeat(500),
            "\u6f22".repeat(300), "\ud83d\ude80".repeat(90), "o" + "\u0301".repeat(1000), "</script>", "a,b", "<|begin_text|>", " the");

    private final SplittableRandom random;
    private final boolean shortTexts;

    RandomAnalyses(SplittableRandom random) {
        this.random = random;
        this.shortTexts = random.nextInt(4) == 0;
    }

    TraceFacts facts() {
        return new TraceFacts(Path.of("folder", "long name ".repeat(random.nextInt(20)) + "x".repeat(random.nextInt(200))), integer(),
                integer(),
                integer(), DType.BF16);
    }

    /** Any float64: ordinary, awkward, or any bits at all. */
    double number() {
        return switch (random.nextInt(6)) {
            case 0 -> Double.NaN;
            case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
            case 2 -> 0;
            case 3 -> Double.longBitsToDouble(random.nextLong());
            default -> random.nextDouble(-10, 10);
        };
    }

    int integer() {
        return random.nextBoolean() ? random.nextInt(100) : random.nextInt(MANY);
    }

    String text() {
        if (shortTexts) {
            return "a".repeat(random.nextInt(4));
        }
        return IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> HOSTILE.get(random.nextInt(HOSTILE.size())))
                .collect(Collectors.joining());
    }

    private OptionalDouble maybeNumber() {
        return random.nextInt(3) == 0 ? OptionalDouble.empty() : OptionalDouble.of(number());
    }

    private OptionalInt maybeInteger() {
        return random.nextInt(3) == 0 ? OptionalInt.empty() : OptionalInt.of(integer());
    }

    private List<String> texts() {
        return IntStream.range(0, random.nextInt(30)).mapToObj(i -> text()).toList();
    }

    private ConvergenceMatrix matrix(int tokens) {
        double[][] distances = new double[tokens][COLUMNS];
        boolean[] masked = new boolean[tokens];
        for (int i = 0; i < tokens; i++) {
            Arrays.setAll(distances[i], t -> number());
            masked[i] = random.nextInt(4) == 0;
        }
        return ConvergenceMatrix.of(distances, masked, Metric.L2, Reference.last(), Optional.empty());
    }

    private TokenAnalysis token(int index) {
        Trajectory.Shape[] shapes = Trajectory.Shape.values();
        return new TokenAnalysis(index, text(),
                new ConvergenceSteps(maybeInteger(), random.nextBoolean(), maybeInteger(), maybeInteger(), maybeInteger()),
                new Contraction(maybeNumber(), maybeNumber(), maybeNumber()),
                new ArithmeticFloor(maybeNumber(), maybeInteger(), maybeNumber()), new Slowness(number(), number(), number()),
                random.nextBoolean(), random.nextBoolean(),
                new Trajectory(shapes[random.nextInt(shapes.length)], maybeInteger(),
                        new Trajectory.Evidence(integer(), number(), number(), number(), number(), number(), number(), integer())));
    }

    Analysis analysis() {
        int rows = 1 + random.nextInt(20);
        int offset = integer();
        ConvergenceMatrix matrix = matrix(rows);
        List<TokenAnalysis> tokens = IntStream.range(0, rows).filter(i -> !matrix.isMasked(i)).mapToObj(i -> token(offset + i)).toList();
        List<Word> words = new ArrayList<>();
        List<Segment> segments = new ArrayList<>();
        for (TokenAnalysis token : tokens) {
            words.add(new Word(token.index(), token.index(), text()));
            if (random.nextInt(5) == 0) {
                segments.add(new Segment(token.index(), token.index() + random.nextInt(9), texts(), maybeNumber(), maybeNumber(),
                        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(token.index())));
            }
        }
        return new Analysis(AnalysisOptions.defaults(), matrix, matrix, tokens, words, bands(tokens), bands(tokens), segments,
                new Gradient(number(), number(), number()),
                new Summary(maybeNumber(), integer(), integer(), integer(), integer(), maybeNumber(), text() + " and " + text()));
    }

    private List<Band> bands(List<TokenAnalysis> tokens) {
        return tokens.stream().filter(t -> random.nextInt(5) == 0)
                .map(t -> new Band(t.index(), t.index() + random.nextInt(3), texts(), number(), number())).toList();
    }

    ExitReport exits() {
        int rows = 1 + random.nextInt(20);
        List<String> texts = IntStream.range(0, rows).mapToObj(i -> text()).toList();
        List<ExitReplay> replays = new ArrayList<>();
        List<ExitReport.Hidden> hidden = new ArrayList<>();
        for (ExitRule rule : ExitRule.values()) {
            double threshold = random.nextBoolean() ? rule.defaultThreshold() : Double.MIN_NORMAL;
            for (Reduction reduction : Reduction.values()) {
                List<ExitReplay.TokenExit> exits = IntStream.range(0, rows).filter(i -> random.nextBoolean())
                        .mapToObj(i -> new ExitReplay.TokenExit(i, maybeInteger(), number())).toList();
                replays.add(new ExitReplay(rule, threshold, reduction, exits, number(), number()));
            }
            hidden.add(new ExitReport.Hidden(ExitChoice.usual(rule),
                    IntStream.range(0, rows).filter(i -> random.nextBoolean()).boxed().toList()));
        }
        return new ExitReport(facts(), texts, matrix(rows), replays, hidden, List.of(ExitRule.KL), List.of());
    }

    ComparedTraces compared() {
        int rows = 1 + random.nextInt(20);
        PathAnalysis.Verdict[] verdicts = PathAnalysis.Verdict.values();
        List<PathAnalysis> paths = IntStream.range(0, rows).mapToObj(i -> new PathAnalysis(integer(), text(), maybeNumber(), number(),
                number(), maybeInteger(), verdicts[random.nextInt(verdicts.length)])).toList();
        return new ComparedTraces(facts(), facts(), IntStream.range(0, rows).mapToObj(i -> text()).toList(),
                new TraceComparison(matrix(rows), matrix(rows), matrix(rows), paths, text()));
    }
}
