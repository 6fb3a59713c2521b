package io.github.latentconvergence.bench.results;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where two environments differ in something that timings depend on.
 *
 * @param name of the component of {@link Environment}
 * @param a what the first has
 * @param b what the second has
 */
public record Difference(String name, String a, String b) {
    /** All differences, the sources' among them. When and by which command a run was started, and its notes, are none. */
    public static List<Difference> between(Environment a, Environment b) {
        return Stream.of(
                of("commit", a, b, e -> String.valueOf(e.commit())),
                of("dirty", a, b, Environment::dirty),
                of("jdk", a, b, Environment::jdk),
                of("jvmFlags", a, b, Environment::jvmFlags),
                of("cpu", a, b, Environment::cpu),
                of("processors", a, b, Environment::processors),
                of("caches", a, b, Environment::caches),
                of("memoryBytes", a, b, Environment::memoryBytes),
                of("kernel", a, b, Environment::kernel),
                of("hugePages", a, b, Environment::hugePages),
                of("backend", a, b, Environment::backend),
                of("tiers", a, b, Environment::tiers),
                of("compiler", a, b, Environment::compiler)).filter(d -> !d.a().equals(d.b())).toList();
    }

    private static Difference of(String name, Environment a, Environment b, Function<Environment, Object> component) {
        return new Difference(name, component.apply(a).toString(), component.apply(b).toString());
    }
}
