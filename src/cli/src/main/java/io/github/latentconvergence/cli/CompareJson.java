package io.github.latentconvergence.cli;

import io.github.latentconvergence.analysis.PathAnalysis;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;

/** Two traces compared as JSON, schema {@code latent-convergence/compare/1}. */
final class CompareJson {
    static final String SCHEMA = "latent-convergence/compare/1";

    private CompareJson() {}

    static void write(ComparedTraces compared, OutputStream out) throws IOException {
        Json.write(SCHEMA, out, json -> {
            Json.text(json, "a", compared.a().path().toString());
            Json.text(json, "b", compared.b().path().toString());
            json.writeStringProperty("metric", compared.comparison().matrix().metric().label());
            json.writeStringProperty("normalization", compared.comparison().matrix().normalization().label());
            MatrixJson.writeCells(compared.comparison().matrix(), compared.texts(), json);
            Json.objects(json, "paths", compared.comparison().tokens(), CompareJson::path);
            Json.text(json, "text", compared.comparison().text());
        });
    }

    private static void path(JsonGenerator json, PathAnalysis path) {
        json.writeNumberProperty("index", path.index());
        Json.text(json, "text", path.text());
        json.writeStringProperty("verdict", path.verdict().label());
        Json.number(json, "rate", path.rate());
        json.writeNumberProperty("level", path.level());
        json.writeNumberProperty("floor", path.floor());
        Json.number(json, "reached", path.reached());
    }
}
