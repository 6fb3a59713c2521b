package io.github.latentconvergence.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The files that a run reads, and so must not write. */
final class Inputs {
    private Inputs() {}

    static Path[] of(TraceArguments which, MeasureArguments what) {
        List<Path> all = new ArrayList<>(Arrays.asList(which.inputs()));
        ReferenceFile other = what.referenceFile();
        if (other != null) {
            all.add(other.file());
        }
        return all.toArray(Path[]::new);
    }
}
