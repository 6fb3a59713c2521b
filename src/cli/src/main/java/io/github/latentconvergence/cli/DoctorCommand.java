package io.github.latentconvergence.cli;

import io.github.latentconvergence.Backend;
import io.github.latentconvergence.BackendReport;
import io.github.latentconvergence.CudaDevice;
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
        int threads = Runtime.getRuntime().availableProcessors();
        double alone = BackendReport.measureReadBandwidth(1);
        double all = BackendReport.measureReadBandwidth(threads);
        Facts facts = new Facts()
                .add("program", String.join(", ", new Root.Version().getVersion()))
                .add(BackendReport.current())
                .add("read bandwidth", String.format(Locale.ROOT,
                        "%.1f GB/s with 1 thread, %.1f GB/s with %d (measured now: 256 MiB of memory, best of 7 rounds)", alone / 1e9,
                        all / 1e9, threads));
        for (CudaDevice device : devices()) {
            facts.add("CUDA device " + device.index(), bandwidth(device, all));
        }
        facts.print(out);
        return Cli.DONE;
    }

    /** None where the driver fails to describe them, which the report has said. */
    private static List<CudaDevice> devices() {
        try {
            return CudaDevice.list();
        } catch (IllegalStateException failed) {
            return List.of();
        }
    }

    /** What a device is worth for states in this machine's memory: the slower of the two ways there decides. */
    private static String bandwidth(CudaDevice device, double processors) {
        if (!device.supported()) {
            return "has no kernels";
        }
        try {
            double link = device.measureLinkBandwidth();
            return String.format(Locale.ROOT,
                    "%.1f GB/s over the link, %.1f GB/s of its own memory (measured now, best of 7 copies): for a trace in this machine's memory %s",
                    link / 1e9, device.measureMemoryBandwidth() / 1e9,
                    link > processors
                            ? "--backend cuda may pay, as the link is faster than the processors read"
                            : "it does not pay, as the processors read faster than the link");
        } catch (IllegalStateException failed) { // a doctor says what is wrong, and goes on
            return String.valueOf(failed.getMessage());
        }
    }

    static String labels(List<Backend.Tier> tiers) {
        return tiers.isEmpty() ? "none" : tiers.stream().map(Backend.Tier::label).collect(Collectors.joining(", "));
    }
}
