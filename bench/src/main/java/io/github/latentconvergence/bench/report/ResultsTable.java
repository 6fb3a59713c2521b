package io.github.latentconvergence.bench.report;

import io.github.latentconvergence.bench.results.Result;
import io.github.latentconvergence.bench.results.Run;
import java.util.List;
import java.util.stream.Collectors;

/** All results of a run, those without samples among them. */
final class ResultsTable {
    private static final List<String> COLUMNS = List.of("benchmark", "parameters", "time", "least to most", "samples", "bytes", "GB/s",
            "plain reads GB/s", "share", "least to most",
            "heap B/op");

    private ResultsTable() {}

    static void draw(Run run, Html html) {
        html.open("section", "id", "all").leaf("h2", "All results");
        if (run.results().isEmpty()) {
            html.leaf("p", "This run has no results.", "class", "absent").close();
            return;
        }
        html.open("div", "class", "wide", "tabindex", "0").open("table").open("thead").open("tr");
        for (int i = 0; i < COLUMNS.size(); i++) {
            html.leaf("th", COLUMNS.get(i), "scope", "col", "class", i < 2 ? "name" : "number");
        }
        html.close().close().open("tbody");
        for (Result result : run.results()) {
            html.open("tr").leaf("th", result.benchmark(), "scope", "row");
            html.leaf("td", result.params().entrySet().stream().map(p -> p.getKey() + "=" + p.getValue()).collect(Collectors.joining(" ")));
            cells(result).forEach(cell -> html.leaf("td", cell, "class", "number"));
            html.close();
        }
        html.close().close().close().close();
    }

    private static List<String> cells(Result result) {
        String bytes = result.bytesPerOp() == 0 ? "" : Text.bytes((double) result.bytesPerOp());
        Double heap = result.allocatedBytesPerOp();
        String allocated = heap == null ? "" : Text.number(heap);
        if (result.samples().isEmpty()) {
            return List.of("", "", "0", bytes, "", "", "", "", allocated);
        }
        Figures f = Figures.of(result);
        Spread share = f.share();
        return List.of(Text.nanos(f.nanos().middle()), Text.nanos(f.nanos().least()) + " – " + Text.nanos(f.nanos().most()),
                String.valueOf(result.samples().size()), bytes,
                bytes.isEmpty() ? "" : Text.number(f.gigabytesPerSecond()),
                share == null ? "" : Text.number(f.rooflineGigabytesPerSecond()),
                share == null ? "" : Text.share(share.middle()),
                share == null ? "" : Text.share(share.least()) + " – " + Text.share(share.most()), allocated);
    }
}
