package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.ExitReplay;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Replayed exit rules as JSON, schema {@code latent-convergence/exits/1}. */
final class ExitsJson {
    static final String SCHEMA = "latent-convergence/exits/1";

    private ExitsJson() {}

    static void write(List<ExitReplay> replays, OutputStream out) throws IOException {
        Json.write(SCHEMA, out, json -> Json.objects(json, "rules", replays, ExitsJson::rule));
    }

    private static void rule(JsonGenerator json, ExitReplay replay) {
        json.writeStringProperty("rule", replay.rule().label());
        json.writeNumberProperty("threshold", replay.threshold());
        json.writeStringProperty("reduction", replay.reduction().label());
        Json.objects(json, "tokens", replay.tokens(), ExitsJson::token);
        json.writeNumberProperty("mean_exit", replay.meanExit());
        json.writeNumberProperty("worst_remaining", replay.worstRemaining());
    }

    private static void token(JsonGenerator json, ExitReplay.TokenExit token) {
        json.writeNumberProperty("index", token.index());
        Json.number(json, "exit", token.exit());
        json.writeNumberProperty("remaining", token.remaining());
    }
}
