package io.github.latentconvergence;

import io.github.latentconvergence.tensor.DType;
import java.util.SplittableRandom;

/** Logits as tests make them. Every kind is there because an implementation may get it wrong. */
enum LogitRows {
    CLOSE, ONE_ULP, FAR, EQUAL, CONSTANT, TIES, WIDE, HUGE, ONE_HOT, MASKED, CHANGING_MASK, NOT_A_NUMBER, INFINITE, NOTHING;

    /** Random logits of this kind; later iterations are closer to the first. */
    Rows random(SplittableRandom random, DType dtype, int iterations, int tokens, int vocabulary) {
        double[][][] values = new double[iterations][tokens][vocabulary];
        for (int i = 0; i < tokens; i++) {
            double[] center = new double[vocabulary];
            boolean[] absent = new boolean[vocabulary];
            for (int d = 0; d < vocabulary; d++) {
                center[d] = Rows.round(dtype, 4 * random.nextGaussian());
                absent[d] = random.nextInt(3) == 0;
            }
            absent[random.nextInt(vocabulary)] = false;
            int hot = random.nextInt(vocabulary);
            double level = random.nextGaussian();
            for (int t = 0; t < iterations; t++) {
                int odd = random.nextInt(vocabulary);
                double step = Math.scalb(1.0, -7 * t);
                for (int d = 0; d < vocabulary; d++) {
                    double noise = random.nextGaussian();
                    values[t][i][d] = Rows.round(dtype, switch (this) {
                        case CLOSE -> center[d] + step * noise;
                        case ONE_ULP -> center[d] + center[d] * (random.nextInt(3) - 1) * 2 * dtype.unitRoundoff();
                        case FAR -> 8 * noise;
                        case EQUAL -> center[d];
                        case CONSTANT -> level;
                        case TIES -> random.nextInt(-2, 3) * (random.nextBoolean() ? 1 : -1);
                        case WIDE -> 500 * noise;
                        case HUGE -> (dtype == DType.F64 ? 8e307 : 3e38) * (2 * random.nextDouble() - 1);
                        case ONE_HOT -> d == hot ? 1000 : d == odd ? 999 + noise : center[d];
                        case MASKED -> absent[d] ? Double.NEGATIVE_INFINITY : center[d] + step * noise;
                        case CHANGING_MASK -> d == odd ? Double.NEGATIVE_INFINITY : center[d] + step * noise;
                        case NOT_A_NUMBER -> d == odd && t % 3 == 1 ? Double.NaN : center[d];
                        case INFINITE -> d == odd && t % 3 == 1 ? Double.POSITIVE_INFINITY : center[d];
                        case NOTHING -> t % 3 == 1 ? Double.NEGATIVE_INFINITY : center[d];
                    });
                }
            }
        }
        return new Rows(dtype, values);
    }
}
