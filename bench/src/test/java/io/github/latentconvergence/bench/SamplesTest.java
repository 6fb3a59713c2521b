package io.github.latentconvergence.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.bench.results.Result;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

class SamplesTest {
    private static final BenchmarkParams PARAMS = params();

    private static BenchmarkParams params() {
        WorkloadParams values = new WorkloadParams();
        values.put("threads", "2", 0);
        values.put("dtype", "bf16", 0);
        IterationParams none = new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.milliseconds(1), 1);
        return new BenchmarkParams("io.github.latentconvergence.bench.jmh.EndToEnd.matrix", "generated", true, 1, new int[] {1}, List.of(),
                2, 0,
                none, none, Mode.AverageTime, values, TimeUnit.NANOSECONDS, 1, "java", List.of(), "25", "vm", "25", "1.37",
                TimeValue.minutes(1));
    }

    private static IterationResult iteration(double nanos, ScalarResult... others) {
        IterationResult iteration = new IterationResult(PARAMS, PARAMS.getMeasurement(), new IterationResultMetaData(10, 10));
        iteration.addResult(new AverageTimeResult(ResultRole.PRIMARY, "matrix", 1, Math.round(nanos), TimeUnit.NANOSECONDS));
        Stream.of(others).forEach(iteration::addResult);
        return iteration;
    }

    private static ScalarResult counter(String name, double value) {
        return new ScalarResult(name, value, "#", AggregationPolicy.SUM);
    }

    @Test
    void everyIterationOfEveryJvmIsASample() {
        IterationResult a = iteration(100, counter(Yardstick.BYTES, 4096), counter(Yardstick.ROOFLINE, 5e10), counter(Yardstick.HEAP, 20));
        IterationResult b = iteration(200, counter(Yardstick.BYTES, 4096), counter(Yardstick.ROOFLINE, 4e10),
                counter(Yardstick.HEAP, 130_000));
        IterationResult c = iteration(300, counter(Yardstick.BYTES, 4096), counter(Yardstick.ROOFLINE, 0), counter(Yardstick.HEAP, 40));
        Result result = Samples.of(new RunResult(PARAMS,
                List.of(new BenchmarkResult(PARAMS, List.of(a, b)), new BenchmarkResult(PARAMS, List.of(c)))));
        assertThat(result.benchmark()).isEqualTo("EndToEnd.matrix");
        assertThat(result.params()).hasToString("{dtype=bf16, threads=2}");
        assertThat(result.bytesPerOp()).isEqualTo(4096);
        assertThat(result.samples()).containsExactly(new Result.Sample(100, 5e10, 0), new Result.Sample(200, 4e10, 0),
                new Result.Sample(300, null, 1));
        assertThat(result.allocatedBytesPerOp()).as("the median of 2, 13000 and 4 for each of 10 operations").isEqualTo(4);
        assertThat(ResultLine.of(result)).startsWith("EndToEnd.matrix            dtype=bf16 threads=2 ").contains("200.00 ns", " 20.48 ")
                .endsWith(" 4.0");
    }

    @Test
    void withoutAYardstickThereIsNoneToTell() {
        Result result = Samples.of(new RunResult(PARAMS, List.of(new BenchmarkResult(PARAMS, List.of(iteration(7))))));
        assertThat(result.bytesPerOp()).isZero();
        assertThat(result.samples()).containsExactly(new Result.Sample(7, null, 0));
        assertThat(result.allocatedBytesPerOp()).isNull();
    }

    @Test
    void scoresAreTimesOrRates() {
        assertThat(Samples.nanosPerOp(3, Mode.AverageTime, TimeUnit.MICROSECONDS)).isEqualTo(3000);
        assertThat(Samples.nanosPerOp(3, Mode.SingleShotTime, TimeUnit.MILLISECONDS)).isEqualTo(3e6);
        assertThat(Samples.nanosPerOp(2000, Mode.Throughput, TimeUnit.SECONDS)).isCloseTo(500_000, within(1e-6));
    }
}
