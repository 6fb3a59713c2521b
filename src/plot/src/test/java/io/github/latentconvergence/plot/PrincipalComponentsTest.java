package io.github.latentconvergence.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalComponentsTest {
    private static final Offset<Double> TINY = Offset.offset(1e-9);

    /** States whose directions have variances that fall by {@code decay} each, far from the origin; directions beyond {@code rank} have none. */
    private static double[][][] states(SplittableRandom random, int iterations, int tokens, int hidden, double decay, int rank) {
        double[][] directions = new double[rank][hidden];
        double[] offset = new double[hidden];
        for (int d = 0; d < hidden; d++) {
            offset[d] = 5 * random.nextGaussian();
            for (double[] direction : directions) {
                direction[d] = random.nextGaussian();
            }
        }
        double[][][] states = new double[iterations][tokens][hidden];
        for (double[][] iteration : states) {
            for (double[] state : iteration) {
                Vectors.add(1, offset, state);
                for (int k = 0; k < rank; k++) {
                    Vectors.add(Math.pow(decay, k) * random.nextGaussian(), directions[k], state);
                }
            }
        }
        return states;
    }

    /** Holds the components of tokens against the singular value decomposition of all their centred states. */
    private static void isTheSingularValueDecomposition(StateTensor states, int[] tokens, int components) {
        int iterations = (int) states.iterations();
        int hidden = (int) states.hidden();
        DMatrixRMaj centred = new DMatrixRMaj(tokens.length * iterations, hidden);
        for (int d = 0; d < hidden; d++) {
            double mean = 0;
            for (int n = 0; n < centred.getNumRows(); n++) {
                centred.set(n, d, states.get(n % iterations, tokens[n / iterations], d));
                mean += centred.get(n, d) / centred.getNumRows();
            }
            for (int n = 0; n < centred.getNumRows(); n++) {
                centred.set(n, d, centred.get(n, d) - mean);
            }
        }
        double total = Math.pow(NormOps_DDRM.normF(centred), 2);
        var svd = DecompositionFactory_DDRM.svd(centred.getNumRows(), hidden, true, true, true);
        assertThat(svd.decompose(centred.copy())).isTrue();
        DMatrixRMaj left = svd.getU(null, false);
        DMatrixRMaj sizes = svd.getW(null);
        SingularOps_DDRM.descendingOrder(left, false, sizes, svd.getV(null, false), false);
        PrincipalComponents found = PrincipalComponents.of(states, tokens, components);
        for (int k = 0; k < components; k++) {
            boolean there = k < Math.min(centred.getNumRows(), hidden);
            double size = there ? sizes.get(k, k) : 0;
            assertThat(found.explained(k)).as("share of component %s", k).isCloseTo(size * size / total, Offset.offset(1e-9));
            double[] expected = new double[centred.getNumRows()];
            for (int n = 0; there && n < expected.length; n++) {
                expected[n] = size * left.get(n, k);
            }
            int farthest = 0;
            for (int n = 0; n < expected.length; n++) {
                // The first of two as far, but for rounding.
                farthest = Math.abs(expected[n]) > Math.abs(expected[farthest]) * (1 + 1e-9) ? n : farthest;
            }
            for (int n = 0; n < expected.length; n++) {
                assertThat(found.coordinate(n / iterations, n % iterations, k)).as("component %s of row %s", k, n)
                        .isCloseTo(Math.signum(expected[farthest]) * expected[n], Offset.offset(1e-6 * Math.max(size, 1e-3)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 3, 2", "5, 1, 40, 4", "40, 1, 5, 5", "33, 1, 33, 6", "65, 3, 20, 6", "12, 4, 300, 6", "1, 7, 9, 6", "9, 1, 1, 1",
        "4, 1, 700, 6", "150, 4, 30, 6", "600, 1, 12, 6", "90, 8, 257, 6", "520, 1, 3, 6"})
    void areThoseOfTheSingularValueDecomposition(int iterations, int tokens, int hidden, int components) {
        SplittableRandom random = Seeds.random("svd " + iterations + " " + tokens + " " + hidden);
        int[] all = new int[tokens];
        Arrays.setAll(all, i -> tokens - 1 - i);
        for (double decay : new double[] {0.6, 0.8}) {
            StateTensor states = Tensors.of(DType.F64, states(random, iterations, tokens, hidden, decay, Math.min(hidden, 60)));
            isTheSingularValueDecomposition(states, all, components);
        }
    }

    /** In more dimensions than the passes reach; so many states that two variances are hardly ever near each other by chance. */
    @Test
    void areFoundAmongMany() {
        StateTensor states = Tensors.of(DType.F64, states(Seeds.random("many"), 300, 4, 400, 0.9, 300));
        isTheSingularValueDecomposition(states, new int[] {0, 1, 2, 3}, 6);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void takeEveryType(DType dtype) {
        SplittableRandom random = Seeds.random("types");
        isTheSingularValueDecomposition(Tensors.of(dtype, states(random, 30, 3, 50, 0.5, 8)), new int[] {2, 0}, 6);
        isTheSingularValueDecomposition(Tensors.of(dtype, states(random, 200, 3, 50, 0.5, 8)), new int[] {2, 0, 1}, 6);
    }

    @Test
    void takeStridedViews() {
        StateTensor all = Tensors.of(DType.F32, states(Seeds.random("views"), 40, 5, 20, 0.6, 9));
        StateTensor view = all.iterations(3, 31).tokens(1, 4);
        isTheSingularValueDecomposition(view, new int[] {2}, 6);
        assertThat(PrincipalComponents.of(view, 2, 6).coordinates(0))
                .isDeepEqualTo(PrincipalComponents.of(all.iterations(3, 31), 3, 6).coordinates(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void componentsThatTheStatesDoNotReachAreZeros(int rank) {
        for (int iterations : new int[] {50, 700}) {
            StateTensor states = Tensors.of(DType.F64, states(Seeds.random("rank"), iterations, 1, 60, 0.7, rank));
            PrincipalComponents found = PrincipalComponents.of(states, 0, 8);
            double all = 0;
            for (int k = 0; k < 8; k++) {
                all += found.explained(k);
                for (int t = 0; k >= rank && t < iterations; t++) {
                    assertThat(found.coordinate(0, t, k)).isCloseTo(0, Offset.offset(1e-6));
                }
            }
            assertThat(all).isCloseTo(1, TINY);
            assertThat(found.explained(rank)).isCloseTo(0, Offset.offset(1e-15));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {90, 900})
    void aCircleInAnyPlaneIsACircle(int iterations) {
        SplittableRandom random = Seeds.random("circle");
        double[][] plane = new double[2][200];
        double[] offset = new double[200];
        for (int d = 0; d < 200; d++) {
            plane[0][d] = random.nextGaussian();
            plane[1][d] = random.nextGaussian();
            offset[d] = 1000 * random.nextGaussian();
        }
        Vectors.orthonormalize(plane);
        double[][] states = new double[iterations][200];
        for (int t = 0; t < iterations; t++) {
            Vectors.add(1, offset, states[t]);
            Vectors.add(3 * Math.cos(2 * Math.PI * t / iterations), plane[0], states[t]);
            Vectors.add(3 * Math.sin(2 * Math.PI * t / iterations), plane[1], states[t]);
        }
        PrincipalComponents found = PrincipalComponents.of(Tensors.of(states), 0, 6);
        assertThat(found.explained(0) + found.explained(1)).isCloseTo(1, TINY);
        assertThat(found.explained(0)).isCloseTo(0.5, Offset.offset(1e-6));
        double[][] at = found.coordinates(0);
        for (int t = 0; t < iterations; t++) {
            assertThat(Math.hypot(at[t][0], at[t][1])).isCloseTo(3, TINY);
            double[] next = at[(t + 1) % iterations];
            assertThat(Math.hypot(next[0] - at[t][0], next[1] - at[t][1])).isCloseTo(6 * Math.sin(Math.PI / iterations), TINY);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-300, 1e300, 1e-320})
    void aLineIsALineInAnyUnit(double unit) {
        double[][] states = new double[11][4];
        for (int t = 0; t < 11; t++) {
            states[t] = new double[] {3 * t * unit, 0, -4 * t * unit, 0};
        }
        PrincipalComponents found = PrincipalComponents.of(Tensors.of(states), 0, 3);
        assertThat(found.explained(0)).isCloseTo(1, TINY);
        for (int t = 0; t < 11; t++) {
            // Both ends are as far from the mean: the first is positive, but for rounding.
            assertThat(Math.abs(found.coordinate(0, t, 0)) / unit).isCloseTo(5.0 * Math.abs(5 - t),
                    Offset.offset(unit < 1e-300 ? 1e-3 : 1e-9));
            assertThat(found.coordinate(0, t, 1)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-300, 1e300, 1e-320})
    void aLongLineIsALineInAnyUnit(double unit) {
        double[][] states = new double[601][4];
        for (int t = 0; t < 601; t++) {
            states[t] = new double[] {3 * t * unit, 0, -4 * t * unit, 0};
        }
        PrincipalComponents found = PrincipalComponents.of(Tensors.of(states), 0, 3);
        assertThat(found.explained(0)).isCloseTo(1, TINY);
        for (int t = 0; t < 601; t++) {
            assertThat(Math.abs(found.coordinate(0, t, 0)) / unit).isCloseTo(5.0 * Math.abs(300 - t),
                    Offset.offset(unit < 1e-300 ? 1e-3 : 1e-9));
            assertThat(found.coordinate(0, t, 1)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void statesThatAreTheSameAreAllZeros(int iterations) {
        double[][] states = new double[iterations][3];
        for (double[] state : states) {
            Arrays.fill(state, 0.1);
        }
        PrincipalComponents found = PrincipalComponents.of(Tensors.of(states), 0, 2);
        assertThat(found.isConstant()).isTrue();
        assertThat(found.explained(0)).isZero();
        assertThat(found.coordinates(0)).isDeepEqualTo(new double[iterations][2]);
        if (iterations > 1) {
            states[iterations - 1][1] = Math.nextUp(0.1);
            PrincipalComponents moved = PrincipalComponents.of(Tensors.of(states), 0, 2);
            assertThat(moved.isConstant()).isFalse();
            assertThat(moved.explained(0)).isCloseTo(1, TINY);
        }
    }

    @Test
    void aMovementFarSmallerThanTheStateIsSeen() {
        SplittableRandom random = Seeds.random("small");
        double[][][] small = states(random, 40, 1, 64, 0.6, 8);
        for (double[][] iteration : small) {
            for (int d = 0; d < 64; d++) {
                // Exact: multiples of a millionth of the state, about.
                iteration[0][d] = Math.rint(iteration[0][d] * 1024) / 1024;
            }
        }
        PrincipalComponents near = PrincipalComponents.of(Tensors.of(DType.F64, small), 0, 6);
        for (double[][] iteration : small) {
            for (int d = 0; d < 64; d++) {
                iteration[0][d] += 1e9;
            }
        }
        PrincipalComponents far = PrincipalComponents.of(Tensors.of(DType.F64, small), 0, 6);
        for (int t = 0; t < 40; t++) {
            assertThat(far.coordinates(0)[t]).containsExactly(near.coordinates(0)[t], Offset.offset(1e-6));
        }
    }

    @Test
    void theFarthestCoordinateIsPositiveAndEveryRunTheSame() {
        for (int iterations : new int[] {60, 800}) {
            double[][][] values = states(Seeds.random("sign"), iterations, 2, 40, 0.7, 9);
            StateTensor states = Tensors.of(DType.F32, values);
            PrincipalComponents first = PrincipalComponents.of(states, new int[] {0, 1}, 6);
            PrincipalComponents second = PrincipalComponents.of(states, new int[] {0, 1}, 6);
            for (int k = 0; k < 6; k++) {
                double least = 0;
                double most = 0;
                for (int i = 0; i < 2; i++) {
                    for (int t = 0; t < iterations; t++) {
                        least = Math.min(least, first.coordinate(i, t, k));
                        most = Math.max(most, first.coordinate(i, t, k));
                        assertThat(second.coordinate(i, t, k)).isEqualTo(first.coordinate(i, t, k));
                    }
                }
                assertThat(most).isGreaterThanOrEqualTo(-least);
                assertThat(second.explained(k)).isEqualTo(first.explained(k));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aStateThatIsNotFiniteIsNamed(double bad) {
        double[][][] values = states(Seeds.random("bad"), 20, 3, 10, 0.7, 5);
        values[7][2][9] = bad;
        for (DType dtype : DType.values()) {
            StateTensor states = Tensors.of(dtype, values);
            assertThatThrownBy(() -> PrincipalComponents.of(states, new int[] {0, 2}, 6)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("token 2 ").hasMessageContaining("iteration 7").hasMessageContaining(Double.toString(bad));
            assertThat(PrincipalComponents.of(states, 1, 6).explained(0)).isPositive();
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        StateTensor states = Tensors.of(DType.F32, states(Seeds.random("refused"), 4, 3, 5, 0.7, 3));
        for (int token : new int[] {-1, 3, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> PrincipalComponents.of(states, token, 2)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("token " + token).hasMessageContaining("0 to 2");
        }
        assertThatThrownBy(() -> PrincipalComponents.of(states, 0, 0)).hasMessageContaining("0 components");
        assertThatThrownBy(() -> PrincipalComponents.of(states, new int[0], 2)).hasMessageContaining("no tokens");
        PrincipalComponents two = PrincipalComponents.of(states, new int[] {2, 0}, 2);
        assertThat(two.tokens()).containsExactly(2, 0);
        assertThatThrownBy(() -> two.coordinate(2, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> two.coordinate(0, 4, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> two.coordinate(0, 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        StateTensor batched = StateTensor.allocate(DType.F32, Shape.of(4, 2, 3, 5));
        assertThatThrownBy(() -> PrincipalComponents.of(batched, 0, 2)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("batch");
        batched.close();
        StateTensor closed = StateTensor.allocate(DType.F32, Shape.of(4, 3, 5));
        closed.close();
        assertThatThrownBy(() -> PrincipalComponents.of(closed, 0, 2)).isInstanceOf(IllegalStateException.class);
    }
}
