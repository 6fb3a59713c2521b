package io.github.latentconvergence.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.latentconvergence.bench.results.Environment;
import io.github.latentconvergence.internal.ffm.NativeLibrary;
import io.github.latentconvergence.internal.kernel.KernelSelection;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks at the machine and this program. What cannot be seen is said to be unknown. */
final class Environments {
    private static final String UNKNOWN = "unknown";
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");
    private static final Pattern COMPILER = Pattern.compile("built with (.*), sha256 ");
    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w@%+=:,./-]+");

    private Environments() {}

    /**
     * The environment of a run on this machine.
     *
     * @param words of the command line
     * @param jvmFlags of the JVMs that measured
     */
    static Environment here(Instant started, List<String> words, List<String> jvmFlags, List<String> notes) throws IOException {
        Build build = Build.here();
        KernelSelection.Choice best = KernelSelection.best();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Environment(build.commit(), build.dirty(), started.truncatedTo(ChronoUnit.SECONDS).toString(), command(words),
                System.getProperty("java.vendor") + " " + Runtime.version(), jvmFlags,
                best.library().map(NativeLibrary::cpu).filter(name -> !name.isEmpty()).orElse(UNKNOWN),
                Machine.processors(), Caches.here().stream().map(Caches.Cache::toString).toList(), system.getTotalMemorySize(),
                system.getName() + " " + system.getVersion() + " " + system.getArch(), hugePages(), best.kernels().name(), Machine.tiers(),
                best.library().map(NativeLibrary::description).map(Environments::compiler).orElse("none: there is no native library"),
                notes);
    }

    /** As a person would type it in a shell. */
    static String command(List<String> words) {
        return "java -jar benchmarks.jar" + words.stream()
                .map(word -> " " + (PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'"))
                .collect(Collectors.joining());
    }

    private static String hugePages() throws IOException {
        return Files.isReadable(HUGE_PAGES) ? chosen(Files.readString(HUGE_PAGES)) : UNKNOWN;
    }

    /** The word in brackets. */
    static String chosen(String setting) {
        return first(CHOSEN, setting);
    }

    /** The compiler's name and version in a library's description. */
    static String compiler(String description) {
        return first(COMPILER, description);
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : UNKNOWN;
    }
}
