package io.github.latentconvergence.bench;

import io.github.latentconvergence.Backend;
import io.github.latentconvergence.BackendReport;
import io.github.latentconvergence.Convergence;
import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.CudaDevice;
import io.github.latentconvergence.DeviceStates;
import io.github.latentconvergence.Metric;
import io.github.latentconvergence.Reference;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code convergenceMatrix()} on a CUDA device, end to end: of states that lie there, as a share of the device's own memory bandwidth, and of states in the host's memory, as a
 * share of the link's; both yardsticks are plain copies before and after. Beside them the processor's kernels. Every matrix is held against the processor's, bit for bit.
 *
 * <p>{@code java -jar bench/target/benchmarks.jar cuda [iterations tokens hidden [rounds]]}
 */
final class CudaShare {
    /** Until the compiler has done its last step, for each number: that is some thousand calls, or all the second where they are long. */
    private static final long WARM_UP_NANOS = 1_000_000_000;
    private static final int LEAST_WARM_UP_ROUNDS = 20;
    private static final ConvergenceOptions L2 = ConvergenceOptions.defaults();
    private static final List<ConvergenceOptions> FIVE = List.of(L2, L2.withMetric(Metric.L1), L2.withMetric(Metric.LINF),
            L2.withMetric(Metric.COSINE), L2.withReference(Reference.previous()));

    private final PrintStream out;
    private final CudaDevice device;
    private final int rounds;

    private CudaShare(PrintStream out, CudaDevice device, int rounds) {
        this.out = out;
        this.device = device;
        this.rounds = rounds;
    }

    /** Prints the table; {@code 65 256 5280} and 40 rounds where nothing is given. Where there is no device, says so, which is no failure. */
    static void run(PrintStream out, List<String> arguments) {
        long[] numbers = arguments.stream().mapToLong(Long::parseLong).toArray();
        Shape shape = numbers.length >= 3 ? Shape.of(numbers[0], numbers[1], numbers[2]) : Shape.of(65, 256, 5280);
        BackendReport report = BackendReport.current();
        Optional<CudaDevice> device = CudaDevice.list().stream().filter(CudaDevice::supported).findFirst();
        if (device.isEmpty()) {
            out.println("nothing was measured on a GPU: " + report.cuda());
            return;
        }
        out.printf(Locale.ROOT, "%s; %s, %s; Java %s%n", report.cuda(), report.cpu(), report.chosen(), Runtime.version());
        out.printf(Locale.ROOT, "l2 matrices of %s to the last iteration; share: of %s by plain copies before and after%n", shape,
                "the device's memory, and of the link,");
        out.println("five: l2, l1, linf and cosine to the last iteration and l2 to the one before, in one pass over states that are there");
        out.println();
        out.println("dtype      MB  there ms   GB/s  of GB/s  share  five ms | copied ms   GB/s  of GB/s  share | processors ms");
        CudaShare share = new CudaShare(out, device.get(), numbers.length == 4 ? Math.toIntExact(numbers[3]) : 40);
        for (DType dtype : DType.values()) {
            try (StateTensor states = SeededStates.of(dtype, shape)) {
                share.line(states);
            }
        }
    }

    private void line(StateTensor states) {
        ConvergenceMatrix expected = Convergence.convergenceMatrix(states, L2);
        double processors = median(expected, () -> Convergence.convergenceMatrix(states, L2));
        double memory = device.measureMemoryBandwidth();
        double there;
        double five;
        try (DeviceStates copy = DeviceStates.upload(states, device.index())) {
            there = median(expected, () -> Convergence.convergenceMatrix(copy, L2));
            five = median(expected, () -> Convergence.convergenceMatrices(copy, FIVE).getFirst());
        }
        memory = Math.max(memory, device.measureMemoryBandwidth());
        double link = device.measureLinkBandwidth();
        ConvergenceOptions cuda = L2.withBackend(Backend.CUDA).withDevice(device.index());
        double copied = median(expected, () -> Convergence.convergenceMatrix(states, cuda));
        link = Math.max(link, device.measureLinkBandwidth());
        double bytes = states.segment().byteSize();
        out.printf(Locale.ROOT, "%-5s  %6.0f  %8.3f  %5.0f  %7.0f  %5.2f  %7.3f | %9.2f  %5.1f  %7.1f  %5.2f | %13.2f%n",
                states.dtype().label(),
                bytes / 1e6, there * 1e3, bytes / there / 1e9, memory / 1e9, bytes / there / memory, five * 1e3, copied * 1e3,
                bytes / copied / 1e9,
                link / 1e9, bytes / copied / link, processors * 1e3);
    }

    /** Seconds. */
    private double median(ConvergenceMatrix expected, Supplier<ConvergenceMatrix> work) {
        long end = System.nanoTime() + WARM_UP_NANOS;
        for (int round = 0; round < LEAST_WARM_UP_ROUNDS || System.nanoTime() < end; round++) {
            check(expected, work.get(), round);
        }
        double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            ConvergenceMatrix found = work.get();
            seconds[round] = (System.nanoTime() - start) / 1e9;
            check(expected, found, round);
        }
        Arrays.sort(seconds);
        return seconds[rounds / 2];
    }

    /** The first round is enough, and costs those that are timed nothing. */
    private static void check(ConvergenceMatrix expected, ConvergenceMatrix found, int round) {
        for (int i = 0; i < expected.tokens() && round == 0; i++) {
            if (!Arrays.equals(expected.distances(i), found.distances(i))) {
                throw new IllegalStateException(found.computedBy() + " gives another matrix than " + expected.computedBy());
            }
        }
    }
}
