package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.TokenAnalysis;
import io.github.latentconvergence.analysis.Trajectory;
import tools.jackson.core.JsonGenerator;

/** What is said of one token, as properties of the current object. */
final class TokenJson {
    /** In place of an error bar. */
    static final String AT_FLOOR = "at floor";

    private TokenJson() {}

    static void write(JsonGenerator json, TokenAnalysis token) {
        json.writeNumberProperty("index", token.index());
        Json.text(json, "text", token.text());
        Json.number(json, "step", token.step());
        json.writeBooleanProperty("step_late_in_run", token.steps().lateInRun());
        Json.object(json, "step_by_reference", o -> {
            Json.number(o, "last", token.steps().last());
            Json.number(o, "tail_mean", token.steps().tailMean());
            Json.number(o, "external", token.steps().external());
        });
        Json.number(json, "rate", token.contraction().rate());
        Json.number(json, "half_life", token.contraction().halfLife());
        if (token.floor().isReached()) {
            json.writeStringProperty("error_bar", AT_FLOOR);
        } else {
            Json.number(json, "error_bar", token.contraction().errorBar());
        }
        Json.number(json, "floor", token.floor().level());
        Json.number(json, "floor_step", token.floor().step());
        json.writeNumberProperty("mean_log10", token.slowness().meanLog10());
        json.writeNumberProperty("excess", token.slowness().excess());
        json.writeNumberProperty("z", token.slowness().z());
        json.writeBooleanProperty("early", token.early());
        json.writeBooleanProperty("late", token.late());
        json.writeStringProperty("shape", token.trajectory().shape().label());
        Json.number(json, "period", token.trajectory().period());
        Json.object(json, "evidence", o -> evidence(o, token.trajectory().evidence()));
    }

    private static void evidence(JsonGenerator json, Trajectory.Evidence evidence) {
        json.writeNumberProperty("window", evidence.window());
        json.writeNumberProperty("step_share", evidence.stepShare());
        json.writeNumberProperty("step_slope", evidence.stepSlope());
        json.writeNumberProperty("slope_noise", evidence.slopeNoise());
        json.writeNumberProperty("efficiency", evidence.efficiency());
        json.writeNumberProperty("recurrence", evidence.recurrence());
        json.writeNumberProperty("recurrence_at_one", evidence.recurrenceAtOne());
        json.writeNumberProperty("lag", evidence.lag());
    }
}
