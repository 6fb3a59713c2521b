package io.github.latentconvergence.analysis;

import io.github.latentconvergence.ConvergenceMatrix;
import io.github.latentconvergence.ConvergenceOptions;
import io.github.latentconvergence.analysis.Trajectory.Evidence;
import io.github.latentconvergence.analysis.Trajectory.Shape;
import io.github.latentconvergence.io.Trace;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Holds every field of an analysis against its definition. */
final class AnalysisCheck {
    private final Tally tally;
    private int orbits;

    AnalysisCheck(Tally tally) {
        this.tally = tally;
    }

    void check(String name, Trace trace, AnalysisOptions options) {
        ConvergenceOptions m = options.measure();
        tally.at(name + ", " + m.metric().label() + " to " + m.reference().label() + ", " + m.normalization() + ", "
                + options.threshold() + ", " + options.rule().label());
        SlowAnalysis slow = new SlowAnalysis(trace, options);
        Analysis found = Analysis.of(trace, options.withEveryPair(true));
        matrices(slow, found);
        tally.same("tokens", slow.tokens.stream().map(t -> t.index).toList(), found.tokens().stream().map(TokenAnalysis::index).toList(),
                false);
        for (int k = 0; k < slow.tokens.size(); k++) {
            token(slow, k, found.tokens().get(k));
            tally.same("text", trace.tokens().get(slow.tokens.get(k).index), found.tokens().get(k).text(), false);
        }
        boolean close = slow.unsure();
        for (int k = 0; k < slow.tokens.size(); k++) {
            tally.same("early", slow.early[k], found.tokens().get(k).early(), close);
            tally.same("late", slow.late[k], found.tokens().get(k).late(), close);
        }
        bands("slow bands", slow.slow, found.slowBands(), slow.deviation, close);
        bands("fast bands", slow.fast, found.fastBands(), slow.deviation, close);
        segments(slow, found, close);
        tally.near("spearman", slow.gradient.spearman, found.gradient().spearmanMedian(), 1e-9 + slow.gradient.spearmanDoubt, close);
        tally.near("falling share", slow.gradient.falling, found.gradient().fallingShare(), 1e-9, close);
        tally.near("decades", slow.gradient.decades, found.gradient().decades(), 2 * slow.logError, close);
        summary(slow, found.summary(), close);
        Analysis usual = Analysis.of(trace, options.withEveryPair(false));
        for (int k = 0; k < slow.tokens.size(); k++) {
            SlowToken token = slow.tokens.get(k);
            Trajectory trajectory = usual.tokens().get(k).trajectory();
            tally.same("shape without all pairs", token.course.shape, trajectory.shape(), token.decisions.wereClose());
            tally.same("period without all pairs", token.course.period, trajectory.period(), token.decisions.wereClose());
            orbits += token.course.shape == Shape.ORBITING ? 1 : 0;
        }
    }

    /** How many tokens orbit. */
    String orbits() {
        return orbits + " orbits";
    }

    private void matrices(SlowAnalysis slow, Analysis found) {
        ConvergenceMatrix matrix = found.matrix();
        for (SlowToken t : slow.tokens) {
            for (int c = 0; c < matrix.iterations(); c++) {
                double d = t.row.distance()[c];
                tally.near("distance", d, matrix.distance(t.index, c), t.row.error()[c], t.decisions.wereClose());
                tally.same("self-reference", t.row.self()[c], matrix.isSelfReference(t.index, c), t.decisions.wereClose());
                double size = t.row.size()[c];
                tally.near("reference size", size, matrix.referenceSize(t.index, c), 2e-6 * size, t.decisions.wereClose());
                double r = t.course.r[c];
                tally.near("step norm", r, found.stepNorms().distance(t.index, c), Decisions.ROUNDING * r + t.course.error * r, false);
            }
        }
    }

    private void token(SlowAnalysis slow, int k, TokenAnalysis found) {
        SlowToken t = slow.tokens.get(k);
        SlowCourse c = t.course;
        boolean close = t.decisions.wereClose();
        tally.same("step", t.step, found.step(), close);
        tally.same("late in run", t.late, found.steps().lateInRun(), close);
        tally.same("step under last", t.last, found.steps().last(), close);
        tally.same("step under tail-mean", t.tailMean, found.steps().tailMean(), close);
        tally.same("step under external", t.external, found.steps().external(), close);
        tally.near("rate", c.rate, found.contraction().rate(), 2 * c.error, close);
        double ln = -Math.log(c.rate.orElse(Double.NaN));
        tally.near("half-life", ln > 0 ? OptionalDouble.of(Math.log(2) / ln) : OptionalDouble.empty(), found.contraction().halfLife(),
                2 * c.error * Math.log(2) / (ln * ln), close);
        tally.near("error bar", c.errorBar, found.contraction().errorBar().orElse(Double.NaN),
                2 * c.error * c.errorBar * (1 + 1 / (1 - c.rate.orElse(0))), close);
        tally.near("floor", c.floor, found.floor().level(), c.error * c.floor.orElse(0), close);
        tally.same("floor step", c.floorStep, found.floor().step(), close);
        tally.near("plateau", c.plateau, found.floor().plateau().orElse(Double.NaN), c.plateauError, close);
        tally.near("mean log10", t.meanLog10, found.slowness().meanLog10(), t.logError, close);
        tally.near("excess", slow.excess[k], found.slowness().excess(), 2 * slow.logError, close || slow.unsure());
        double z = slow.z[k];
        tally.near("z", z, found.slowness().z(), 3 * slow.logError * (1 + Math.abs(z)) / slow.deviation,
                close || slow.unsure() || slow.deviation < slow.logError);
        tally.same("shape", c.shape, found.trajectory().shape(), close);
        tally.same("period", c.period, found.trajectory().period(), close);
        Evidence e = found.trajectory().evidence();
        tally.same("window", c.evidence.window(), e.window(), false);
        evidence("step share", c.evidence.stepShare(), e.stepShare(), c.error, close);
        evidence("step slope", c.evidence.stepSlope(), e.stepSlope(), c.error, close);
        evidence("slope noise", c.evidence.slopeNoise(), e.slopeNoise(), 10 * c.error, close);
        evidence("efficiency", c.evidence.efficiency(), e.efficiency(), c.error, close);
        if (e.lag() > 0) {
            tally.same("lag", c.evidence.lag(), e.lag(), close || c.largest.wereClose());
            evidence("recurrence", c.evidence.recurrence(), e.recurrence(), c.error, close);
            evidence("recurrence at 1", c.evidence.recurrenceAtOne(), e.recurrenceAtOne(), c.error, close);
        }
    }

    /** Evidence that was not needed is NaN. */
    private void evidence(String what, double expected, double found, double error, boolean close) {
        if (!Double.isNaN(found)) {
            tally.near(what, expected, found, error * (1 + Math.abs(expected)), close);
        }
    }

    private void bands(String what, List<Band> expected, List<Band> found, double deviation, boolean close) {
        tally.same(what, expected.stream().map(b -> List.of(b.first(), b.last(), b.texts())).toList(),
                found.stream().map(b -> List.of(b.first(), b.last(), b.texts())).toList(), close);
        for (int b = 0; b < Math.min(expected.size(), found.size()); b++) {
            Band band = expected.get(b);
            tally.near(what + ", excess", band.excess(), found.get(b).excess(), 1e-5, close);
            tally.near(what + ", z", band.z(), found.get(b).z(), 1e-5 * (1 + Math.abs(band.z())) / deviation, close);
        }
    }

    private void segments(SlowAnalysis slow, Analysis found, boolean close) {
        tally.same("segments", slow.segments.stream().map(s -> List.of(s.first(), s.last(), s.texts())).toList(),
                found.segments().stream().map(s -> List.of(s.first(), s.last(), s.texts())).toList(), false);
        for (int s = 0; s < Math.min(slow.segments.size(), found.segments().size()); s++) {
            Segment segment = slow.segments.get(s);
            tally.same("segment's step", segment.medianStep(), found.segments().get(s).medianStep(), close);
            tally.near("segment's rate", segment.medianRate(), found.segments().get(s).medianRate(), 1e-5, close);
            tally.same("segment's slowest", segment.slowest(), found.segments().get(s).slowest(), close);
        }
    }

    private void summary(SlowAnalysis slow, Summary found, boolean close) {
        int converged = (int) slow.tokens.stream().map(t -> t.step).filter(OptionalInt::isPresent).count();
        tally.same("median step", slow.medianStep(), found.medianStep(), close);
        tally.same("converged", converged, found.converged(), close);
        tally.same("not converged", slow.tokens.size() - converged, found.notConverged(), close);
        tally.same("at floor", (int) slow.atFloor(), found.atFloor(), close);
        tally.same("still contracting", (int) slow.stillContracting(), found.stillContracting(), close);
        tally.near("median floor", slow.medianFloor(), found.floor(), 2e-6 * slow.medianFloor().orElse(0), close);
    }
}
