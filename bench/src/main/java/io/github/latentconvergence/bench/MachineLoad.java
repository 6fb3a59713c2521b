package io.github.latentconvergence.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What else the machine did during a run, as far as it tells.
 *
 * @param loadBefore running programs, averaged over the minute before; negative where that is not known
 * @param before processor times of {@code /proc/stat}; empty where there is none
 */
record MachineLoad(double loadBefore, long[] before) {
    private static final Path STAT = Path.of("/proc/stat");
    /** Among the times of a processor: what a hypervisor gave to other guests. */
    private static final int STOLEN = 7;

    static MachineLoad start() throws IOException {
        return new MachineLoad(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), times());
    }

    private static long[] times() throws IOException {
        return Files.isReadable(STAT) ? times(Files.readAllLines(STAT).getFirst()) : new long[0];
    }

    /** The first line of {@code /proc/stat}, of all processors together; user and nice hold the time of guests already, which stand again at the end. */
    static long[] times(String line) {
        return Arrays.stream(line.strip().split("\\s+")).skip(1).limit(STOLEN + 1L).mapToLong(Long::parseLong).toArray();
    }

    /** For the reader of results. */
    List<String> notes() throws IOException {
        List<String> notes = new ArrayList<>();
        if (loadBefore >= 0) {
            notes.add(String.format(Locale.ROOT, "load of the machine before the run: %.2f", loadBefore));
        }
        long[] after = times();
        if (before.length > STOLEN && after.length > STOLEN) {
            notes.add(String.format(Locale.ROOT, "%.1f %% of the processors' time during the run went to other guests of the host",
                    100 * stolen(before, after)));
        }
        return notes;
    }

    /** From 0 to 1. */
    static double stolen(long[] before, long[] after) {
        long all = Arrays.stream(after).sum() - Arrays.stream(before).sum();
        return all == 0 ? 0 : (double) (after[STOLEN] - before[STOLEN]) / all;
    }
}
