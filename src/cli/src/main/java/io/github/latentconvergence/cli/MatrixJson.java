package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** A convergence matrix as JSON, schema {@code latent-convergence/matrix/1}. */
final class MatrixJson {
    static final String SCHEMA = "latent-convergence/matrix/1";

    private MatrixJson() {}

    static void write(ConvergenceMatrix matrix, List<String> tokens, OutputStream out) throws IOException {
        Json.write(SCHEMA, out, json -> {
            json.writeStringProperty("metric", matrix.metric().label());
            json.writeStringProperty("reference", matrix.reference().label());
            json.writeStringProperty("normalization", matrix.normalization().label());
            writeCells(matrix, tokens, json);
            json.writeNumberProperty("non_finite", matrix.nonFinite());
        });
    }

    /** Token texts, number of iterations and distances, as properties of the current object. */
    static void writeCells(ConvergenceMatrix matrix, List<String> tokens, JsonGenerator json) {
        Json.texts(json, "tokens", tokens);
        json.writeNumberProperty("iterations", matrix.iterations());
        json.writeArrayPropertyStart("distance");
        for (int i = 0; i < matrix.tokens(); i++) {
            json.writeStartArray();
            for (int t = 0; t < matrix.iterations(); t++) {
                json.writeNumber(matrix.distance(i, t));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
