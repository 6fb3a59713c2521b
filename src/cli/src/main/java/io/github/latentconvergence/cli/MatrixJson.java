package io.github.latentconvergence.cli;

import io.github.latentconvergence.ConvergenceMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** A convergence matrix as JSON, schema {@code latent-convergence/matrix/1}. NaN and infinities are strings, as JSON has no numbers for them. */
final class MatrixJson {
    static final String SCHEMA = "latent-convergence/matrix/1";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            // The stream belongs to the caller: it may be standard output.
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private MatrixJson() {}

    static void write(ConvergenceMatrix matrix, List<String> tokens, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringProperty("schema", SCHEMA);
            json.writeStringProperty("metric", matrix.metric().label());
            json.writeStringProperty("reference", matrix.reference().label());
            json.writeStringProperty("normalization", matrix.normalization().label());
            json.writeArrayPropertyStart("tokens");
            for (String token : tokens) {
                json.writeString(Texts.wellFormed(token));
            }
            json.writeEndArray();
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
            json.writeNumberProperty("non_finite", matrix.nonFinite());
            json.writeEndObject();
        } catch (JacksonException e) {
            // Jackson wraps what the stream threw.
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
        out.write('\n');
    }
}
