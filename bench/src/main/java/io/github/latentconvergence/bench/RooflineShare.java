package io.github.latentconvergence.bench;

import io.github.latentconvergence.BackendReport;
import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.internal.kernel.KernelSelection;
import io.github.latentconvergence.internal.kernel.ReadRoofline;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;

/**
 * {@code convergenceMatrix()} of an off-heap tensor, end to end, as a share of the time that plain reads of the same bytes take. The two alternate within every round, so that
 * what else the machine does falls on both; the share is that of the best rounds, and the median of the rounds' own shares stands beside it.
 *
 * <p>{@code java -jar bench/target/benchmarks.jar [iterations tokens hidden [rounds]]}
 */
public final class RooflineShare {
    /** So many until the last loop, that of the logarithms, is compiled for good. */
    private static final int WARM_UP_ROUNDS = 60;

    private RooflineShare() {}

    /** Prints the table for a trace of the given shape; {@code 65 256 5280} and 40 rounds where none is given. */
    public static void main(String[] args) {
        long[] numbers = Arrays.stream(args).mapToLong(Long::parseLong).toArray();
        Shape shape = numbers.length >= 3 ? Shape.of(numbers[0], numbers[1], numbers[2]) : Shape.of(65, 256, 5280);
        int rounds = numbers.length == 4 ? Math.toIntExact(numbers[3]) : 40;
        BackendReport report = BackendReport.current();
        System.out.printf(Locale.ROOT, "%s, %s, Java %s%n", report.cpu(), report.chosen(), Runtime.version());
        System.out.printf(Locale.ROOT, "convergenceMatrix() of %s, l2 to the last iteration, %d rounds interleaved with plain reads%n%n",
                shape, rounds);
        System.out.println("dtype  threads      MB   matrix ms  read ms   GB/s  share of roofline (best)  (median round)");
        for (DType dtype : DType.values()) {
            try (StateTensor states = SeededStates.of(dtype, shape)) {
                for (int threads : new TreeSet<>(Arrays.asList(1, Runtime.getRuntime().availableProcessors()))) {
                    line(states, threads, rounds);
                }
            }
        }
    }

    private static void line(StateTensor states, int threads, int rounds) {
        ReadRoofline roofline = new ReadRoofline(KernelSelection.best().kernels());
        ConvergenceOptions options = ConvergenceOptions.defaults().withThreads(threads);
        double[] shares = new double[rounds];
        long bestRead = Long.MAX_VALUE;
        long bestMatrix = Long.MAX_VALUE;
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            long read = Long.MAX_VALUE;
            for (int streams : ReadRoofline.STREAMS) {
                read = Math.min(read, roofline.nanos(states.segment(), threads, streams));
            }
            long start = System.nanoTime();
            ConvergenceMatrix matrix = Convergence.convergenceMatrix(states, options);
            long nanos = System.nanoTime() - start;
            check(states, matrix);
            if (round >= 0) {
                shares[round] = (double) read / nanos;
                bestRead = Math.min(bestRead, read);
                bestMatrix = Math.min(bestMatrix, nanos);
            }
        }
        Arrays.sort(shares);
        double bytes = states.segment().byteSize();
        System.out.printf(Locale.ROOT, "%-5s  %7d  %6.0f  %10.2f  %7.2f  %5.1f  %24.2f  %14.2f%n", states.dtype().label(), threads,
                bytes / 1e6,
                bestMatrix / 1e6, bestRead / 1e6, bytes / bestMatrix, (double) bestRead / bestMatrix, shares[rounds / 2]);
    }

    /** One cell, computed the obvious way. */
    private static void check(StateTensor states, ConvergenceMatrix matrix) {
        int token = matrix.tokens() / 2;
        double sum = 0;
        for (long d = 0; d < states.hidden(); d++) {
            double e = states.get(0, token, d) - states.get(states.iterations() - 1, token, d);
            sum += e * e;
        }
        if (!(Math.abs(matrix.distance(token, 0) / Math.sqrt(sum) - 1) < 1e-6)) {
            throw new IllegalStateException("the matrix is wrong: " + matrix.distance(token, 0) + " instead of " + Math.sqrt(sum));
        }
    }
}
