package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.Op;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Reduction;
import io.github.latentconvergence.internal.kernel.Source;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reductions that exit rules rest on and no metric asks for: every kernel against the definition, bit for bit. */
class ReductionsTest {
    private static final int CASES = 12;

    private final Map<String, Long> compared = new TreeMap<>();

    @ParameterizedTest
    @EnumSource(DType.class)
    void accelerationsAndLargestComponentsHaveTheBitsOfTheDefinition(DType dtype) {
        SplittableRandom random = Seeds.random("reductions " + dtype);
        for (Rows.Kind kind : Rows.Kind.values()) {
            for (int n = 0; n < CASES; n++) {
                compare(Rows.random(random, kind, dtype, 1 + random.nextInt(9), 1 + random.nextInt(3),
                        1 + random.nextInt(n < 2 ? 3000 : 600)), random);
            }
        }
        System.out.println("reductions of exit rules, " + dtype.label() + ": sums compared " + compared);
        assertThat(compared).hasSize(2 * AllKernels.all().size()).allSatisfy((name, sums) -> assertThat(sums).isGreaterThan(500));
    }

    private void compare(Rows rows, SplittableRandom random) {
        boolean wide = rows.dtype() == DType.F64;
        try (Arena arena = Arena.ofConfined()) {
            StateTensor states = rows.tensor(arena);
            int k = random.nextInt(rows.iterations());
            Plan plan = new Plan(states, List.of(new Source(states.iterations(k, k + 1), false, wide)),
                    List.of(Reduction.plain(Op.MAX_ABS, 0, wide)),
                    List.of(Reduction.plain(Op.ACCEL2, Reduction.PREVIOUS, wide),
                            Reduction.plain(Op.MAX_ABS, Reduction.NO_SOURCE, wide)),
                    new double[rows.hidden()], 0);
            int cut = random.nextInt(rows.iterations() + 1); // the second tile looks back into the first
            List<Tile> tiles = List.of(new Tile(0, rows.tokens(), 0, cut), new Tile(0, rows.tokens(), cut, rows.iterations() - cut));
            for (Kernels kernels : AllKernels.all()) {
                Sums sums = AllKernels.sums(kernels, plan, tiles.stream().filter(t -> t.iterations() > 0).toList());
                for (int i = 0; i < rows.tokens(); i++) {
                    Definition definition = new Definition(rows.dtype(), rows.token(i), null, false, false, null, 0);
                    check(kernels, Op.MAX_ABS, sums.ofSources()[0][i], definition.largest(k), rows);
                    for (int t = 0; t < rows.iterations(); t++) {
                        int cell = i * rows.iterations() + t;
                        check(kernels, Op.ACCEL2, sums.ofStates()[0][cell], definition.acceleration(t), rows);
                        check(kernels, Op.MAX_ABS, sums.ofStates()[1][cell], definition.largest(t), rows);
                    }
                }
            }
        }
    }

    private void check(Kernels kernels, Op op, double found, double expected, Rows rows) {
        // doubleToLongBits: which NaN it is does not matter before it is finished
        if (Double.doubleToLongBits(found) != Double.doubleToLongBits(expected)) {
            assertThat(found).as("%s, %s, %s %s", kernels.name(), op, rows.dtype(), rows.shape()).isEqualTo(expected);
        }
        compared.merge(kernels.name() + " " + op.nativeName(), 1L, Long::sum);
    }
}
