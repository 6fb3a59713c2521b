package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.internal.kernel.Plan;
import io.github.latentconvergence.internal.kernel.Sums;
import io.github.latentconvergence.internal.kernel.Tile;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Progress, cancelling, failing, and that nothing is left behind by any of them. */
class RunningTest {
    private static final ConvergenceOptions L2 = ConvergenceOptions.defaults();

    @AfterEach
    void noThreadIsAtWork() {
        assertThat(Thread.interrupted()).as("left interrupted").isFalse();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            if (thread.getName().startsWith("latent-convergence-")) {
                assertThat(frames).as("%s is idle", thread.getName()).extracting(StackTraceElement::getClassName)
                        .noneMatch(name -> name.startsWith(Parallel.class.getName()));
            }
        });
    }

    /** 120 tiles of next to nothing; {@code whenDone} makes them as slow as a test needs. */
    private static void run(StateTensor states, int threads, Consumer<Tile> whenDone, DoubleConsumer progress) {
        Planner planner = new Planner(states);
        planner.add(Metric.L2, Reference.last(), Normalization.none());
        Plan plan = planner.plan(Normalization.none());
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            tiles.add(new Tile(i, 1, 0, 2));
        }
        Kernels kernels = AllKernels.all().getLast();
        new TileRunner(kernels, plan, Sums.of(plan, 120, 2), tiles, whenDone).run(threads, progress);
    }

    private static StateTensor states() {
        return StateTensor.allocate(DType.F32, Shape.of(2, 120, 3));
    }

    private static void sleep(Tile tile) {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void progressIsToldTenTimesASecondAtMostAndOnceAtTheEnd(int threads) {
        List<Double> told = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        Thread caller = Thread.currentThread();
        try (StateTensor states = states()) {
            long start = System.nanoTime();
            run(states, threads, RunningTest::sleep, fraction -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                told.add(fraction);
                times.add(System.nanoTime() - start);
            });
        }
        assertThat(told).isSorted().doesNotHaveDuplicates().allMatch(f -> f > 0 && f <= 1).endsWith(1.0);
        assertThat(told).as("of a run of %s ms", times.getLast() / 1_000_000).hasSizeGreaterThan(1);
        for (int n = 1; n < times.size() - 1; n++) {
            assertThat(times.get(n) - times.get(n - 1)).isGreaterThan(90_000_000);
        }
    }

    @Test
    void progressOverSeveralPassesIsStillToldTenTimesASecondAtMostAndEndsAtOne() {
        try (StateTensor states = states()) {
            for (int passes = 1; passes <= 60; passes++) {
                List<ConvergenceOptions> options = new ArrayList<>();
                List<Double> told = new ArrayList<>();
                for (int n = 0; n < passes; n++) {
                    options.add(L2.withNormalization(Normalization.rmsNorm(n)).withProgress(told::add));
                }
                long start = System.nanoTime();
                new Measurement(states, Optional.empty(), options).run();
                long tenths = (System.nanoTime() - start) / 100_000_000;
                assertThat(told).as("%s passes", passes).isSorted().endsWith(1.0).hasSizeLessThanOrEqualTo((int) tenths + 1);
            }
        }
    }

    @Test
    void aListenersExceptionComesOutAsItIsAndNothingIsLeaked() {
        class Own extends RuntimeException {
            private static final long serialVersionUID = 1;
        }
        Own own = new Own();
        StateTensor states = states();
        assertThatThrownBy(() -> Convergence.convergenceMatrix(states, L2.withProgress(fraction -> {
            throw own;
        }))).isSameAs(own);
        AssertionError error = new AssertionError("own");
        assertThatThrownBy(() -> run(states, 3, RunningTest::sleep, fraction -> {
            throw error;
        })).isSameAs(error);
        states.close();
        assertThat(states.isOpen()).isFalse();
    }

    @Test
    void aTileThatFailsOnAnotherThreadFailsTheMeasurement() {
        StateTensor states = states();
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> run(states, 3, tile -> {
            sleep(tile);
            if (!Thread.currentThread().equals(caller)) {
                throw new IllegalArgumentException("on another thread");
            }
        }, fraction -> {})).isInstanceOf(IllegalArgumentException.class).hasMessage("on another thread");
        states.close();
    }

    @Test
    void aTensorCannotBeClosedWhileItIsMeasured() {
        StateTensor states = states();
        StateTensor reference = StateTensor.allocate(DType.F32, Shape.of(120, 3));
        AtomicInteger refused = new AtomicInteger();
        ConvergenceMatrix matrix = Convergence.convergenceMatrix(states,
                L2.withReference(Reference.external(reference)).withProgress(fraction -> {
                    for (StateTensor tensor : List.of(states, reference)) {
                        assertThatIllegalStateException().isThrownBy(tensor::close)
                                .withMessageContaining("running computation(s) and stays open");
                        assertThat(tensor.isOpen()).isTrue();
                        refused.incrementAndGet();
                    }
                }));
        assertThat(refused.get()).isEqualTo(2);
        assertThat(matrix.distance(119, 1)).isZero();
        states.close();
        reference.close();
        assertThat(List.of(states.isOpen(), reference.isOpen())).containsOnly(false);
    }

    @Test
    void interruptingBeforeTheStartCancels() {
        StateTensor states = states();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Convergence.convergenceMatrix(states)).isInstanceOf(CancellationException.class)
                .hasMessageContaining("after 0 of ");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        states.close();
    }

    /** Not even by the helpers, which would be quick enough to begin some before the caller looks. */
    @Test
    void interruptingBeforeTheStartBeginsNothing() {
        StateTensor states = states();
        AtomicInteger begun = new AtomicInteger();
        for (int n = 0; n < 100; n++) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> run(states, 4, tile -> begun.incrementAndGet(), fraction -> {}))
                    .isInstanceOf(CancellationException.class).hasMessageContaining("after 0 of 120 tiles");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        assertThat(begun).hasValue(0);
        states.close();
    }

    /** No tile is left to stop before: the caller must be told all the same, and not that all is done. */
    @Test
    void interruptingDuringTheLastTileCancels() {
        StateTensor states = states();
        Thread self = Thread.currentThread();
        AtomicInteger done = new AtomicInteger();
        List<Double> told = Collections.synchronizedList(new ArrayList<>());
        assertThatThrownBy(() -> run(states, 1, tile -> {
            if (done.incrementAndGet() == 120) {
                self.interrupt();
            }
        }, told::add)).isInstanceOf(CancellationException.class).hasMessageContaining("after 120 of 120 tiles");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(told).doesNotContain(1.0);
        states.close();
    }

    /** A helper holds a tile until the caller, which has nothing else left, waits for it and is interrupted. */
    @Test
    void interruptingWhileTheCallerWaitsCancels() {
        StateTensor states = states();
        Thread self = Thread.currentThread();
        AtomicInteger helped = new AtomicInteger();
        assertThatThrownBy(() -> run(states, 2, tile -> {
            if (Thread.currentThread().equals(self)) {
                while (helped.get() == 0) {
                    Thread.onSpinWait();
                }
            } else if (helped.incrementAndGet() == 1) {
                while (self.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                self.interrupt();
            }
        }, fraction -> {})).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        states.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "latent-convergence-caller"})
    void interruptingCancelsEndsAllThreadsAndLetsTheTensorBeClosed(String name) throws InterruptedException {
        StateTensor states = states();
        List<Throwable> thrown = new ArrayList<>();
        List<Boolean> interrupted = new ArrayList<>();
        Thread caller = Thread.ofPlatform().unstarted(() -> {
            Thread self = Thread.currentThread();
            try {
                run(states, 3, tile -> {
                    if (Thread.currentThread().equals(self)) {
                        self.interrupt();
                    } else {
                        sleep(tile);
                    }
                }, fraction -> {});
            } catch (CancellationException cancelled) {
                thrown.add(cancelled);
            }
            interrupted.add(Thread.interrupted());
            self.setName("done");
        });
        caller.setName(name);
        caller.start();
        caller.join();
        assertThat(thrown).singleElement().asString().containsPattern("interrupted after \\d+ of 120 tiles");
        assertThat(interrupted).containsExactly(true);
        noThreadIsAtWork();
        states.close();
        assertThat(states.isOpen()).isFalse();
    }

    @Test
    void manyMeasurementsAtOnceGiveTheSame() throws InterruptedException {
        Rows rows = Traces.random("at once", 20, 30, 600);
        try (Arena arena = Arena.ofShared()) {
            StateTensor states = rows.tensor(arena);
            double[] expected = Convergence.convergenceMatrix(states).distances(29);
            List<double[]> found = Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = new ArrayList<>();
            for (int n = 0; n < 6; n++) {
                threads.add(Thread.ofPlatform().start(() -> found.add(Convergence.convergenceMatrix(states).distances(29))));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(found).hasSize(6).allSatisfy(one -> assertThat(one).isEqualTo(expected));
        }
    }
}
