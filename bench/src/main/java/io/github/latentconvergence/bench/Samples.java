package io.github.latentconvergence.bench;

import io.github.latentconvergence.bench.results.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/** What JMH measured, as results of a run: a sample for each iteration, with what {@link Yardstick} told beside it. */
final class Samples {
    private Samples() {}

    /** One benchmark with one combination of parameters; a benchmark without a yardstick has neither bytes nor shares. */
    static Result of(RunResult run) {
        BenchmarkParams params = run.getParams();
        List<Result.Sample> samples = new ArrayList<>();
        List<Double> heap = new ArrayList<>();
        double bytes = 0;
        int fork = 0;
        for (BenchmarkResult jvm : run.getBenchmarkResults()) {
            for (IterationResult iteration : jvm.getIterationResults()) {
                double roofline = secondary(iteration, Yardstick.ROOFLINE);
                samples.add(new Result.Sample(nanosPerOp(iteration.getPrimaryResult().getScore(), params),
                        roofline > 0 ? Double.valueOf(roofline) : null, fork));
                bytes = secondary(iteration, Yardstick.BYTES);
                if (iteration.getSecondaryResults().containsKey(Yardstick.HEAP)) {
                    heap.add(secondary(iteration, Yardstick.HEAP) / iteration.getMetadata().getAllOps());
                }
            }
            fork++;
        }
        return new Result(name(params), parameters(params), Math.round(bytes), samples, typical(heap));
    }

    /** The median: what the JVM itself allocates now and then, a buffer for a thread, is no operation's. */
    private static @Nullable Double typical(List<Double> heap) {
        return heap.isEmpty() ? null : Double.valueOf(ResultLine.median(heap.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /** Class and method. */
    static String name(BenchmarkParams params) {
        String name = params.getBenchmark();
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    /** Sorted by name. */
    static Map<String, String> parameters(BenchmarkParams params) {
        Map<String, String> parameters = new TreeMap<>();
        params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
        return parameters;
    }

    private static double nanosPerOp(double score, BenchmarkParams params) {
        return nanosPerOp(score, params.getMode(), params.getTimeUnit());
    }

    /** A score is a time per operation, or operations per time. */
    static double nanosPerOp(double score, Mode mode, TimeUnit unit) {
        double nanos = unit.toNanos(1);
        return mode == Mode.Throughput ? nanos / score : nanos * score;
    }

    private static double secondary(IterationResult iteration, String name) {
        org.openjdk.jmh.results.Result<?> result = iteration.getSecondaryResults().get(name);
        return result == null ? 0 : result.getScore();
    }
}
