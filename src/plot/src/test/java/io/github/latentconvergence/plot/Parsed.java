package io.github.latentconvergence.plot;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openqa.selenium.json.Json;

/** A value of parsed JSON that is there. */
record Parsed(Object value) {
    static Parsed of(String json) {
        return new Parsed(Objects.requireNonNull(new Json().<Object>toType(json, Object.class)));
    }

    Parsed at(String key) {
        return new Parsed(Objects.requireNonNull(((Map<?, ?>) value).get(key), key));
    }

    Parsed at(int index) {
        return new Parsed(Objects.requireNonNull(list().get(index)));
    }

    List<?> list() {
        return (List<?>) value;
    }

    String text() {
        return (String) value;
    }

    double number() {
        return ((Number) value).doubleValue();
    }
}
