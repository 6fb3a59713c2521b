package io.github.latentconvergence.bench;

import io.github.latentconvergence.BackendReport;
import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Normalization;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.internal.kernel.KernelSelection;
import io.github.latentconvergence.internal.kernel.ReadRoofline;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * {@code convergenceMatrix()} of an off-heap tensor, end to end, as a share of the time that plain reads of the same bytes take. Reads and all jobs take turns within every
 * round, so that what else the machine does falls on all of them; shares are those of the best rounds, and the median of the rounds' own shares stands beside.
 *
 * <p>{@code java -jar bench/target/benchmarks.jar share [iterations tokens hidden [rounds]]}
 */
public final class RooflineShare {
    /** So many until the last loop, that of the logarithms, is compiled for good. */
    private static final int WARM_UP_ROUNDS = 60;

    private static final ConvergenceOptions L2 = ConvergenceOptions.defaults();

    /** What is measured in one pass over the states. */
    private record Job(String name, List<ConvergenceOptions> options) {}

    private static final List<Job> JOBS = List.of(
            new Job("l2", List.of(L2)),
            new Job("l1", List.of(L2.withMetric(Metric.L1))),
            new Job("linf", List.of(L2.withMetric(Metric.LINF))),
            new Job("cosine", List.of(L2.withMetric(Metric.COSINE))),
            new Job("l2 of RMSNorm", List.of(L2.withNormalization(Normalization.rmsNorm()))),
            new Job("five in one pass", List.of(L2, L2.withMetric(Metric.L1), L2.withMetric(Metric.LINF), L2.withMetric(Metric.COSINE),
                    L2.withReference(Reference.previous()))));

    private RooflineShare() {}

    /** Prints the table for a trace of the given shape; {@code 65 256 5280} and 40 rounds where none is given. */
    public static void main(String[] args) {
        long[] numbers = Arrays.stream(args).mapToLong(Long::parseLong).toArray();
        Shape shape = numbers.length >= 3 ? Shape.of(numbers[0], numbers[1], numbers[2]) : Shape.of(65, 256, 5280);
        int rounds = numbers.length == 4 ? Math.toIntExact(numbers[3]) : 40;
        BackendReport report = BackendReport.current();
        System.out.printf(Locale.ROOT, "%s, %s, Java %s%n", report.cpu(), report.chosen(), Runtime.version());
        System.out.printf(Locale.ROOT,
                "matrices of %s to the last iteration (five: l2, l1, linf, cosine and the step norm), %d rounds interleaved with plain reads%n%n",
                shape, rounds);
        System.out.println(
                "dtype  threads      MB  job               job ms  read ms   GB/s  share of roofline (best)  (median round)  times l2");
        for (DType dtype : DType.values()) {
            try (StateTensor states = SeededStates.of(dtype, shape)) {
                for (int threads : new TreeSet<>(Arrays.asList(1, Runtime.getRuntime().availableProcessors()))) {
                    lines(states, threads, rounds);
                }
            }
        }
    }

    private static void lines(StateTensor states, int threads, int rounds) {
        ReadRoofline roofline = new ReadRoofline(KernelSelection.best().kernels());
        double[][] shares = new double[JOBS.size()][rounds];
        long[] best = new long[JOBS.size()];
        Arrays.fill(best, Long.MAX_VALUE);
        long bestRead = Long.MAX_VALUE;
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            long read = Long.MAX_VALUE;
            for (int streams : ReadRoofline.STREAMS) {
                read = Math.min(read, roofline.nanos(states.segment(), threads, streams));
            }
            bestRead = round < 0 ? bestRead : Math.min(bestRead, read);
            for (int j = 0; j < best.length; j++) {
                List<ConvergenceOptions> options = JOBS.get(j).options().stream().map(o -> o.withThreads(threads)).toList();
                long start = System.nanoTime();
                List<ConvergenceMatrix> matrices = Convergence.convergenceMatrices(states, options);
                long nanos = System.nanoTime() - start;
                check(states, matrices.getFirst());
                if (round >= 0) {
                    shares[j][round] = (double) read / nanos;
                    best[j] = Math.min(best[j], nanos);
                }
            }
        }
        double bytes = states.segment().byteSize();
        for (int j = 0; j < best.length; j++) {
            Arrays.sort(shares[j]);
            System.out.printf(Locale.ROOT, "%-5s  %7d  %6.0f  %-16s  %6.2f  %7.2f  %5.1f  %24.2f  %14.2f  %8.2f%n", states.dtype().label(),
                    threads, bytes / 1e6, JOBS.get(j).name(), best[j] / 1e6, bestRead / 1e6, bytes / best[j], (double) bestRead / best[j],
                    shares[j][rounds / 2], (double) best[j] / best[0]);
        }
    }

    /** One cell, computed the obvious way. */
    private static void check(StateTensor states, ConvergenceMatrix matrix) {
        if (matrix.metric() != Metric.L2 || matrix.normalization().isRmsNorm()) {
            return;
        }
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
