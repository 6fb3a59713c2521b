package io.github.latentconvergence.internal.ffm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The compiled device code, as resources: machine code for the devices there are, and PTX, which the driver compiles for those there were not yet. */
final class CudaImage {
    static final String FATBIN = "latent_convergence.fatbin";
    static final String PTX = "latent_convergence.ptx";

    private CudaImage() {}

    /**
     * One of the two; empty where it is not on the class path.
     *
     * @throws NativeLibraryException if it is there and damaged
     */
    static Optional<byte[]> read(String name) {
        String path = path(name);
        try (InputStream in = NativeResources.open(path); InputStream digestIn = NativeResources.open(path + ".sha256")) {
            if (in == null) {
                return Optional.empty();
            }
            if (digestIn == null) {
                throw new NativeLibraryException("the CUDA kernels " + path + " have no digest beside them (" + path + ".sha256)");
            }
            byte[] image = in.readAllBytes();
            String expected = new String(digestIn.readAllBytes(), StandardCharsets.US_ASCII).strip().split("\\s+", 2)[0];
            String found = NativeLibrary.sha256(image);
            if (!found.equals(expected)) {
                throw new NativeLibraryException(
                        "the CUDA kernels " + path + " are damaged: their sha256 is " + found + "; expected " + expected);
            }
            return Optional.of(image);
        } catch (IOException unreadable) {
            throw new NativeLibraryException("the CUDA kernels " + path + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Why there are none, where there are none. */
    static Optional<String> missing() {
        if (NativeResources.isThere(path(FATBIN)) || NativeResources.isThere(path(PTX))) {
            return Optional.empty();
        }
        return Optional.of("no CUDA kernels on the class or module path (resource " + path(FATBIN)
                + "): add the artifact latent-convergence-native with classifier " + NativeResources.platform() + "-cuda"
                + (CudaImage.class.getModule().isNamed()
                        ? ", and resolve its module: --add-modules io.github.latentconvergence.natives.cuda"
                        : ""));
    }

    private static String path(String name) {
        return "META-INF/native/" + NativeResources.platform() + "/" + name;
    }
}
