package io.github.latentconvergence.plot;

import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.Band;
import io.github.latentconvergence.analysis.Segment;
import io.github.latentconvergence.analysis.TokenAnalysis;
import io.github.latentconvergence.analysis.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What an analysis says of tokens, bands and segments, as tables of a page. */
final class ReportTables {
    /** Longer tables are folded. */
    static final int LONGEST = 40;
    /** Of many texts the first are shown. */
    static final int TEXTS = 40;

    private final Html html;
    private final Analysis analysis;

    private record Column(String heading, Function<TokenAnalysis, String> cell) {}

    ReportTables(Html html, Analysis analysis) {
        this.html = html;
        this.analysis = analysis;
    }

    void bands() {
        if (analysis.slowBands().isEmpty() && analysis.fastBands().isEmpty()) {
            html.element("p", "No token stands out: none is beyond both z " + Numbers.fixed(analysis.options().bands().z(), 1) + " and "
                    + Numbers.fixed(analysis.options().bands().excess(), 2) + " decades from the median of all.");
            return;
        }
        begin(List.of("band", "tokens", "excess (decades)", "z"), "texts");
        analysis.slowBands().forEach(band -> band("slow", band));
        analysis.fastBands().forEach(band -> band("fast", band));
        html.end().end();
    }

    private void band(String kind, Band band) {
        html.begin("tr", kind).element("td", kind).element("td", range(band.first(), band.last()))
                .element("td", Numbers.signed(band.excess(), 2)).element("td", Numbers.signed(band.z(), 1));
        texts(band.texts());
        html.end();
    }

    void segments() {
        if (analysis.segments().isEmpty()) {
            html.element("p", "No segments: all tokens are special ones.");
            return;
        }
        html.details(analysis.segments().size() <= LONGEST).element("summary", count(analysis.segments().size(), "segment"));
        begin(List.of("tokens", "median step", "median rate", "slowest"), "texts");
        for (Segment segment : analysis.segments()) {
            html.begin("tr").element("td", range(segment.first(), segment.last())).element("td", Numbers.fixed(segment.medianStep(), 1))
                    .element("td", Numbers.fixed(segment.medianRate(), 4)).element("td", Numbers.of(segment.slowest()));
            texts(segment.texts());
            html.end();
        }
        html.end().end().end();
    }

    void tokens() {
        List<Column> columns = columns();
        html.details(analysis.tokens().size() <= LONGEST).element("summary", count(analysis.tokens().size(), "token"));
        begin(columns.stream().map(Column::heading).toList(), "token");
        for (TokenAnalysis token : analysis.tokens()) {
            boolean slow = analysis.slowBands().stream().anyMatch(b -> b.first() <= token.index() && token.index() <= b.last());
            html.begin("tr", slow ? "slow" : "");
            columns.forEach(column -> html.element("td", column.cell.apply(token)));
            html.begin("td", "words").token(token.text()).end().end();
        }
        html.end().end().end();
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("index", t -> Integer.toString(t.index())));
        columns.add(new Column("step", t -> Numbers.of(t.step()) + (t.steps().lateInRun() ? " late" : "")));
        columns.add(new Column("to last", t -> Numbers.of(t.steps().last())));
        columns.add(new Column("to tail-mean", t -> Numbers.of(t.steps().tailMean())));
        if (analysis.tokens().stream().anyMatch(t -> t.steps().external().isPresent())) {
            columns.add(new Column("to external", t -> Numbers.of(t.steps().external())));
        }
        columns.add(new Column("rate", t -> Numbers.fixed(t.contraction().rate(), 4)));
        columns.add(new Column("still to come", t -> t.floor().isReached() ? "at floor" : Numbers.of(t.contraction().errorBar())));
        columns.add(new Column("floor", t -> Numbers.of(t.floor().level())));
        columns.add(new Column("excess", t -> Numbers.signed(t.slowness().excess(), 2)));
        columns.add(new Column("z", t -> Numbers.signed(t.slowness().z(), 1)));
        columns.add(new Column("shape", t -> shape(t.trajectory())));
        return columns;
    }

    private static String shape(Trajectory trajectory) {
        String label = trajectory.shape().label();
        return trajectory.period().isPresent() ? label + ", period " + trajectory.period().getAsInt() : label;
    }

    /** Begins a table and its body; the last column is of texts. */
    private void begin(List<String> headings, String last) {
        html.begin("div", "scroll").begin("table").begin("tr");
        headings.forEach(heading -> html.element("th", heading));
        html.begin("th", "words").text(last).end().end();
    }

    private void texts(List<String> texts) {
        html.begin("td", "words");
        texts.stream().limit(TEXTS).forEach(text -> html.token(text).text(" "));
        html.text(texts.size() > TEXTS ? "and " + (texts.size() - TEXTS) + " more" : "").end();
    }

    static String range(int first, int last) {
        return first == last ? Integer.toString(first) : first + "–" + last;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
