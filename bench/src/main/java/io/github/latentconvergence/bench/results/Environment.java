package io.github.latentconvergence.bench.results;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run was made and of what.
 *
 * @param commit of the sources, or null where that is not known
 * @param dirty whether the sources had changes beside the commit
 * @param started ISO 8601, UTC
 * @param command as a person would type it again
 * @param jdk vendor and full version
 * @param jvmFlags of the measured JVMs
 * @param cpu the processor's own name
 * @param processors that the JVM may use
 * @param caches for example {@code L2 1024 KiB}, one for each level, of one core
 * @param memoryBytes of the machine
 * @param kernel operating system and its version
 * @param hugePages what the system says of transparent huge pages, for example {@code madvise}
 * @param backend what the library chose, for example {@code cpu/avx512}
 * @param tiers that this machine can run
 * @param compiler of the native library
 * @param notes what a reader must know: other load on the machine, priorities
 */
public record Environment(@Nullable String commit, boolean dirty, String started, String command, String jdk, List<String> jvmFlags,
        String cpu,
        int processors, List<String> caches, long memoryBytes, String kernel, String hugePages, String backend, List<String> tiers,
        String compiler, List<String> notes) {
    /** The same with other notes. */
    public Environment withNotes(List<String> others) {
        return new Environment(commit, dirty, started, command, jdk, jvmFlags, cpu, processors, caches, memoryBytes, kernel, hugePages,
                backend, tiers, compiler,
                others);
    }
}
