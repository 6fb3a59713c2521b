package io.github.latentconvergence.cli;

import io.github.latentconvergence.Backend;
import io.github.latentconvergence.BackendReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Says what this machine computes with. */
@Command(name = "doctor", header = "Say what this machine computes with, and why: processor, kernels, library, CUDA, read bandwidth.")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Root root;

    @Override
    public Integer call() {
        PrintWriter out = root.console().text();
        new Facts()
                .add("program", String.join(", ", new Root.Version().getVersion()))
                .add(BackendReport.current())
                .add("read bandwidth", bandwidth())
                .print(out);
        return Cli.DONE;
    }

    private static String bandwidth() {
        int threads = Runtime.getRuntime().availableProcessors();
        return String.format(Locale.ROOT, "%.1f GB/s with 1 thread, %.1f GB/s with %d (measured now: 256 MiB of memory, best of 7 rounds)",
                BackendReport.measureReadBandwidth(1) / 1e9, BackendReport.measureReadBandwidth(threads) / 1e9, threads);
    }

    static String labels(List<Backend.Tier> tiers) {
        return tiers.isEmpty() ? "none" : tiers.stream().map(Backend.Tier::label).collect(Collectors.joining(", "));
    }
}
