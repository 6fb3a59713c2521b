package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Threads that stay for the next call, and bring nothing from the last one. */
class HelpersTest {
    private static final int MANY = 7;

    /** The threads that do something at the same time. */
    private static Set<Thread> together(Runnable work) throws InterruptedException, ExecutionException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(MANY);
        CountDownLatch begun = new CountDownLatch(MANY);
        List<Helpers.Task> started = IntStream.range(0, MANY).mapToObj(n -> Helpers.start(() -> {
            begun.countDown();
            threads.add(Thread.currentThread());
            work.run();
            all.countDown();
            try {
                all.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })).toList();
        begun.await();
        for (Helpers.Task one : started) {
            one.join();
        }
        return threads;
    }

    private static void waitUntilIdle(Set<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
                Thread.sleep(1);
            }
        }
    }

    @Test
    void theyStayForTheNextCallAndEndSoonAfterwards() throws InterruptedException, ExecutionException {
        Set<Thread> first = together(() -> {});
        assertThat(first).hasSize(MANY).allMatch(Thread::isDaemon).extracting(Thread::getName)
                .allMatch(name -> name.startsWith("latent-convergence-"));
        waitUntilIdle(first);
        assertThat(together(() -> {})).as("no new one where enough are idle").containsAnyElementsOf(first);
        for (Thread thread : first) {
            assertThat(thread.join(Duration.ofSeconds(10L * Helpers.SECONDS_KEPT))).as("%s has ended", thread).isTrue();
        }
    }

    @Test
    void nothingIsInheritedFromWhoStartsThem() throws InterruptedException, ExecutionException {
        InheritableThreadLocal<@Nullable String> local = new InheritableThreadLocal<>();
        Set<String> found = ConcurrentHashMap.newKeySet();
        ThreadGroup group = new ThreadGroup("somebody's");
        Thread caller = new Thread(group, () -> {
            local.set("somebody's");
            try {
                together(() -> {
                    Thread self = Thread.currentThread();
                    found.add(local.get() + ", " + self.getContextClassLoader() + ", " + self.getThreadGroup().getParent());
                });
            } catch (InterruptedException | ExecutionException e) {
                found.add(e.toString());
            }
        });
        caller.start();
        caller.join();
        assertThat(found).containsExactly("null, null, null");
    }

    @Test
    void anInterruptOfOneCallIsNotSeenByTheNext() throws InterruptedException, ExecutionException {
        Set<Thread> first = together(() -> {});
        waitUntilIdle(first);
        together(() -> Thread.currentThread().interrupt());
        Set<Boolean> found = ConcurrentHashMap.newKeySet();
        together(() -> found.add(Thread.currentThread().isInterrupted()));
        assertThat(found).containsExactly(false);
    }

    @Test
    void whatHasNotBegunWhenItIsJoinedNeverDoes() throws InterruptedException, ExecutionException {
        Set<Integer> begun = ConcurrentHashMap.newKeySet();
        Set<Integer> joined = ConcurrentHashMap.newKeySet();
        for (int n = 0; n < 2000; n++) {
            int number = n;
            Helpers.Task task = Helpers.start(() -> {
                assertThat(joined).doesNotContain(number);
                begun.add(number);
            });
            task.join();
            joined.add(number);
            int now = begun.size();
            Thread.onSpinWait();
            assertThat(begun).hasSize(now);
        }
    }

    @Test
    void whatIsThrownComesOutOfJoining() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Helpers.Task task = Helpers.start(() -> {
            begun.countDown();
            throw new IllegalStateException("own");
        });
        begun.await();
        assertThatThrownBy(task::join).hasCause(new IllegalStateException("own"));
    }
}
