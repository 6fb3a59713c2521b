package io.github.latentconvergence.internal.ffm;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** For benchmarks: the bytes of the native library, to be loaded once more. */
public final class NativeLibraryFile {
    private NativeLibraryFile() {}

    /** Opens the library of this platform. */
    public static InputStream open() throws IOException {
        InputStream in = NativeResources.open(NativeResources.path());
        if (in == null) {
            throw new FileNotFoundException(
                    "the resource " + NativeResources.path() + " is missing: this jar was built for another system");
        }
        return in;
    }
}
