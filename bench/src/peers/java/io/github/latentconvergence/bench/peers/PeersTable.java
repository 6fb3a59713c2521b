package io.github.latentconvergence.bench.peers;

import io.github.latentconvergence.BackendReport;
import io.github.latentconvergence.bench.SeededStates;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * All peers in turns, a quick look: the columns are those of {@code bench/python/peers.py}. Numbers to keep come from the JMH benchmarks, each in JVMs of its own.
 *
 * <p>{@code java JVM-FLAGS -cp bench/target/benchmarks.jar io.github.latentconvergence.bench.peers.PeersTable [iterations tokens hidden [rounds]]}
 */
public final class PeersTable {
    private static final int WARM_UP_ROUNDS = 10;

    private PeersTable() {}

    /** Prints the table for float32 and bfloat16 states, with one thread and with all; {@code 65 256 5280} and 20 rounds where nothing is given. */
    public static void main(String[] args) {
        long[] numbers = Arrays.stream(args).mapToLong(Long::parseLong).toArray();
        Shape shape = numbers.length >= 3 ? Shape.of(numbers[0], numbers[1], numbers[2]) : Shape.of(65, 256, 5280);
        int rounds = numbers.length == 4 ? Math.toIntExact(numbers[3]) : 20;
        BackendReport report = BackendReport.current();
        System.out.printf(Locale.ROOT, "%s, %s, Java %s, %s%n", report.cpu(), report.chosen(), Runtime.version(), Torch.config());
        System.out.printf(Locale.ROOT, "l2 and log10 of %s to the last iteration, best and median of %d rounds in turns%n%n", shape,
                rounds);
        System.out.println("library                dtype  threads   best ms  median ms   GB/s");
        for (DType dtype : List.of(DType.F32, DType.BF16)) {
            try (StateTensor states = SeededStates.of(dtype, shape)) {
                for (int threads : new TreeSet<>(List.of(1, Runtime.getRuntime().availableProcessors()))) {
                    measure(states, threads, rounds);
                }
            }
        }
    }

    /** A library that is ready, and what its rounds took. */
    private record Entrant(Library library, Peer peer, long[] nanos) {}

    private static void measure(StateTensor states, int threads, int rounds) {
        List<Entrant> entrants = Arrays.stream(Library.values()).filter(library -> library.takes(states.dtype()))
                .map(library -> new Entrant(library, library.open(states, threads), new long[rounds])).toList();
        for (Entrant entrant : entrants) {
            Check.check(entrant.library, states, entrant.peer.measure());
        }
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            for (Entrant entrant : entrants) {
                long start = System.nanoTime();
                Answer answer = entrant.peer.measure();
                long taken = System.nanoTime() - start;
                if (!(answer.distance(0, 0) >= 0)) {
                    throw new IllegalStateException(entrant.library.label() + " gave the distance " + answer.distance(0, 0));
                }
                entrant.nanos[Math.max(0, round)] = taken;
            }
        }
        for (Entrant entrant : entrants) {
            entrant.peer.close();
            Arrays.sort(entrant.nanos);
            System.out.printf(Locale.ROOT, "%-21s  %-5s  %7d  %8.2f  %9.2f  %5.1f%n", entrant.library.label(), states.dtype().label(),
                    threads,
                    entrant.nanos[0] / 1e6, entrant.nanos[rounds / 2] / 1e6, (double) states.segment().byteSize() / entrant.nanos[0]);
        }
    }
}
