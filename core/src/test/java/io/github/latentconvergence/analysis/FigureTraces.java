package io.github.latentconvergence.analysis;

import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Traces in the likeness of the published figure: every token comes to its place exponentially, at a rate of its segment and a little of its own, until noise and the distance
 * to the reference are all that is left; rates and noise are about those of the figure. Planted tokens keep a part of their way that falls by a factor of three over the whole run.
 */
record FigureTraces(int iterations, int tokens, int hidden, DType dtype, double noise, double offset, Set<Integer> slow) {
    /** How much of the way a planted token goes slowly. */
    private static final double SLOW_PART = 0.35;

    static FigureTraces random(SplittableRandom random) {
        int tokens = random.nextInt(12, 81);
        Set<Integer> slow = new TreeSet<>();
        int first = random.nextInt(tokens);
        switch (random.nextInt(6)) {
            case 0 -> slow.clear();
            case 1 -> slow.add(first);
            case 2 -> slow.addAll(Set.of(first % (tokens - 1), first % (tokens - 1) + 1));
            case 3 -> slow.addAll(Set.of(first, (first + 2 + random.nextInt(tokens - 3)) % tokens));
            case 4 -> slow.addAll(List.of(first % (tokens - 2), first % (tokens - 2) + 1, first % (tokens - 2) + 2));
            default -> slow.addAll(List.of(first, (first + 3) % tokens, (first + 6) % tokens));
        }
        return new FigureTraces(random.nextInt(40, 130), tokens, random.nextInt(64, 1025), random.nextBoolean() ? DType.BF16 : DType.F32,
                random.nextDouble(0.0005, 0.003), random.nextDouble(0.005, 0.02), slow);
    }

    /** What should be found: runs of neighbours. */
    List<List<Integer>> bands() {
        List<List<Integer>> bands = new ArrayList<>();
        for (int i : slow) {
            if (slow.contains(i - 1)) {
                bands.set(bands.size() - 1, List.of(bands.getLast().getFirst(), i));
            } else {
                bands.add(List.of(i, i));
            }
        }
        return bands;
    }

    /** States and a reference. */
    TraceBytes bytes(SplittableRandom random) {
        double[][][] states = new double[iterations][tokens][];
        double[][][] reference = new double[1][tokens][];
        double size = 4 * Math.sqrt(hidden);
        double segmentRate = 0;
        int left = 0;
        for (int i = 0; i < tokens; i++) {
            if (left-- == 0) {
                left = random.nextInt(4, 12);
                segmentRate = random.nextDouble(0.87, 0.89);
            }
            // Runs of all lengths settle in the same share of them.
            double rate = Math.pow(segmentRate + random.nextDouble(-0.003, 0.003), 64.0 / (iterations - 1));
            double slowRate = Math.pow(1 / 3.0, 1.0 / (iterations - 1));
            double part = slow.contains(i) ? SLOW_PART : 0;
            double[] place = direction(random, size);
            double[] way = direction(random, 1.15 * size);
            reference[0][i] = plus(place, 1, direction(random, offset * size));
            for (int t = 0; t < iterations; t++) {
                double left0 = (1 - part) * Math.pow(rate, t) + part * Math.pow(slowRate, t);
                states[t][i] = plus(plus(place, left0, way), 1, direction(random, noise * size));
            }
        }
        return AnalysisTraces.states(dtype, states).tensor("reference", "F32", "[" + tokens + "," + hidden + "]",
                AnalysisTraces.bytes(DType.F32, reference));
    }

    private double[] direction(SplittableRandom random, double length) {
        double[] out = new double[hidden];
        for (int d = 0; d < hidden; d++) {
            out[d] = random.nextGaussian() * length / Math.sqrt(hidden);
        }
        return out;
    }

    private static double[] plus(double[] a, double factor, double... b) {
        double[] sum = a.clone();
        for (int d = 0; d < sum.length; d++) {
            sum[d] += factor * b[d];
        }
        return sum;
    }
}
