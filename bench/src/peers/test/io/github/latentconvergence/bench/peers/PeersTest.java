package io.github.latentconvergence.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every peer against the obvious loop, on every cell, for all types that it takes. */
class PeersTest {
    /** Rows that fill no register, one and several, with and without a tail; fewer tokens than threads; a single iteration. */
    private static final List<Shape> SHAPES = List.of(Shape.of(5, 7, 1), Shape.of(4, 3, 67), Shape.of(3, 1, 256), Shape.of(1, 2, 40),
            Shape.of(6, 5, 1027));

    static List<Arguments> everything() {
        List<Arguments> all = new ArrayList<>();
        for (Library library : Library.values()) {
            for (DType dtype : DType.values()) {
                for (int threads : new int[] {1, 2, 3}) {
                    if (library.takes(dtype)) {
                        all.add(Arguments.of(library, dtype, threads));
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("everything")
    void answersLikeTheObviousLoop(Library library, DType dtype, int threads) {
        for (Shape shape : SHAPES) {
            try (StateTensor states = SeededStates.of(dtype, shape); Peer peer = library.open(states, threads)) {
                Check.check(library, states, peer.measure());
                Check.check(library, states, peer.measure());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void refusesTypesItDoesNotTake(Library library) {
        for (DType dtype : DType.values()) {
            try (StateTensor states = SeededStates.of(dtype, Shape.of(2, 2, 2))) {
                if (!library.takes(dtype)) {
                    assertThatThrownBy(() -> library.open(states, 1)).isInstanceOf(IllegalArgumentException.class)
                            .hasMessage(library.label() + " cannot take states of type " + dtype.label());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everything")
    void aWrongCellIsFound(Library library, DType dtype, int threads) {
        try (StateTensor states = SeededStates.of(dtype, Shape.of(3, 4, 100)); Peer peer = library.open(states, threads)) {
            Answer right = peer.measure();
            double[] distances = new double[12];
            double[] logs = new double[12];
            for (int cell = 0; cell < 12; cell++) {
                distances[cell] = right.distance(cell / 3, cell % 3);
                logs[cell] = right.logDistance(cell / 3, cell % 3);
            }
            Answer copy = Answer.of(3, distances, logs);
            assertThatCode(() -> Check.check(library, states, copy)).doesNotThrowAnyException();
            distances[7] *= 1 + 3 * library.tolerance(dtype);
            assertThatThrownBy(() -> Check.check(library, states, copy)).isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(library.label() + " is wrong at token 2, iteration 1");
        }
    }

    @Test
    void labelsNameLibraries() {
        for (Library library : Library.values()) {
            assertThat(Library.ofLabel(library.label())).isEqualTo(library);
        }
        assertThatThrownBy(() -> Library.ofLabel("excel")).hasMessageContaining("'excel'").hasMessageContaining("pytorch-upcast-loop");
    }
}
