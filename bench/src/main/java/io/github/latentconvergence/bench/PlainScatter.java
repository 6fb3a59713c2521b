package io.github.latentconvergence.bench;

import io.github.latentconvergence.tensor.StateTensor;

/** A scatter matrix times a vector, as one would write it in Java without thinking of speed. */
public final class PlainScatter {
    private PlainScatter() {}

    /** The sum of (x - mean) ((x - mean) . vector) over all states x of a token. */
    public static double[] times(StateTensor states, int token, double[] vector) {
        double[] mean = new double[vector.length];
        for (int t = 0; t < states.iterations(); t++) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += states.get(t, token, d) / states.iterations();
            }
        }
        double[] image = new double[vector.length];
        for (int t = 0; t < states.iterations(); t++) {
            double coordinate = 0;
            for (int d = 0; d < mean.length; d++) {
                coordinate += (states.get(t, token, d) - mean[d]) * vector[d];
            }
            for (int d = 0; d < mean.length; d++) {
                image[d] += coordinate * (states.get(t, token, d) - mean[d]);
            }
        }
        return image;
    }
}
