package io.github.latentconvergence.internal.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CudaEntryTest {
    private static final Pattern ENTRY = Pattern.compile("^LC_CUDA_ENTRY\\((\\w+), ([^)]*)\\)$", Pattern.MULTILINE);

    /** The build holds the PTX against the same list. */
    @Test
    void kernelsAndTheirParametersAreThoseOfTheDeviceCode() throws IOException {
        Path list = Path.of(System.getProperty("latentconvergence.root"), "native/src/main/cuda/entries.def");
        List<String> listed = new ArrayList<>();
        for (Matcher entry = ENTRY.matcher(Files.readString(list)); entry.find();) {
            listed.add(entry.group(1) + " with " + entry.group(2).split(",", -1).length);
        }
        assertThat(Arrays.stream(CudaEntry.values()).map(e -> e.symbol() + " with " + e.parameters()))
                .containsExactlyElementsOf(listed);
    }
}
