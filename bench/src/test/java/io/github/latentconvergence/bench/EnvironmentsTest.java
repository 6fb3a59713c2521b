package io.github.latentconvergence.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latentconvergence.bench.results.Environment;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {
    @Test
    void thisMachineIsDescribed() throws IOException {
        Environment here = Environments.here(Instant.parse("2026-03-01T10:20:30.456Z"), List.of("report"), List.of("-Xmx1g"),
                List.of("a note"));
        assertThat(here.started()).isEqualTo("2026-03-01T10:20:30Z");
        assertThat(here.jdk()).contains(Runtime.version().toString());
        assertThat(here.processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(here.memoryBytes()).isGreaterThan(1L << 28);
        assertThat(here.tiers()).startsWith("java").contains(here.backend().replace("cpu/", ""));
        assertThat(here.compiler()).isNotEqualTo("unknown");
        assertThat(here.notes()).containsExactly("a note");
    }

    @Test
    void theCommandCanBeTypedAgain() {
        assertThat(Environments.command(List.of())).isEqualTo("java -jar benchmarks.jar");
        assertThat(Environments.command(List.of("report", "-p", "dtype=bf16,f32", "a b", "it's", "(x|y)", "")))
                .isEqualTo("java -jar benchmarks.jar report -p dtype=bf16,f32 'a b' 'it'\\''s' '(x|y)' ''");
    }

    @Test
    void settingsAndDescriptionsAreRead() {
        assertThat(Environments.chosen("always [madvise] never\n")).isEqualTo("madvise");
        assertThat(Environments.chosen("something else")).isEqualTo("unknown");
        assertThat(Environments.compiler("lib.so for linux-x86_64, interface 1, built with GCC 12.2.0, sha256 0123"))
                .isEqualTo("GCC 12.2.0");
    }

    @Test
    void aBuildKnowsItsCommitOrSaysThatItDoesNot() throws IOException {
        assertThat(build("commit=abc\nchanges=\n")).isEqualTo(new Build("abc", false));
        assertThat(build("commit=abc\nchanges=true\n")).isEqualTo(new Build("abc", true));
        assertThat(build("commit=\nchanges=\n")).isEqualTo(new Build(null, false));
    }

    private static Build build(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return Build.of(properties);
    }

    @Test
    void cachesOfInstructionsAreLeftOut(@TempDir Path folder) throws IOException {
        cache(folder, 0, "1", "Data", "32K");
        cache(folder, 1, "1", "Instruction", "32K");
        cache(folder, 2, "3", "Unified", "16M");
        cache(folder, 3, "2", "Unified", "1024K");
        assertThat(Caches.of(folder)).extracting(Caches.Cache::toString).containsExactly("L1 32 KiB", "L2 1024 KiB", "L3 16384 KiB");
        assertThat(Caches.of(folder.resolve("none"))).isEmpty();
    }

    private static void cache(Path folder, int index, String level, String type, String size) throws IOException {
        Path entry = Files.createDirectory(folder.resolve("index" + index));
        Files.writeString(entry.resolve("level"), level + "\n");
        Files.writeString(entry.resolve("type"), type + "\n");
        Files.writeString(entry.resolve("size"), size + "\n");
    }

    @Test
    void stolenTimeIsAShareOfAllTime() {
        long[] before = MachineLoad.times("cpu  100 0 50 800 0 0 0 50 7 0");
        long[] after = MachineLoad.times("cpu  150 0 50 820 0 0 0 80 9 0");
        assertThat(before).hasSize(8);
        assertThat(MachineLoad.stolen(before, after)).isCloseTo(0.3, within(1e-12));
        assertThat(MachineLoad.stolen(before, before)).isZero();
    }
}
