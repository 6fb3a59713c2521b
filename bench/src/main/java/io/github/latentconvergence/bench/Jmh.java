package io.github.latentconvergence.bench;

import io.github.latentconvergence.bench.results.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks through JMH, and keeps what they gave. */
final class Jmh {
    private final PrintStream out;
    private final List<Result> results = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final TreeSet<String> jvmFlags = new TreeSet<>();

    Jmh(PrintStream out) {
        this.out = out;
    }

    /** Everything measured so far, in order. */
    List<Result> results() {
        return List.copyOf(results);
    }

    /** Benchmarks that gave no result. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    /** Of the JVMs that measured. */
    List<String> jvmFlags() {
        return List.copyOf(jvmFlags);
    }

    /** Runs a suite, a line for each benchmark. */
    void run(Suite suite) throws RunnerException {
        out.println("      " + ResultLine.HEADER);
        Progress progress = new Progress(out);
        for (Suite.Part part : suite.parts()) {
            ChainedOptionsBuilder options = new OptionsBuilder().include("\\.(" + part.include() + ")\\.");
            part.params().forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
            part.iterations().ifPresent(options::measurementIterations);
            keep(new Runner(options.build(), progress).run());
        }
        failed.addAll(progress.failed());
    }

    /** Runs what JMH's own options say, which also decide what is printed meanwhile; parameters of this machine are filled in where they are not given. */
    void run(CommandLineOptions given) throws RunnerException {
        keep(new Runner(withMachine(given)).run());
        out.println();
        out.println(ResultLine.HEADER);
        results.forEach(result -> out.println(ResultLine.of(result)));
    }

    static Options withMachine(CommandLineOptions given) {
        ChainedOptionsBuilder options = new OptionsBuilder().parent(given);
        Map<String, List<String>> machine = Map.of("tier", List.of(Machine.bestTier()), "threads", Suite.threads(Machine.processors()));
        machine.forEach((name, values) -> {
            if (!given.getParameter(name).hasValue()) {
                options.param(name, values.toArray(String[]::new));
            }
        });
        return options.build();
    }

    private void keep(Collection<RunResult> measured) {
        for (RunResult result : measured) {
            results.add(Samples.of(result));
            jvmFlags.addAll(result.getParams().getJvmArgs());
        }
    }

    /** What JMH answers without measuring: its help and its lists. False if these options ask for none of them. */
    static boolean answers(CommandLineOptions given) throws IOException {
        if (given.shouldHelp()) {
            given.showHelp();
        } else if (given.shouldList()) {
            new Runner(given).list();
        } else if (given.shouldListWithParams()) {
            new Runner(given).listWithParams(given);
        } else if (given.shouldListProfilers()) {
            given.listProfilers();
        } else if (given.shouldListResultFormats()) {
            given.listResultFormats();
        } else {
            return false;
        }
        return true;
    }
}
