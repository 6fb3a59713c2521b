package io.github.latentconvergence.plot;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.analysis.Analysis;
import io.github.latentconvergence.analysis.ExitSignals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The words, charts and tables of a report.
 *
 * @param texts of all tokens, masked ones too
 * @param orbits of a few tokens
 * @param chosen those tokens, and why they were chosen
 * @param waterfall of many tokens
 */
record ReportText(String title, Facts facts, Analysis analysis, ExitSignals exits, List<String> texts, Optional<Orbits> orbits,
        Map<Integer, String> chosen, Optional<Waterfall> waterfall) {

    /** What the results do not know of the trace. */
    record Facts(String path, long hidden, String dtype) {}

    ReportText withTitle(String other) {
        return new ReportText(other, facts, analysis, exits, texts, orbits, chosen, waterfall);
    }

    PageFrame frame() {
        String window = new Html().text(TokenText.sentence(title, Integer.MAX_VALUE).characters()).toString();
        return new PageFrame(window, "report", before(), after(),
                waterfall.isPresent() ? List.of("report.css", WaterfallPage.STYLE) : List.of("report.css"),
                waterfall.isPresent() ? List.of(WaterfallPage.PROGRAM) : List.of());
    }

    private String before() {
        Html html = new Html().begin("header");
        html.element("h1", TokenText.sentence(title, Integer.MAX_VALUE).characters());
        html.begin("p", "lead").text(analysis.summary().text()).end();
        html.element("p", "A model that iterates in its latent space at test time moves the state of every token again and again. "
                + "This page shows, for one recorded run, how far each state is from where it ends up, after every iteration: when it has settled, how fast, and which tokens stay behind.");
        facts(html);
        html.end();
        html.element("h2", "Every token at every iteration");
        html.element("p",
                "A row is a token, the first at the top; a column is an iteration; colour is log distance, dark where the state is near. "
                        + "Point at a cell for its numbers, click it for the token's curve, scroll to zoom; the boxes lay the analysis over the cells.");
        return html.toString();
    }

    private void facts(Html html) {
        ConvergenceMatrix matrix = analysis.matrix();
        html.begin("dl", "facts");
        fact(html, "Trace", TokenText.sentence(facts.path, Integer.MAX_VALUE).characters());
        fact(html, "States",
                matrix.tokens() + " tokens × " + matrix.iterations() + " iterations × " + facts.hidden + " hidden, " + facts.dtype);
        String normalized = matrix.normalization().isRmsNorm() ? " of " + matrix.normalization().label() + " states" : "";
        fact(html, "Distance", PageView.name(matrix.metric(), normalized, matrix.reference().label()));
        fact(html, "Converged", "distance below " + analysis.options().threshold() + ", rule " + analysis.options().rule().label() + ": "
                + analysis.summary().converged() + " of " + analysis.tokens().size() + " tokens");
        long masked = IntStream.range(0, matrix.tokens()).filter(matrix::isMasked).count();
        if (masked > 0) {
            fact(html, "Masked", masked + (masked == 1 ? " token, left out of" : " tokens, left out of") + " everything");
        }
        if (matrix.nonFinite() > 0) {
            fact(html, "Not finite", matrix.nonFinite() + (matrix.nonFinite() == 1 ? " distance" : " distances"));
        }
        fact(html, "Positions", "indices and iterations count from 0, as they lie in the trace. " + Wording.axisNote(matrix));
        html.end();
    }

    private String after() {
        Html html = new Html().begin("article");
        html.element("h2", "When and how fast");
        figure(html, Chart.distances(analysis), "distances");
        figure(html, Chart.stepNorms(analysis), "step-norms");
        figure(html, Chart.steps(analysis), "steps");
        html.element("p",
                "Overall the median distance falls by " + Numbers.fixed(analysis.gradient().decades(), 2) + " decades, at a share of "
                        + Numbers.fixed(analysis.gradient().fallingShare(), 2)
                        + " of the iterations; the median rank correlation of log distance with iteration is "
                        + Numbers.fixed(analysis.gradient().spearmanMedian(), 2) + " (−1: every distance falls without a pause).");
        orbits.ifPresent(o -> trajectories(html, o));
        waterfall.ifPresent(w -> allTrajectories(html, w));
        html.element("h2", "Does it depend on the reference?");
        figure(html, Chart.sensitivity(analysis), "sensitivity");
        ReportTables tables = new ReportTables(html, analysis);
        html.element("h2", "Which tokens stand out");
        tables.bands();
        html.element("h2", "Segments");
        tables.segments();
        html.element("h2", "Tokens");
        tables.tokens();
        html.element("h2", "Could it have stopped sooner?");
        html.element("p",
                "Rules by which models stop iterating, replayed on the states as they are. What remains is the distance to the reference at the exit, "
                        + PageView.name(exits.matrix().metric(), "", exits.matrix().reference().label())
                        + "; a token that never exits counts with the last position.");
        figure(html, Chart.exits(exits), "exits");
        html.element("p", "At the usual thresholds:");
        new ReportExits(html, exits, texts).table();
        html.element("h2", "What the words mean");
        terms(html);
        return html.end().toString();
    }

    private void trajectories(Html html, Orbits drawn) {
        html.element("h2", "Where states go");
        String tokens = chosen.entrySet().stream().map(e -> "token " + e.getKey() + " (" + e.getValue() + ")")
                .collect(Collectors.joining(", "));
        html.begin("figure").markup(SvgPainter.inline(drawn.layout(), "lc-orbits")).element("figcaption",
                "The states of " + tokens
                        + " on their six leading principal components, from dark to bright as iterations go on. A path that ends "
                        + "in a tangle around one place has settled; a ring, or a figure that is drawn again and again, is an orbit; a path that goes on is neither.")
                .end();
    }

    private static void allTrajectories(Html html, Waterfall drawn) {
        html.element("h3", drawn.components().tokens().size() == 1 ? "In space" : "All together, one behind the other");
        html.element("p",
                "Two principal components that all states have in common, and the position in the sequence as the third direction: the first token is in front. "
                        + "Each path ends in a square, on a stem that stands on the token's line on the floor.");
        html.markup(drawn.page().part());
    }

    private static void figure(Html html, Chart chart, String id) {
        html.begin("figure").markup(SvgPainter.inline(chart.layout(), "lc-" + id)).element("figcaption", chart.caption()).end();
    }

    private static void terms(Html html) {
        html.begin("dl", "terms");
        fact(html, "reference s*",
                "the state that distances are measured to: by default the last one, which is a noisy sample where states keep moving.");
        fact(html, "step",
                "the first iteration from which on the token counts as converged; a dash where there is none; late: in the last quarter of the run.");
        fact(html, "rate", "the factor by which the step norm shrinks from one iteration to the next; 1 or more does not contract.");
        fact(html, "still to come", "an estimate of the distance that is left, if the token goes on to contract at its rate.");
        fact(html, "floor", "the step norm at which rounding is all that is left; 0 for a state that repeats itself.");
        fact(html, "excess", "decades by which the token's mean log distance is above the median of all tokens.");
        fact(html, "z", "the same in robust standard deviations.");
        fact(html, "shape",
                "settling: reaches its floor. orbiting: comes back again and again. drifting: goes on in one direction. unresolved: none of these, or too short to say.");
        html.end();
    }

    private static void fact(Html html, String name, String value) {
        html.element("dt", name).element("dd", value);
    }
}
