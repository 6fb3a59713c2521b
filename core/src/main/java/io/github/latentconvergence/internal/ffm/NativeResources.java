package io.github.latentconvergence.internal.ffm;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the native library lies as a resource, for the platform the JVM runs on. */
final class NativeResources {
    private static final String BASE_NAME = "latent_convergence";

    private NativeResources() {}

    /** Like {@code linux-x86_64}: the folder's name. */
    static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String system = os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : os.replace(' ', '-');
        String processor = switch (arch) {
            case "amd64", "x86_64", "x64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch64";
            default -> arch;
        };
        return system + "-" + processor;
    }

    static String fileName() {
        return System.mapLibraryName(BASE_NAME);
    }

    static String path() {
        return "META-INF/native/" + platform() + "/" + fileName();
    }

    /** A resource of the class path or of the resolved modules; null where there is none. */
    static @Nullable InputStream open(String path) throws IOException {
        ClassLoader loader = NativeResources.class.getClassLoader();
        return loader == null ? ClassLoader.getSystemResourceAsStream(path) : loader.getResourceAsStream(path);
    }

    static boolean isThere(String path) {
        ClassLoader loader = NativeResources.class.getClassLoader();
        return (loader == null ? ClassLoader.getSystemResource(path) : loader.getResource(path)) != null;
    }
}
