package io.github.latentconvergence.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** JSON as all results are written in it. NaN and infinities are strings, as JSON has no numbers for them; what there is none of is null. */
final class Json {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            // The stream belongs to the caller: it may be standard output.
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private Json() {}

    /** The properties of one object. */
    interface Properties {
        void write(JsonGenerator json);
    }

    /** A document: one object on one line, which says its schema first. */
    static void write(String schema, OutputStream out, Properties properties) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringProperty("schema", schema);
            properties.write(json);
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

    static void object(JsonGenerator json, String name, Properties properties) {
        json.writeObjectPropertyStart(name);
        properties.write(json);
        json.writeEndObject();
    }

    /** An array of objects, one for each item. */
    static <T> void objects(JsonGenerator json, String name, List<T> items, BiConsumer<JsonGenerator, T> properties) {
        json.writeArrayPropertyStart(name);
        for (T item : items) {
            json.writeStartObject();
            properties.accept(json, item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void text(JsonGenerator json, String name, String text) {
        json.writeStringProperty(name, Texts.wellFormed(text));
    }

    static void texts(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        for (String text : texts) {
            json.writeString(Texts.wellFormed(text));
        }
        json.writeEndArray();
    }

    static void number(JsonGenerator json, String name, OptionalInt number) {
        if (number.isPresent()) {
            json.writeNumberProperty(name, number.getAsInt());
        } else {
            json.writeNullProperty(name);
        }
    }

    static void number(JsonGenerator json, String name, OptionalDouble number) {
        if (number.isPresent()) {
            json.writeNumberProperty(name, number.getAsDouble());
        } else {
            json.writeNullProperty(name);
        }
    }
}
