package io.github.latentconvergence.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis from 0.
 *
 * @param step between its ticks
 * @param end its last tick
 */
record Axis(double step, double end) {
    /** An axis with about {@code ticks} ticks in steps people count in, that reaches {@code most}. */
    static Axis upTo(double most, int ticks) {
        double least = most / ticks;
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double step = power;
        for (double digit : new double[] {2, 5, 10}) {
            if (step < least * (1 - 1e-9)) {
                step = digit * power;
            }
        }
        return new Axis(step, step * Math.ceil(most / step - 1e-9));
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
