package io.github.latentconvergence.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.Convergence;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateTensorTest {
    private static final Shape SMALL = Shape.of(3, 2, 5);

    @ParameterizedTest
    @EnumSource(DType.class)
    void aNewTensorIsZeroAndCanBeFilled(DType dtype) {
        try (StateTensor tensor = StateTensor.allocate(dtype, SMALL)) {
            assertThat(tensor.dtype()).isEqualTo(dtype);
            assertThat(tensor.segment().byteSize()).isEqualTo(30L * dtype.bytes());
            for (int t = 0; t < 3; t++) {
                assertThat(tensor.iteration(t).toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) 0);
                assertThat(tensor.get(t, 1, 4)).isZero();
            }
            tensor.row(2, 1).fill((byte) 0x3c);
            assertThat(tensor.get(2, 1, 0)).isNotZero().isEqualTo(tensor.get(2, 1, 4));
            assertThat(tensor.get(2, 0, 4)).isZero();
            assertThat(tensor.get(1, 1, 4)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4095, (4L << 20) - 4, 4L << 20, (4L << 20) + 4, 70L << 20})
    void memoryOfAnySizeIsZeroWritableToItsLastByteAndGivenBack(long bytes) throws IOException {
        long hidden = Math.max(1, bytes / 4);
        long before = mappings();
        for (int n = 0; n < 3; n++) {
            StateTensor tensor = StateTensor.allocate(DType.F32, Shape.of(1, 1, hidden));
            MemorySegment memory = tensor.segment();
            assertThat(memory.byteSize()).isEqualTo(4 * hidden);
            assertThat(memory.mismatch(MemorySegment.ofArray(new byte[1]))).isEqualTo(1);
            for (long at = 0; at < hidden; at += Math.max(1, hidden / 1000)) {
                assertThat(memory.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * at)).isZero();
            }
            memory.fill((byte) -1);
            tensor.close();
            assertThatIllegalStateException().isThrownBy(() -> memory.get(ValueLayout.JAVA_BYTE, 0));
        }
        if (before > 0 && bytes > 32L << 20) {
            assertThat(mappings()).as("bytes mapped").isLessThan(before + bytes / 2);
        }
    }

    /** Bytes of address space in anonymous mappings of at least 16 MiB that are not the heap: coarse, but three leaked tensors of 70 MiB show. 0 where the system does not tell. */
    private static long mappings() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmSize:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", ""))).sum();
    }

    @Test
    void closingTwiceIsHarmlessAndUseAfterwardsIsRefused() {
        StateTensor tensor = StateTensor.allocate(DType.F32, SMALL);
        StateTensor view = tensor.iterations(1, 3);
        assertThat(tensor.isOpen()).isTrue();
        tensor.close();
        tensor.close();
        assertThat(tensor.isOpen()).isFalse();
        assertThat(tensor.toString()).contains("closed");
        List<Consumer<StateTensor>> uses = List.of(StateTensor::segment, t -> t.iteration(0), t -> t.row(0, 0), t -> t.get(0, 0, 0),
                t -> t.tokens(0, 1), t -> t.iterations(0, 1), StateTensor::hold, Convergence::convergenceMatrix);
        for (Consumer<StateTensor> use : uses) {
            for (StateTensor closed : List.of(tensor, view)) {
                assertThatIllegalStateException().isThrownBy(() -> use.accept(closed)).withMessage("the tensor has been closed");
            }
        }
    }

    @Test
    void closingAViewDoesNothingAndAHoldKeepsTheTensorOpen() {
        StateTensor tensor = StateTensor.allocate(DType.F32, SMALL);
        tensor.tokens(0, 1).close();
        assertThat(tensor.isOpen()).isTrue();
        StateTensor.Hold first = tensor.hold();
        StateTensor.Hold second = tensor.tokens(1, 2).hold();
        assertThatIllegalStateException().isThrownBy(tensor::close).withMessageContaining("2 running computation(s)");
        first.close();
        first.close();
        assertThatIllegalStateException().isThrownBy(tensor::close).withMessageContaining("1 running computation(s)");
        assertThat(tensor.get(0, 0, 0)).isZero();
        second.close();
        tensor.close();
        assertThat(tensor.isOpen()).isFalse();
    }

    @Test
    void borrowedMemoryStaysTheCallers() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(120);
            StateTensor tensor = StateTensor.of(memory, DType.F32, SMALL);
            tensor.close();
            assertThatIllegalStateException().isThrownBy(tensor::segment);
            assertThatCode(() -> memory.fill((byte) 1)).doesNotThrowAnyException();
        }
    }

    @Test
    void anArenaThatIsTakenOverIsClosedWithTheTensorButNotWhenTheTensorIsRefused() {
        try (Arena kept = Arena.ofShared()) {
            assertThatIllegalArgumentException().isThrownBy(() -> StateTensor.of(kept, kept.allocate(8), DType.F32, SMALL));
            assertThat(kept.scope().isAlive()).isTrue();
        }
        Arena arena = Arena.ofShared();
        StateTensor tensor = StateTensor.of(arena, arena.allocate(120), DType.F32, SMALL);
        StateTensor beside = tensor.alongside(arena.allocate(8), DType.F16, Shape.of(2, 2));
        tensor.close();
        assertThat(arena.scope().isAlive()).isFalse();
        assertThat(beside.isOpen()).isFalse();
    }

    @Test
    void stridedViewsGiveRowsButNoIterations() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(4 * 3 * 4 * 2 * 5, 4);
            StateTensor four = StateTensor.of(memory, DType.F32, Shape.of(3, 4, 2, 5));
            assertThat(four.hasBatch()).isTrue();
            assertThat(four.batches()).isEqualTo(4);
            for (int n = 0; n < 3 * 4 * 2 * 5; n++) {
                memory.setAtIndex(ValueLayout.JAVA_FLOAT, n, n);
            }
            StateTensor one = four.batch(2);
            assertThat(one.shape()).isEqualTo(SMALL);
            assertThat(one.get(1, 1, 3)).isEqualTo(((1 * 4 + 2) * 2 + 1) * 5 + 3);
            assertThat(one.iteration(1).get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(60);
            StateTensor swapped = StateTensor.of(memory, DType.F32, SMALL, 5, 15, 1);
            assertThatIllegalStateException().isThrownBy(() -> swapped.iteration(0)).withMessageContaining("use row(iteration, token)");
            assertThat(swapped.row(1, 1).get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(20);
            assertThat(swapped.tokens(1, 2).iteration(2).get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(25);
            assertThat(one.iterations(1, 3).tokens(1, 2).get(0, 0, 0)).isEqualTo(one.get(1, 1, 0));
            StateTensor rows = StateTensor.of(memory, DType.F32, Shape.of(2, 5));
            assertThat(rows.iterations()).isEqualTo(1);
            assertThatIllegalStateException().isThrownBy(() -> rows.iterations(0, 1)).withMessageContaining("no iteration axis");
            assertThatIllegalStateException().isThrownBy(() -> one.batch(0)).withMessageContaining("no batch axis");
            assertThatThrownBy(() -> four.batch(4)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void fourAxesMustBeChosenFrom() {
        try (StateTensor four = StateTensor.allocate(DType.F32, Shape.of(2, 1, 2, 3))) {
            for (Consumer<StateTensor> use : List.<Consumer<StateTensor>>of(t -> t.iteration(0), t -> t.row(0, 0), t -> t.get(0, 0, 0),
                    Convergence::convergenceMatrix)) {
                assertThatIllegalStateException().isThrownBy(() -> use.accept(four)).withMessageContaining("choose one with batch(b)");
            }
            assertThat(Convergence.convergenceMatrix(four.batch(0)).tokens()).isEqualTo(2);
        }
    }

    @Test
    void indicesOutsideAreRefused() {
        try (StateTensor tensor = StateTensor.allocate(DType.F32, SMALL)) {
            for (Consumer<StateTensor> use : List.<Consumer<StateTensor>>of(t -> t.iteration(3), t -> t.iteration(-1), t -> t.row(0, 2),
                    t -> t.row(3, 0), t -> t.get(0, 0, 5), t -> t.get(0, 0, -1), t -> t.iterations(1, 1), t -> t.iterations(2, 4),
                    t -> t.tokens(-1, 1), t -> t.tokens(1, 0))) {
                assertThatThrownBy(() -> use.accept(tensor)).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    void whatCannotBeATensorIsRefusedInWords() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(1000);
            refused(() -> StateTensor.of(MemorySegment.ofArray(new byte[1000]), DType.F32, SMALL), "Java heap");
            refused(() -> StateTensor.of(memory.asSlice(0, 119), DType.F32, SMALL), "reaches over 120 bytes; the segment has 119");
            refused(() -> StateTensor.of(memory, DType.F32, Shape.of(5)), "rank 1");
            refused(() -> StateTensor.of(memory, DType.F32, Shape.of(1, 1, 1, 1, 1)), "rank 5");
            refused(() -> StateTensor.allocate(DType.F32, Shape.of(5)), "rank 1");
            refused(() -> StateTensor.of(memory, DType.F32, SMALL, 5, 1), "2 strides for shape [3][2][5]");
            refused(() -> StateTensor.of(memory, DType.F32, SMALL, 10, 5, 2), "must be contiguous");
            refused(() -> StateTensor.of(memory, DType.F32, SMALL, -10, 5, 1), "must not be negative");
            refused(() -> StateTensor.of(memory, DType.F32, SMALL, Long.MAX_VALUE, 5, 1), "2^63 - 1");
            refused(() -> StateTensor.of(memory, DType.F32, SMALL, 1L << 61, 5, 1), "2^63 - 1");
            refused(() -> StateTensor.of(memory, DType.F32, SMALL, 1L << 32, 5, 1), "the segment has 1000");
            refused(() -> StateTensor.of(memory, DType.F64, Shape.of(1L << 31, 1L << 30, 1)), "2^63 - 1 bytes");
            refused(() -> StateTensor.allocate(DType.F64, Shape.of(1L << 31, 1L << 30, 1)), "2^63 - 1 bytes");
        }
    }

    @Test
    void shapesAreExact() {
        refused(Shape::of, "at least one axis");
        refused(() -> Shape.of(2, 0, 3), "axis of size 0");
        refused(() -> Shape.of(2, -1), "axis of size -1");
        refused(() -> Shape.of(1L << 32, 1L << 31), "more than 2^63 - 1 elements");
        Shape large = Shape.of((1L << 31) - 1, 1L << 32);
        assertThat(large.elements()).isEqualTo(((1L << 31) - 1) << 32);
        refused(() -> large.bytes(DType.BF16), "more than 2^63 - 1 bytes");
        assertThat(Shape.of(4, 3, 2).contiguousStrides()).containsExactly(6, 2, 1);
        assertThat(SMALL).isEqualTo(Shape.of(3, 2, 5)).isNotEqualTo(Shape.of(3, 5, 2)).hasToString("[3][2][5]");
    }

    @Test
    void memoryThatCannotBeHadIsAnErrorAndLeavesNothingBehind() {
        Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"), "skipped: other systems may overcommit this much");
        assertThatThrownBy(() -> StateTensor.allocate(DType.F32, Shape.of(1L << 28, 1L << 30))).isInstanceOf(OutOfMemoryError.class);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable use, String phrase) {
        assertThatIllegalArgumentException().isThrownBy(use).withMessageContaining(phrase);
    }
}
