package io.github.latentconvergence.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsTest {
    @Test
    void aRightMatrixPassesAndAnotherDoesNot() {
        try (StateTensor states = SeededStates.of(DType.F32, Shape.of(6, 5, 300))) {
            for (String metric : Jobs.METRICS) {
                ConvergenceMatrix matrix = Convergence.convergenceMatrix(states, Jobs.options(metric, 1));
                Jobs.check(states, matrix, metric);
                String other = Jobs.METRICS.get((Jobs.METRICS.indexOf(metric) + 1) % Jobs.METRICS.size());
                assertThatThrownBy(() -> Jobs.check(states, matrix, other)).isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith(other + " of token 0 at iteration 0 is ");
            }
        }
    }

    /** States (1, 2, 2) and (2, 0, 2). */
    @ParameterizedTest
    @CsvSource({"l2,2.23606797749979", "l1,3", "linf,2", "cosine,0.29289321881345254"})
    void whatIsExpectedIsTheDefinition(String metric, double distance) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment values = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 1, 2, 2, 2, 0, 2);
            double expected = Jobs.expected(StateTensor.of(values, DType.F64, Shape.of(2, 1, 3)), 0, 0, metric);
            assertThat(expected).isCloseTo(distance, within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({"l2,1", "rmsnorm-l2,1", "cosine,3", "l1,2"})
    void aTileLoopChecksItself(String metric, int threads) throws InterruptedException {
        try (StateTensor states = SeededStates.of(DType.BF16, Shape.of(5, 40, 100))) {
            for (String tier : Machine.tiers()) {
                TileLoop loop = new TileLoop(states, metric, Machine.kernels(tier), threads);
                double[] first = loop.run().ofStates()[0].clone();
                assertThat(loop.run().ofStates()[0]).as(tier).isEqualTo(first);
                loop.close();
            }
        }
    }

    @Test
    void seededStatesDifferFromRowToRow() {
        try (StateTensor states = SeededStates.of(DType.F32, Shape.of(3, 2, 500_000))) {
            assertThat(states.get(0, 0, 7)).isNotEqualTo(states.get(1, 0, 7)).isNotEqualTo(states.get(2, 0, 7));
            assertThat(states.get(2, 1, 499_999)).as("filled to the end").isBetween(0.5, 1.5);
        }
    }
}
