package io.github.latentconvergence.internal.ffm;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loaded native library. Found as a resource, copied to a temporary folder, checked against its digest, loaded, and asked for its version, its lists and its tiers;
 * all or nothing.
 */
public final class NativeLibrary {
    /** The interface that this build speaks; {@code LC_ABI_VERSION} in latent_convergence.h. */
    static final int ABI_VERSION = 5;

    /** Opens resources by path; null where there is none. */
    @FunctionalInterface
    interface Resources {
        @Nullable
        InputStream open(String path) throws IOException;
    }

    private final String description;
    private final String cpu;
    private final List<NativeTier> tiers;
    private final SymbolLookup symbols;

    private NativeLibrary(SymbolLookup symbols, String digest) {
        this.symbols = symbols;
        int abi = (int) Downcalls.call(() -> (int) Downcalls.INT.invokeExact(find("lc_abi_version")));
        if (abi != ABI_VERSION) {
            throw new NativeLibraryException(
                    "the native library " + NativeResources.path() + " speaks interface " + abi + "; this build expects " + ABI_VERSION
                            + ": use latent-convergence and latent-convergence-native of the same version");
        }
        this.cpu = cpuName();
        this.tiers = readTiers();
        String compiler = Downcalls
                .string((MemorySegment) Downcalls.call(() -> (MemorySegment) Downcalls.ADDRESS.invokeExact(find("lc_compiler"))));
        this.description = NativeResources.fileName() + " for " + NativeResources.platform() + ", interface " + abi + ", built with "
                + compiler + ", sha256 "
                + digest.substring(0, 12);
    }

    /**
     * The library, loaded once.
     *
     * @throws UnavailableException if there is none for this platform, or native access is not granted; the message says which
     * @throws NativeLibraryException if there is one and it is wrong
     */
    public static NativeLibrary get() throws UnavailableException {
        return Holder.OUTCOME.get();
    }

    /** There is no native library to be had; the message says why. */
    public static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1;

        UnavailableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** What came of loading: the library or one of the two exceptions. */
    private record Outcome(@Nullable NativeLibrary library, @Nullable Exception failure) {
        static Outcome load() {
            try {
                return new Outcome(NativeLibrary.load(NativeResources::open), null);
            } catch (UnavailableException | NativeLibraryException failure) {
                return new Outcome(null, failure);
            }
        }

        /** Exceptions are made anew, so that each has the stack of its own caller. */
        NativeLibrary get() throws UnavailableException {
            if (library != null) {
                return library;
            }
            String why = failure == null ? "" : String.valueOf(failure.getMessage());
            if (failure instanceof UnavailableException) {
                throw new UnavailableException(why, failure.getCause());
            }
            throw new NativeLibraryException(why, failure);
        }
    }

    private static final class Holder {
        static final Outcome OUTCOME = Outcome.load();
    }

    static NativeLibrary load(Resources resources) throws UnavailableException {
        String path = NativeResources.path();
        byte[] library;
        String expected;
        try (InputStream in = resources.open(path); InputStream digestIn = resources.open(path + ".sha256")) {
            if (in == null) {
                throw new UnavailableException(
                        "no native library for " + NativeResources.platform() + " on the class or module path (resource " + path
                                + "): add the artifact latent-convergence-native" + moduleHint(),
                        null);
            }
            if (digestIn == null) {
                throw new NativeLibraryException("the native library " + path + " has no digest beside it (" + path + ".sha256)");
            }
            library = in.readAllBytes();
            expected = new String(digestIn.readAllBytes(), StandardCharsets.US_ASCII).strip().split("\\s+", 2)[0];
        } catch (IOException unreadable) {
            throw new NativeLibraryException("the native library " + path + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
        String found = sha256(library);
        if (!found.equals(expected)) {
            throw new NativeLibraryException(
                    "the native library " + path + " is damaged: its sha256 is " + found + "; expected " + expected);
        }
        return new NativeLibrary(lookup(library), found);
    }

    private static String moduleHint() {
        return NativeLibrary.class.getModule().isNamed()
                ? ", and resolve its module: requires or --add-modules io.github.latentconvergence.natives"
                : "";
    }

    @SuppressWarnings("restricted") // the one purpose of this package
    private static SymbolLookup lookup(byte[] library) throws UnavailableException {
        Path folder = null;
        Path file = null;
        try {
            folder = Files.createTempDirectory("latent-convergence-");
            file = Files.write(folder.resolve(NativeResources.fileName()), library);
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalCallerException denied) {
            String module = NativeLibrary.class.getModule().isNamed() ? "io.github.latentconvergence" : "ALL-UNNAMED";
            throw new UnavailableException("native access is not granted: start Java with --enable-native-access=" + module, denied);
        } catch (IllegalArgumentException refused) {
            throw new NativeLibraryException("the native library cannot be loaded from " + folder
                    + " (is that folder mounted noexec? -Djava.io.tmpdir=FOLDER chooses another): " + refused.getMessage(), refused);
        } catch (IOException unwritable) {
            throw new UnavailableException(
                    "the native library cannot be unpacked to the temporary folder " + System.getProperty("java.io.tmpdir")
                            + ": " + unwritable + " (-Djava.io.tmpdir=FOLDER chooses another)",
                    unwritable);
        } finally {
            deleteUnpacked(file);
            deleteUnpacked(folder);
        }
    }

    /** A loaded library needs its file no more, except on Windows, which refuses to delete it until the JVM ends. */
    private static void deleteUnpacked(@Nullable Path path) {
        if (path != null && !path.toFile().delete()) {
            path.toFile().deleteOnExit();
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /** The address of an exported function. */
    private MemorySegment find(String symbol) {
        return symbols.find(symbol).orElseThrow(() -> new NativeLibraryException(
                "the native library " + NativeResources.path() + " lacks the function " + symbol + ": it does not belong to this build"));
    }

    private String cpuName() {
        MemorySegment function = find("lc_cpu_name");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(64);
            Downcalls.run(() -> {
                Downcalls.CPU_NAME.invokeExact(function, name, name.byteSize());
            });
            return name.getString(0).strip();
        }
    }

    private List<NativeTier> readTiers() {
        MemorySegment at = find("lc_tier_at");
        MemorySegment usable = find("lc_tier_usable");
        List<NativeTier> found = new ArrayList<>();
        for (int index = 0;; index++) {
            int i = index;
            MemorySegment table = (MemorySegment) Downcalls.call(() -> (MemorySegment) Downcalls.ADDRESS_OF_INT.invokeExact(at, i));
            if (table.address() == 0) {
                return List.copyOf(found);
            }
            boolean runs = (int) Downcalls.call(() -> (int) Downcalls.INT_OF_INT.invokeExact(usable, i)) != 0;
            found.add(NativeTier.read(table, runs));
        }
    }

    /**
     * Checks that a list means the same on both sides.
     *
     * @param function {@code lc_dtype_name} or {@code lc_op_name}
     * @throws NativeLibraryException if the names differ
     */
    public void requireNames(String function, List<String> expected) {
        MemorySegment address = find(function);
        List<String> names = new ArrayList<>();
        for (int index = 0;; index++) {
            int i = index;
            MemorySegment name = (MemorySegment) Downcalls.call(() -> (MemorySegment) Downcalls.ADDRESS_OF_INT.invokeExact(address, i));
            if (name.address() == 0) {
                break;
            }
            names.add(Downcalls.string(name));
        }
        if (!names.equals(expected)) {
            throw new NativeLibraryException("the native library lists " + names + " in " + function + "; this build expects " + expected
                    + ": use latent-convergence and latent-convergence-native of the same version");
        }
    }

    /** The instruction sets in the library, from the slowest to the fastest, those this machine cannot run included. */
    public List<NativeTier> tiers() {
        return tiers;
    }

    /** The processor's own name. */
    public String cpu() {
        return cpu;
    }

    /** File, platform, interface version, compiler and digest, on one line. */
    public String description() {
        return description;
    }
}
