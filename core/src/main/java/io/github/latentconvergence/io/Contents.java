package io.github.latentconvergence.io;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a file says it holds.
 *
 * @param named whether the format names its arrays; otherwise there is exactly one
 */
record Contents(List<StoredArray> arrays, Map<String, String> metadata, boolean named) {
    /** A file that holds a single array without a name. */
    static Contents single(StoredArray array) {
        return new Contents(List.of(array), Map.of(), false);
    }

    @Nullable
    StoredArray find(String name) {
        return arrays.stream().filter(a -> a.name().equals(name)).findFirst().orElse(null);
    }

    Collection<String> names() {
        return arrays.stream().map(StoredArray::name).toList();
    }
}
