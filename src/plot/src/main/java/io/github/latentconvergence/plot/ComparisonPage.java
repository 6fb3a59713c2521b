package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.PathAnalysis;
import io.github.latentconvergence.analysis.TraceComparison;
import java.util.List;
import java.util.Optional;

/** Two runs compared, as a page: the figure, and what was concluded in words and numbers. */
final class ComparisonPage {
    private static final String TITLE = "Do Two Runs Come to the Same States?";

    private final ComparisonRequest request;
    private final String title;
    private final Html html = new Html();

    private ComparisonPage(ComparisonRequest request) {
        boolean named = !request.title().isEmpty() && !request.title().equals(Wording.title(request.ratios().a()));
        this.title = TokenText.sentence(named ? request.title() : TITLE, Integer.MAX_VALUE).characters();
        // A title that was asked for stands above the page.
        this.request = named ? request.withTitle("") : request;
    }

    /** @param paths what was concluded, if it is known */
    static String html(ComparisonRequest request, Optional<TraceComparison> paths) {
        ComparisonPage page = new ComparisonPage(request);
        page.body(paths);
        String window = new Html().text(page.title).toString();
        return PageTemplate
                .fill(new PageFrame(window, "report", "", page.html.toString(), List.of("report.css"), List.of(List.of("theme.js"))));
    }

    private void body(Optional<TraceComparison> paths) {
        html.begin("header").element("h1", title);
        paths.ifPresent(p -> html.begin("p", "lead").text(p.text()).end());
        html.element("p",
                "A model that iterates in its latent space at test time moves the state of every token again and again. This page holds two recorded runs of the same tokens "
                        + "against each other: how far each state is from where its own run ends up, in both, and whether both end up in the same place.");
        facts(paths);
        html.markup("<p class=\"buttons\"><button type=\"button\" id=\"theme\" title=\"Light or dark\">Dark</button></p>").end();
        html.element("h2", "Side by side");
        figure("wide", ComparisonLayout.of(request), "runs",
                "A row is a token, the first at the top; a column is an iteration. The two maps at the left have the same colours: dark where a state is near its run's reference. "
                        + "At the right is how many times as far the second run's state is as the first's: orange where "
                        + shown(0) + " is farther, purple where " + shown(1) + " is, near-white where both are as far.");
        paths.ifPresent(this::apart);
        html.element("h2", "What the words mean");
        terms(paths.isPresent());
    }

    private String shown(int run) {
        return TokenText.sentence(request.names().get(run), Integer.MAX_VALUE).characters();
    }

    private void facts(Optional<TraceComparison> paths) {
        ConvergenceMatrix a = request.ratios().a();
        html.begin("dl", "facts");
        for (int run = 0; run < 2; run++) {
            ConvergenceMatrix matrix = request.matrices().get(run);
            fact(run == 0 ? "First run" : "Second run",
                    shown(run) + ": " + matrix.tokens() + " tokens × " + matrix.iterations() + " iterations");
        }
        String normalized = a.normalization().isRmsNorm() ? " of " + a.normalization().label() + " states" : "";
        fact("Distance", PageView.name(a.metric(), normalized, a.reference().label()) + ", of each run to its own");
        paths.ifPresent(p -> fact("Between them", a.metric().label() + normalized + " from the first run to the second, over the "
                + p.matrix().iterations() + " iterations that both have"));
        fact("Positions", "indices and iterations count from 0, as they lie in the traces. " + Wording.axisNote(a));
        html.end();
    }

    private void apart(TraceComparison compared) {
        html.element("h2", "How far apart they are");
        figure("",
                Heatmap.of(compared.matrix(), request.tokens()).withTitle("Distance between the Runs").withColors(request.map()).layout(),
                "between",
                "The distance between the two runs' states of the same token at the same iteration. Where it falls to what rounding alone leaves, "
                        + "it does not matter where the run began.");
        html.element("h2", "Token by token");
        html.details(compared.tokens().size() <= ReportTables.LONGEST).element("summary",
                compared.tokens().size() + (compared.tokens().size() == 1 ? " token" : " tokens"));
        html.begin("div", "scroll").begin("table").begin("tr").element("th", "index");
        html.begin("th", "name").text("verdict").end();
        List.of("rate", "level", "floor", "reached").forEach(heading -> html.element("th", heading));
        html.begin("th", "words").text("token").end().end();
        compared.tokens().forEach(this::row);
        html.end().end().end();
    }

    private void row(PathAnalysis path) {
        html.begin("tr", path.verdict() == PathAnalysis.Verdict.DEPENDENT ? "slow" : "");
        html.element("td", Integer.toString(path.index()));
        html.begin("td", "name").text(path.verdict().label()).end();
        html.element("td", Numbers.fixed(path.rate(), 4)).element("td", Numbers.of(path.level())).element("td", Numbers.of(path.floor()))
                .element("td", Numbers.of(path.reached()));
        html.begin("td", "words").token(path.text()).end().end();
    }

    private void figure(String ofClass, Sheet sheet, String id, String caption) {
        html.begin("figure", ofClass).markup(SvgPainter.inline(sheet, "lc-" + id)).element("figcaption", caption).end();
    }

    private void terms(boolean concluded) {
        html.begin("dl", "terms");
        fact("reference s*", "the state that a run's distances are measured to: by default its own last one.");
        fact("ratio",
                "the second run's distance over the first's, at the same token and iteration; there is none where one of them is zero, not a number or "
                        + "the distance of a state to itself.");
        if (concluded) {
            fact("independent",
                    "the distance between the runs comes down to the floor and stays there: where it began does not matter to the token.");
            fact("approaching", "it still shrinks at the end: more iterations could bring the runs together.");
            fact("dependent", "it has levelled off above the floor, or grows.");
            fact("unresolved", "the runs are too short to say, or a distance is not a number.");
            fact("rate", "the factor by which the distance between the runs shrinks from one iteration to the next.");
            fact("level", "its median over the last quarter.");
            fact("floor", "what arithmetic alone leaves between two runs.");
            fact("reached", "the first iteration from which on the distance is at that floor; a dash where there is none.");
        }
        html.end();
    }

    private void fact(String name, String value) {
        html.element("dt", name).element("dd", value);
    }
}
