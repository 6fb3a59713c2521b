package io.github.latentconvergence.analysis;

import io.github.latentconvergence.io.TraceBytes;
import io.github.latentconvergence.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Traces whose tokens do all that tokens may do, and some that they should not. */
final class RandomTraces {
    /** Words that no tokenizer and no reader could take for anything else. */
    private static final List<String> TEXTS = List.of("a", " whale", " ship", "ed", " was", ".", "!", "?", "<|end_turn|>", "<s>", "[SEP]",
            ",");

    /** How one token moves. */
    enum Kind {
        SETTLING, SLOW, ORBIT, DRIFT, WALK, CONSTANT, FIXED, ZERO, NOT_A_NUMBER, NOISE
    }

    private final SplittableRandom random;
    final DType dtype;
    final double[][][] states;
    final List<Kind> kinds = new ArrayList<>();

    RandomTraces(SplittableRandom random) {
        this.random = random;
        dtype = DType.values()[random.nextInt(4)];
        int iterations = random.nextInt(4) == 0 ? random.nextInt(1, 20) : random.nextInt(16, 71);
        int tokens = random.nextInt(1, 41);
        int hidden = random.nextInt(1, 41);
        states = new double[iterations][tokens][hidden];
        boolean mostlySettling = random.nextBoolean();
        for (int i = 0; i < tokens; i++) {
            Kind kind = mostlySettling && random.nextInt(6) > 0 ? Kind.SETTLING : Kind.values()[random.nextInt(Kind.values().length)];
            kinds.add(kind);
            fill(i, kind, hidden);
        }
    }

    private void fill(int i, Kind kind, int hidden) {
        double[] center = gaussian(hidden, 3);
        double[] start = gaussian(hidden, 3);
        double[] side = gaussian(hidden, 3);
        double rate = kind == Kind.SLOW ? random.nextDouble(0.9, 0.999) : random.nextDouble(0.3, 0.9);
        double noise = random.nextInt(3) == 0 ? 0 : Math.pow(10, random.nextDouble(-6, -1));
        int period = random.nextInt(2, 9);
        int fixed = random.nextInt(1, states.length + 1);
        double amplitude = Math.pow(10, random.nextDouble(-1, 1));
        // Up to noise in which an orbit is hardly seen.
        double orbitNoise = random.nextBoolean() ? noise : amplitude * random.nextDouble(0.5, 3);
        double[] walk = start.clone();
        for (int t = 0; t < states.length; t++) {
            double angle = 2 * Math.PI * t / period;
            double shrunk = Math.pow(rate, kind == Kind.FIXED ? Math.min(t, fixed) : t);
            for (int d = 0; d < hidden; d++) {
                walk[d] += random.nextGaussian();
                double clean = switch (kind) {
                    case SETTLING, SLOW, FIXED -> center[d] + shrunk * start[d];
                    case ORBIT -> center[d] + amplitude * (Math.cos(angle) * start[d] + Math.sin(angle) * side[d]);
                    case DRIFT -> center[d] + amplitude * t * side[d];
                    case WALK -> walk[d];
                    case CONSTANT -> center[d];
                    case ZERO -> 0;
                    case NOT_A_NUMBER -> t == fixed - 1 && d == 0 ? Double.NaN : center[d] + shrunk * start[d];
                    case NOISE -> start[d] + random.nextGaussian();
                };
                boolean exact = kind == Kind.CONSTANT || kind == Kind.FIXED || kind == Kind.ZERO;
                states[t][i][d] = exact ? clean : clean + (kind == Kind.ORBIT ? orbitNoise : noise) * random.nextGaussian();
            }
        }
    }

    private double[] gaussian(int hidden, double size) {
        double[] out = new double[hidden];
        for (int d = 0; d < hidden; d++) {
            out[d] = size * random.nextGaussian();
        }
        return out;
    }

    /** The trace as a file: sometimes with a mask, texts, a reference, a weight. */
    TraceBytes bytes() {
        TraceBytes bytes = AnalysisTraces.states(dtype, states);
        int tokens = states[0].length;
        int hidden = states[0][0].length;
        if (random.nextInt(3) == 0) {
            boolean[] real = new boolean[tokens];
            for (int i = 0; i < tokens; i++) {
                real[i] = random.nextInt(6) > 0;
            }
            AnalysisTraces.mask(bytes, real);
        }
        if (random.nextBoolean()) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < tokens; i++) {
                texts.add(TEXTS.get(random.nextInt(TEXTS.size())));
            }
            AnalysisTraces.texts(bytes, texts);
        }
        if (random.nextBoolean()) {
            double[][][] reference = new double[1][tokens][];
            for (int i = 0; i < tokens; i++) {
                reference[0][i] = states[states.length - 1][i].clone();
                for (int d = 0; d < hidden; d++) {
                    reference[0][i][d] += 0.01 * random.nextGaussian();
                }
            }
            bytes.tensor("reference", "F32", "[" + tokens + "," + hidden + "]", AnalysisTraces.bytes(DType.F32, reference));
            bytes.meta("reference_norm", random.nextBoolean() ? "raw" : "normalized");
        }
        if (random.nextBoolean()) {
            double[] weight = random.doubles(hidden, 0.2, 2).toArray();
            bytes.tensor("norm_weight", "F32", "[" + hidden + "]", TraceBytes.f32(weight));
        }
        return bytes;
    }
}
