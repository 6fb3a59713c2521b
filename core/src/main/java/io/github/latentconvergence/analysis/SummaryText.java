package io.github.latentconvergence.analysis;

import static io.github.latentconvergence.analysis.Phrases.capital;
import static io.github.latentconvergence.analysis.Phrases.names;
import static io.github.latentconvergence.analysis.Phrases.number;
import static io.github.latentconvergence.analysis.Phrases.percent;
import static io.github.latentconvergence.analysis.Phrases.verb;

import io.github.latentconvergence.Reference;
import io.github.latentconvergence.analysis.Trajectory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The paragraph of a summary: each sentence stands or falls with its numbers, and says no more than these. */
final class SummaryText {
    private final AnalysisOptions options;
    private final Measures measures;
    private final List<TokenAnalysis> tokens;
    private final List<Band> slow;
    private final List<Word> words;
    private final List<String> sentences = new ArrayList<>();

    SummaryText(AnalysisOptions options, Measures measures, List<TokenAnalysis> tokens, List<Band> slow, List<Word> words) {
        this.options = options;
        this.measures = measures;
        this.tokens = tokens;
        this.slow = slow;
        this.words = words;
    }

    List<String> sentences() {
        if (tokens.isEmpty()) {
            return List.of("Every token is masked: there is nothing to say.");
        }
        convergence();
        dependenceOnTheReference();
        wasTheRunLongEnough();
        whatDoesNotSettle();
        whatStandsOut();
        whatWouldChangeTheAnswer();
        notNumbers();
        return List.copyOf(sentences);
    }

    private int iterations() {
        return measures.asked().iterations();
    }

    private List<TokenAnalysis> which(Predicate<TokenAnalysis> condition) {
        return tokens.stream().filter(condition).toList();
    }

    private void convergence() {
        List<TokenAnalysis> converged = which(t -> t.step().isPresent());
        String goal = switch (options.threshold().kind()) {
            case RELATIVE -> switch (options.measure().metric()) {
                case RELATIVE_L2, COSINE, ANGULAR ->
                    "a " + options.measure().metric().label() + " distance below " + number(options.threshold().value());
                default -> "within " + percent(options.threshold().value()) + " of the reference's size";
            };
            case ABSOLUTE -> "a distance below " + number(options.threshold().value());
            case OF_START -> "below " + percent(options.threshold().value()) + " of the distance at the start";
        };
        String stay = options.rule() instanceof StepRule.Stays ? " for good" : "";
        if (converged.isEmpty()) {
            sentences.add("No token comes to " + goal + stay + " in " + iterations() + " recorded iterations.");
            return;
        }
        OptionalDouble median = Segments.medianStep(tokens);
        String half = median.isPresent() && tokens.size() > 1
                ? ", the median one at position " + number(median.getAsDouble()) + " of "
                        + (iterations() - 1)
                : "";
        int without = tokens.size() - converged.size();
        String never = without == 0 ? "" : "; " + without + " " + verb(without, "does", "do") + " not";
        sentences.add(capital(Phrases.of(converged.size(), tokens.size())) + " " + verb(converged.size(), "comes", "come") + " to " + goal
                + stay + half + never + ".");
    }

    /** Steps that move with the reference say more of the reference than of the tokens. */
    private void dependenceOnTheReference() {
        List<TokenAnalysis> moved = moved();
        if (moved.isEmpty()) {
            return;
        }
        TokenAnalysis most = moved.getFirst();
        for (TokenAnalysis token : moved) {
            if (gap(token) > gap(most)) {
                most = token;
            }
        }
        sentences.add("The step depends on the reference: for " + Phrases.of(moved.size(), tokens.size())
                + " it differs between the last state and the mean of the last states (token " + names(List.of(most)) + ": "
                + position(most.steps().last()) + " against " + position(most.steps().tailMean())
                + "); the last state is a single sample of where the token moves at the end.");
        int late = which(t -> t.steps().lateInRun()).size();
        if (late > 0 && options.measure().reference() instanceof Reference.Last) {
            sentences.add(capital(Phrases.tokens(late)) + " " + verb(late, "seems", "seem")
                    + " to converge only in the last quarter of the run, where under this reference every token comes near it.");
        }
    }

    private List<TokenAnalysis> moved() {
        return which(t -> differ(t.steps().last(), t.steps().tailMean()));
    }

    private boolean differ(OptionalInt a, OptionalInt b) {
        return a.isPresent() != b.isPresent()
                || (a.isPresent() && Math.abs(a.getAsInt() - b.getAsInt()) > Math.max(1, iterations() / 32));
    }

    private static double gap(TokenAnalysis token) {
        OptionalInt last = token.steps().last();
        OptionalInt mean = token.steps().tailMean();
        return last.isPresent() && mean.isPresent() ? Math.abs(last.getAsInt() - mean.getAsInt()) : 0;
    }

    private static String position(OptionalInt step) {
        return step.isPresent() ? "position " + step.getAsInt() : "never";
    }

    private void wasTheRunLongEnough() {
        List<TokenAnalysis> floors = which(t -> t.floor().isReached());
        List<TokenAnalysis> contracting = which(TokenAnalysis::isContracting);
        if (!floors.isEmpty()) {
            int[] steps = floors.stream().map(t -> t.floor().step()).filter(OptionalInt::isPresent).mapToInt(OptionalInt::getAsInt).sorted()
                    .toArray();
            String when = steps.length == 0
                    ? ""
                    : steps[0] == steps[steps.length - 1]
                            ? ", reached at position " + steps[0]
                            : ", reached at positions " + steps[0] + " to " + steps[steps.length - 1];
            double level = median(floors, t -> t.floor().level().orElse(Double.NaN));
            String enough = floors.size() == tokens.size() ? "The run was long enough: " : "";
            sentences.add(capital(enough + Phrases.of(floors.size(), tokens.size()) + " " + verb(floors.size(), "is", "are")
                    + " at the floor of the arithmetic (" + (floors.size() > 1 ? "median " : "") + "step norm " + number(level) + when
                    + ")."));
        }
        if (!contracting.isEmpty()) {
            double rate = median(contracting, t -> t.contraction().rate().orElse(Double.NaN));
            double still = largest(contracting, t -> t.contraction().errorBar().orElse(Double.NaN));
            int more = (int) Math.min(1e6, Math.ceil(StrictMath.log(10) / -StrictMath.log(rate)));
            sentences.add("It was not long enough for " + Phrases.of(contracting.size(), tokens.size()) + ", which still "
                    + verb(contracting.size(), "contracts", "contract") + (contracting.size() > 1 ? " (median rate " : " (rate ")
                    + number(rate)
                    + ", at most " + number(still) + " still to come if that goes on): about " + more
                    + " more iterations would bring " + verb(contracting.size(), "it", "them") + " ten times nearer.");
        }
    }

    private void whatDoesNotSettle() {
        List<TokenAnalysis> orbits = which(t -> t.trajectory().shape() == Shape.ORBITING);
        List<TokenAnalysis> drifts = which(t -> t.trajectory().shape() == Shape.DRIFTING);
        List<TokenAnalysis> open = which(t -> t.trajectory().shape() == Shape.UNRESOLVED && !t.isContracting()
                && !Double.isNaN(t.slowness().meanLog10()));
        if (!orbits.isEmpty()) {
            int shortest = orbits.stream().mapToInt(t -> t.trajectory().period().orElse(0)).min().orElse(0);
            int longest = orbits.stream().mapToInt(t -> t.trajectory().period().orElse(0)).max().orElse(0);
            String period = shortest == longest ? "period " + shortest : "periods " + shortest + " to " + longest;
            long within = orbits.stream().filter(t -> t.step().isPresent()).count();
            String small = within == 0 || !(options.rule() instanceof StepRule.Stays)
                    ? ""
                    : ", " + within + " of them within the threshold all the way round";
            sentences.add(capital(Phrases.of(orbits.size(), tokens.size())) + " " + verb(orbits.size(), "orbits", "orbit") + " with "
                    + period
                    + " (" + names(orbits) + ")" + small + ": more iterations will not settle " + verb(orbits.size(), "it", "them") + ".");
        }
        if (!drifts.isEmpty()) {
            sentences.add(capital(Phrases.of(drifts.size(), tokens.size())) + " " + verb(drifts.size(), "drifts", "drift")
                    + " on in one direction (" + names(drifts) + "): no end of that is in sight in this run.");
        }
        if (!open.isEmpty()) {
            String why = ShapeFinder.window(iterations()) < ShapeFinder.LEAST_WINDOW
                    ? "the run of " + iterations() + " recorded iterations is too short to say"
                    : verb(open.size(), "it has", "they have") + " no floor, orbit or direction that this run could show";
            sentences.add("What becomes of " + Phrases.of(open.size(), tokens.size()) + " is unresolved: " + why + ".");
        }
    }

    private void whatStandsOut() {
        for (Band band : slow) {
            String range = band.first() == band.last() ? "Token " + band.first() : "Tokens " + band.first() + " to " + band.last();
            sentences.add(range + " (" + Phrases.quoted(read(band)) + ") " + verb(band.last() - band.first() + 1, "stands", "stand")
                    + " out as slow: " + number(band.excess()) + " decades above the median token, robust z " + number(band.z()) + ".");
        }
    }

    /** The words that a band is part of. */
    private String read(Band band) {
        StringBuilder text = new StringBuilder();
        words.stream().filter(w -> w.last() >= band.first() && w.first() <= band.last()).forEach(w -> text.append(w.text()));
        return text.toString();
    }

    private void whatWouldChangeTheAnswer() {
        List<TokenAnalysis> stuck = which(t -> t.floor().isReached() && t.step().isEmpty() && t.steps().last().isEmpty()
                && t.steps().tailMean().isEmpty() && t.steps().external().isEmpty());
        if (!stuck.isEmpty()) {
            sentences.add(capital(Phrases.of(stuck.size(), tokens.size())) + " " + verb(stuck.size(), "is at its", "are at their")
                    + " floor without having met the threshold: only a larger threshold, or finer arithmetic, would change that.");
        }
        boolean settled = which(t -> t.floor().isReached()).size() == tokens.size() && moved().isEmpty();
        if (measures.external().isEmpty() && !settled) {
            sentences.add("All references are states of this run itself: one from a longer run could still move the steps.");
        }
    }

    private void notNumbers() {
        int count = which(t -> Double.isNaN(t.slowness().meanLog10())).size();
        if (count > 0 && iterations() > 1) {
            sentences.add(capital(Phrases.tokens(count)) + " " + verb(count, "is", "are") + " left out of comparisons: "
                    + verb(count, "it has a distance", "they have distances") + " of which no logarithm can be taken.");
        }
    }

    private static double median(List<TokenAnalysis> tokens, ToDoubleFunction<TokenAnalysis> value) {
        return Median.of(tokens.stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).toArray());
    }

    private static double largest(List<TokenAnalysis> tokens, ToDoubleFunction<TokenAnalysis> value) {
        return tokens.stream().mapToDouble(value).max().orElse(Double.NaN);
    }
}
