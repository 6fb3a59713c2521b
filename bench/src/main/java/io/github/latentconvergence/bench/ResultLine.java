package io.github.latentconvergence.bench;

import io.github.latentconvergence.bench.results.Result;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A result as one line of a table for people: medians of its samples. */
final class ResultLine {
    /** Above the lines. */
    static final String HEADER = String.format(Locale.ROOT, "%-26s %-62s %12s %8s %6s %9s", "benchmark", "", "time", "GB/s", "share",
            "B/op");

    private ResultLine() {}

    static String of(Result result) {
        double nanos = median(result.samples().stream().mapToDouble(Result.Sample::nanosPerOp).toArray());
        double[] shares = result.samples().stream().filter(s -> s.rooflineBytesPerSecond() != null)
                .mapToDouble(s -> result.bytesPerOp() * 1e9 / s.nanosPerOp() / s.rooflineBytesPerSecond()).toArray();
        String rate = result.bytesPerOp() == 0 ? "" : String.format(Locale.ROOT, "%.2f", result.bytesPerOp() / nanos);
        String share = shares.length == 0 ? "" : String.format(Locale.ROOT, "%.2f", median(shares));
        Double allocated = result.allocatedBytesPerOp();
        String heap = allocated == null ? "" : String.format(Locale.ROOT, allocated < 10 ? "%.1f" : "%.0f", allocated);
        return String.format(Locale.ROOT, "%-26s %-62s %12s %8s %6s %9s", result.benchmark(), parameters(result.params()), time(nanos),
                rate,
                share, heap);
    }

    static String parameters(Map<String, String> params) {
        return params.entrySet().stream().map(p -> p.getKey() + "=" + p.getValue()).collect(Collectors.joining(" "));
    }

    private static String time(double nanos) {
        if (nanos < 1e3) {
            return String.format(Locale.ROOT, "%.2f ns", nanos);
        }
        return nanos < 1e6 ? String.format(Locale.ROOT, "%.2f us", nanos / 1e3) : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }

    /** NaN of none. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
