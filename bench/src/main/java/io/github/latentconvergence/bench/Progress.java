package io.github.latentconvergence.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** What JMH says while it runs, kept to a line for each benchmark, with the time since the start; everything else only of a benchmark that failed. */
final class Progress implements OutputFormat {
    private final PrintStream out;
    private final long start = System.nanoTime();
    private final List<String> failed = new ArrayList<>();
    private final StringBuilder said = new StringBuilder();
    private @Nullable String running;

    Progress(PrintStream out) {
        this.out = out;
    }

    /** Benchmarks that gave no result, with their parameters. */
    List<String> failed() {
        return failed;
    }

    @Override
    public void startBenchmark(BenchmarkParams params) {
        endFailed();
        running = Samples.name(params) + " " + ResultLine.parameters(Samples.parameters(params));
    }

    @Override
    public void endBenchmark(@Nullable BenchmarkResult result) {
        if (result != null) {
            Duration since = Duration.ofNanos(System.nanoTime() - start);
            out.printf("%2d:%02d  %s%n", since.toMinutes(), since.toSecondsPart(),
                    ResultLine.of(Samples.of(new RunResult(result.getParams(), List.of(result)))));
            running = null;
        }
        endFailed();
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        endFailed();
    }

    private void endFailed() {
        if (running != null) {
            failed.add(running);
            out.println(running + " failed:");
            out.print(said);
            running = null;
        }
        said.setLength(0);
    }

    @Override
    public void print(String text) {
        said.append(text);
    }

    @Override
    public void println(String text) {
        said.append(text).append(System.lineSeparator());
    }

    @Override
    public void write(int b) {
        said.append((char) b);
    }

    @Override
    public void write(byte[] b) {
        said.append(new String(b, StandardCharsets.UTF_8));
    }

    @Override
    public void verbosePrintln(String text) {}

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {}

    @Override
    public void iterationResult(BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {}

    @Override
    public void startRun() {}

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
