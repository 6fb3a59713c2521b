package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The comparisons of a device, whichever it is, with Java: copied tile by tile, and lying there. */
final class CudaBits {
    private static final ConvergenceOptions CUDA = ConvergenceOptions.defaults().withBackend(Backend.CUDA);

    private CudaBits() {}

    static void assertSame(ConvergenceMatrix expected, ConvergenceMatrix found, String what) {
        for (int i = 0; i < expected.tokens(); i++) {
            assertThat(found.distances(i)).as("%s, token %d", what, i).usingComparator((a, b) -> Arrays.equals(a, b) ? 0 : 1)
                    .isEqualTo(expected.distances(i));
            for (int t = 0; t < expected.iterations(); t++) {
                assertThat(Double.doubleToRawLongBits(found.logDistance(i, t)))
                        .isEqualTo(Double.doubleToRawLongBits(expected.logDistance(i, t)));
            }
        }
    }

    private static Reference reference(SplittableRandom random, Rows rows, Arena arena) {
        int iterations = rows.iterations();
        return switch (random.nextInt(6)) {
            case 0 -> Reference.last();
            case 1 -> Reference.iteration(random.nextInt(iterations));
            case 2 -> Reference.tailMean(random.nextDouble(0.1, 1));
            case 3 -> Reference.previous();
            case 4 -> Reference.lowestResidual();
            default -> {
                DType type = DType.values()[random.nextInt(4)];
                Rows other = Rows.random(random, Rows.Kind.CLOSE, type, 1, rows.tokens(), rows.hidden());
                StateTensor states = other.tensor(arena);
                yield Reference.external(StateTensor.of(states.segment(), type, Shape.of(rows.tokens(), rows.hidden())));
            }
        };
    }

    private static List<ConvergenceOptions> options(SplittableRandom random, Rows rows, Arena arena) {
        Normalization norm = random.nextBoolean()
                ? Normalization.rmsNorm()
                : Normalization.rmsNorm(random.doubles(rows.hidden(), -2, 2).toArray(), 1e-6);
        List<ConvergenceOptions> all = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            all.add(CUDA.withMetric(Metric.values()[random.nextInt(Metric.values().length)]).withReference(reference(random, rows, arena))
                    .withNormalization(random.nextInt(3) == 0 ? norm : Normalization.none()).withReferenceSizes(random.nextInt(4) == 0));
        }
        return all;
    }

    static List<ConvergenceOptions> inJava(List<ConvergenceOptions> options) {
        return options.stream().map(o -> o.withBackend(Backend.JAVA)).toList();
    }

    static void ofRandomStates(DType dtype, int cases) {
        SplittableRandom random = Seeds.random("cuda " + dtype);
        for (int n = 0; n < cases; n++) {
            Rows rows = Rows.random(random, Rows.Kind.MIXED, dtype, 1 + random.nextInt(20), 1 + random.nextInt(9), 1 + random.nextInt(700));
            try (Arena arena = Arena.ofShared()) {
                StateTensor states = rows.tensor(arena);
                List<ConvergenceOptions> options = options(random, rows, arena);
                List<ConvergenceMatrix> expected = Convergence.convergenceMatrices(states, inJava(options));
                List<ConvergenceMatrix> streamed = Convergence.convergenceMatrices(states, options);
                try (DeviceStates device = DeviceStates.upload(states, 0)) {
                    List<ConvergenceMatrix> there = Convergence.convergenceMatrices(device, options);
                    for (int o = 0; o < options.size(); o++) {
                        String what = rows + " " + options.get(o);
                        assertSame(expected.get(o), streamed.get(o), what);
                        assertSame(expected.get(o), there.get(o), what + " on the device");
                        assertThat(List.of(streamed.get(o).computedBy(), there.get(o).computedBy())).containsOnly("cuda/0");
                    }
                }
            }
        }
    }

    /** A batch axis, or slices of tokens and iterations: rows that lie apart, in either order. */
    static void ofStridedViews(int cases) {
        SplittableRandom random = Seeds.random("cuda views");
        for (int n = 0; n < cases; n++) {
            DType dtype = DType.values()[n % 4];
            int a = 2 + random.nextInt(8);
            int b = 2 + random.nextInt(8);
            int hidden = 1 + random.nextInt(200);
            Rows rows = Rows.random(random, Rows.Kind.CLOSE, dtype, a, b, hidden);
            try (Arena arena = Arena.ofShared()) {
                StateTensor contiguous = rows.tensor(arena);
                StateTensor turned = StateTensor.of(contiguous.segment(), dtype, Shape.of(b, a, hidden), hidden, (long) b * hidden, 1);
                for (StateTensor states : List.of(contiguous.tokens(1, b), contiguous.iterations(1, a), turned, turned.tokens(0, a - 1))) {
                    List<ConvergenceOptions> options = List.of(CUDA, CUDA.withReference(Reference.tailMean(0.6)),
                            CUDA.withReference(Reference.previous()).withMetric(Metric.COSINE));
                    List<ConvergenceMatrix> expected = Convergence.convergenceMatrices(states, inJava(options));
                    try (DeviceStates device = DeviceStates.upload(states, 0)) {
                        for (int o = 0; o < options.size(); o++) {
                            assertSame(expected.get(o), Convergence.convergenceMatrix(states, options.get(o)), "streamed " + states);
                            assertSame(expected.get(o), Convergence.convergenceMatrix(device, options.get(o)), "resident " + states);
                        }
                    }
                }
            }
        }
    }
}
