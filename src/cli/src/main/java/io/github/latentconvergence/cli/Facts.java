package io.github.latentconvergence.cli;

import io.github.latentconvergence.BackendReport;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Names and values in two aligned columns, for people. */
final class Facts {
    private record Fact(String name, String value) {}

    private final List<Fact> facts = new ArrayList<>();

    Facts add(String name, String value) {
        facts.add(new Fact(name, value.isBlank() ? "unknown" : value));
        return this;
    }

    Facts add(BackendReport report) {
        return add("backend", report.chosen())
                .add("because", report.reason())
                .add("processor", report.cpu())
                .add("CPU kernels", DoctorCommand.labels(report.tiers()))
                .add("library", report.library())
                .add("CUDA", report.cuda());
    }

    void print(PrintWriter out) {
        int width = facts.stream().mapToInt(f -> f.name.length()).max().orElse(0);
        for (Fact fact : facts) {
            out.println(fact.name + " ".repeat(width - fact.name.length() + 2) + Texts.oneLine(fact.value));
        }
    }
}
