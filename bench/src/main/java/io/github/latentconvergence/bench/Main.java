package io.github.latentconvergence.bench;

/** Where the jar starts. Compiled for an older Java than the rest, so that there it can say what is needed instead of failing to load. */
public final class Main {
    private static final int OLDEST = 25;

    private Main() {}

    /** Runs the benchmarks, or says in one line that this Java is too old. */
    public static void main(String[] args) throws ReflectiveOperationException {
        int version = Runtime.version().feature();
        if (version < OLDEST) {
            System.err.println("benchmarks: needs Java " + OLDEST + " or newer, this is Java " + version + " ("
                    + System.getProperty("java.home") + ")");
            System.exit(1);
        }
        // By name: its class file cannot even be read by an older Java.
        Class.forName("io.github.latentconvergence.bench.Commands").getMethod("main", String[].class).invoke(null, (Object) args);
    }
}
