package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.io.Trace;
import io.github.latentconvergence.io.TraceFiles;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;

/** Every cell of the real traces is as accurate as promised. */
class RealAccuracyTest {
    private static final double PROMISE = 1e-6;
    /** What 32 digits leave of 1 - 1. */
    private static final double ORACLE = 1e-30;
    private static final double EPS = Normalization.DEFAULT_EPS;

    private double worst;
    private long cells;
    private long zeros;

    @ParameterizedTest
    @ValueSource(strings = {"figure-like.safetensors", "settling-seed0.safetensors", "settling-ships.safetensors"})
    void everyCellOfOurOwnTraces(String name) throws IOException, URISyntaxException {
        check(Path.of(Objects.requireNonNull(RealAccuracyTest.class.getResource("/traces/" + name)).toURI()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trace.safetensors", "local_n48_ns64_init0.npy"})
    void everyCellOfHuginn(String name) throws IOException {
        Path file = Path.of(System.getProperty("latentconvergence.shared", "../shared"), "data", "huginn-0125", name);
        Assumptions.assumeTrue(Files.exists(file), () -> "skipped: third-party file " + file + " is not here");
        check(file);
    }

    private void check(Path file) throws IOException {
        try (Trace trace = TraceFiles.open(file)) {
            Rows rows = Rows.of(trace.states());
            StateTensor external = trace.reference().orElse(trace.states().iterations(rows.iterations() / 2, rows.iterations() / 2 + 1));
            List<Reference> references = List.of(Reference.last(), Reference.previous(), Reference.iteration(rows.iterations() / 3),
                    Reference.tailMean(), Reference.external(external));
            boolean normalize = !trace.normalized().orElse(false);
            List<ConvergenceOptions> options = new ArrayList<>();
            for (Reference reference : references) {
                for (Metric metric : Metric.values()) {
                    options.add(ConvergenceOptions.defaults().withMetric(metric).withReference(reference));
                    if (normalize) {
                        options.add(options.getLast().withNormalization(Normalization.rmsNorm()));
                    }
                }
            }
            List<ConvergenceMatrix> matrices = Convergence.convergenceMatrices(trace, options);
            double[] ones = new double[rows.hidden()];
            Arrays.fill(ones, 1);
            double[] weight = trace.normWeight().orElse(ones);
            double[][] outside = Rows.of(external).values()[0];
            for (int i = 0; i < rows.tokens(); i++) {
                Token token = new Token(rows.token(i), weight);
                for (int r = 0; r < references.size(); r++) {
                    int perReference = options.size() / references.size();
                    check(token, references.get(r), outside[i], i,
                            matrices.subList(r * perReference, (r + 1) * perReference));
                }
            }
            System.out.printf("accuracy, %s: %d cells, %d of them 0, the worst plain one off by %.2e%n", file.getFileName(), cells, zeros,
                    worst);
            assertThat(cells).isEqualTo((long) options.size() * rows.tokens() * rows.iterations());
        }
    }

    /** What is needed of one token again and again. */
    private static final class Token {
        final double[][] states;
        final double[] weight;
        final double[] ones;
        final DoubleDouble[] norms;
        final DoubleDouble[] scales;

        Token(double[][] states, double[] weight) {
            this.states = states;
            this.weight = weight;
            this.ones = new double[weight.length];
            Arrays.fill(ones, 1);
            this.norms = new DoubleDouble[states.length];
            this.scales = new DoubleDouble[states.length];
            for (int t = 0; t < states.length; t++) {
                norms[t] = DoubleDouble.norm2(states[t]);
                scales[t] = DoubleDouble.scale(states[t], EPS);
            }
        }
    }

    private void check(Token token, Reference reference, double[] external, int i, List<ConvergenceMatrix> matrices) {
        double @Nullable [] fixed = switch (reference) {
            case Reference.Last last -> token.states[token.states.length - 1];
            case Reference.Iteration at -> token.states[(int) at.k()];
            case Reference.TailMean tail -> Definition.tailMean(DType.F32, token.states, tail.fraction()); // none of these is float64
            case Reference.External outside -> external;
            case Reference.Previous previous -> null;
            case Reference.Extrapolated extrapolated -> throw new AssertionError("not measured here");
            case Reference.LowestResidual lowest -> throw new AssertionError("not measured here");
        };
        for (int t = 0; t < token.states.length; t++) {
            double[] x = token.states[t];
            double[] y = fixed != null ? fixed : t > 0 ? token.states[t - 1] : x;
            DoubleDouble distance = DoubleDouble.diff2(x, y).sqrt();
            DoubleDouble unit = DoubleDouble.norm2(y).sqrt();
            DoubleDouble b = DoubleDouble.scale(y, EPS);
            DoubleDouble cosine = DoubleDouble.cosine(x, y, token.ones);
            DoubleDouble weighted = DoubleDouble.cosine(x, y, token.weight);
            for (ConvergenceMatrix matrix : matrices) {
                double found = matrix.distance(i, t);
                cells++;
                if (fixed == null && t == 0 && matrix.metric() != Metric.NORM) {
                    assertThat(found).as("%s at 0", matrix).isNaN();
                } else if (matrix.normalization().isRmsNorm()) {
                    normalized(matrix.metric(), token, t, y, b, weighted, found);
                } else {
                    DoubleDouble exact = switch (matrix.metric()) {
                        case L2 -> distance;
                        case RMS -> distance.times(DoubleDouble.of(x.length).sqrt().reciprocal());
                        case NORM -> token.norms[t].sqrt();
                        case RELATIVE_L2 -> distance.times(unit.reciprocal());
                        case L1 -> DoubleDouble.diff1(x, y);
                        case LINF -> DoubleDouble.diffMax(x, y);
                        case COSINE, ANGULAR -> cosine;
                    };
                    zeros += exact.hi() == 0 ? 1 : 0;
                    if (matrix.metric() == Metric.COSINE || matrix.metric() == Metric.ANGULAR) {
                        double square = distance.hi() * distance.hi() / (2 * token.norms[t].sqrt().hi() * unit.hi());
                        angle(matrix.metric(), exact.hi(), square, found, matrix + ", token " + i + ", iteration " + t);
                        continue;
                    }
                    worst = Math.max(worst, exact.hi() == 0 ? 0 : error(found, exact) / exact.hi());
                    assertThat(error(found, exact)).as("%s, token %s, iteration %s", matrix, i, t)
                            .isLessThanOrEqualTo(PROMISE * exact.hi());
                }
            }
        }
    }

    /** The promise for RMSNorm has a second term, because x - y is rounded before it is scaled. */
    private static void normalized(Metric metric, Token token, int t, double[] y, DoubleDouble b, DoubleDouble cosine, double found) {
        double[] x = token.states[t];
        DoubleDouble a = token.scales[t];
        DoubleDouble exact = DoubleDouble.normalizedDiff2(x, a, metric == Metric.NORM ? new double[x.length] : y, b, token.weight).sqrt();
        double raw = metric == Metric.NORM ? 0 : Math.min(a.hi(), b.hi()) * DoubleDouble.weightedDiff2(x, y, token.weight).sqrt().hi();
        if (metric == Metric.COSINE || metric == Metric.ANGULAR) {
            double ofX = DoubleDouble.normalizedDiff2(x, a, new double[x.length], a, token.weight).sqrt().hi();
            double ofY = DoubleDouble.normalizedDiff2(y, b, new double[y.length], b, token.weight).sqrt().hi();
            angle(metric, cosine.hi(), Math.pow(exact.hi() + raw, 2) / (2 * ofX * ofY), found, metric + " normalised, iteration " + t);
            return;
        }
        if (metric == Metric.L1) {
            exact = DoubleDouble.normalizedDiff1(x, a, y, b, token.weight);
            raw = Math.min(a.hi(), b.hi()) * DoubleDouble.weightedDiff1(x, y, token.weight).hi();
        }
        if (metric == Metric.LINF) {
            exact = DoubleDouble.normalizedDiffMax(x, a, y, b, token.weight);
            raw = Math.min(a.hi(), b.hi()) * DoubleDouble.weightedDiffMax(x, y, token.weight).hi();
        }
        if (metric == Metric.RMS) {
            exact = exact.times(DoubleDouble.of(x.length).sqrt().reciprocal());
            raw /= Math.sqrt(x.length);
        }
        if (metric == Metric.RELATIVE_L2) {
            DoubleDouble unit = DoubleDouble.normalizedDiff2(y, b, new double[y.length], b, token.weight).sqrt();
            exact = exact.times(unit.reciprocal());
            raw /= unit.hi();
        }
        assertThat(error(found, exact)).as("%s, iteration %s: found %s, exactly %s", metric, t, found, exact.hi())
                .isLessThanOrEqualTo(PROMISE * (exact.hi() + raw));
    }

    /**
     * The promise for the cosine; and the same for the angle, whose half has the sine {@code sqrt(cosine / 2)}.
     *
     * @param square |x-y|^2 / (2 |x| |y|), the cosine of states of equal length
     */
    private static void angle(Metric metric, double cosine, double square, double found, String what) {
        double allowed = PROMISE * (cosine + square) + ORACLE;
        if (metric == Metric.COSINE) {
            assertThat(found).as(what).isBetween(cosine - allowed, cosine + allowed);
        } else {
            assertThat(found).as(what).isBetween(AccuracyTest.angleOf(cosine - allowed), AccuracyTest.angleOf(cosine + allowed));
        }
    }

    private static double error(double found, DoubleDouble exact) {
        return Math.abs(DoubleDouble.of(found).minus(exact).hi());
    }
}
