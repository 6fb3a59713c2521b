package io.github.latentconvergence.internal.ffm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library that is missing, damaged or of another build. */
class NativeLibraryTest {
    private static final String PATH = NativeResources.path();

    @TempDir
    Path folder;

    private static NativeLibrary.Resources resources(byte @Nullable [] library, @Nullable String digest) {
        return path -> {
            if (path.equals(PATH)) {
                return library == null ? null : new ByteArrayInputStream(library);
            }
            assertThat(path).isEqualTo(PATH + ".sha256");
            return digest == null ? null : new ByteArrayInputStream(digest.getBytes(StandardCharsets.US_ASCII));
        };
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] real() throws IOException {
        try (InputStream in = Objects.requireNonNull(NativeResources.open(PATH))) {
            return in.readAllBytes();
        }
    }

    @Test
    void theRealOneLoads() throws Exception {
        byte[] real = real();
        NativeLibrary library = NativeLibrary.load(resources(real, sha256(real) + "  " + NativeResources.fileName() + "\n"));
        assertThat(library.tiers()).extracting(NativeTier::name).startsWith("scalar");
        assertThat(library.tiers().getFirst().isUsable()).isTrue();
        assertThat(library.description()).contains("interface " + NativeLibrary.ABI_VERSION).contains(sha256(real).substring(0, 12));
    }

    @Test
    void aMissingLibraryIsUnavailableAndTheArtifactIsNamed() {
        assertThatThrownBy(() -> NativeLibrary.load(resources(null, null))).isInstanceOf(NativeLibrary.UnavailableException.class)
                .hasMessageContaining("add the artifact latent-convergence-native").hasMessageContaining(PATH)
                .hasMessageContaining(NativeResources.platform());
    }

    @Test
    void aLibraryWithoutDigestIsWrong() throws IOException {
        byte[] real = real();
        wrong(resources(real, null), "has no digest beside it", PATH + ".sha256");
    }

    @Test
    void aDamagedLibraryIsWrong() throws IOException, NoSuchAlgorithmException {
        byte[] real = real();
        String digest = sha256(real);
        byte[] damaged = real.clone();
        damaged[damaged.length / 2] ^= 1;
        wrong(resources(damaged, digest), "is damaged", sha256(damaged), digest);
        wrong(resources(Arrays.copyOf(real, real.length - 1), digest), "is damaged");
        wrong(resources(real, "0".repeat(64)), "is damaged");
        wrong(resources(real, ""), "is damaged");
    }

    @Test
    void whatIsNoLibraryIsWrongAndTheFolderIsNamed() throws NoSuchAlgorithmException {
        byte[] garbage = "this is not a shared library".getBytes(StandardCharsets.US_ASCII);
        wrong(resources(garbage, sha256(garbage)), "cannot be loaded from", "noexec", "-Djava.io.tmpdir");
    }

    @Test
    void whatCannotBeReadIsWrong() {
        wrong(path -> {
            throw new IOException("the jar is gone");
        }, "cannot be read: the jar is gone");
    }

    @Test
    void aLibraryOfAnotherInterfaceIsWrong() throws Exception {
        byte[] other = compile("int lc_abi_version(void) { return 99; }");
        wrong(resources(other, sha256(other)), "speaks interface 99; this build expects " + NativeLibrary.ABI_VERSION, "same version");
    }

    @Test
    void aLibraryThatLacksAFunctionIsWrong() throws Exception {
        byte[] none = compile("int something_else(void) { return 0; }");
        wrong(resources(none, sha256(none)), "lacks the function lc_abi_version");
        String version = "int lc_abi_version(void) { return " + NativeLibrary.ABI_VERSION + "; }\n";
        byte[] few = compile(version + "void lc_cpu_name(char *name, long capacity) { name[0] = 0; (void)capacity; }\n"
                + "const void *lc_tier_at(int i) { (void)i; return 0; }\n");
        wrong(resources(few, sha256(few)), "lacks the function lc_tier_usable");
    }

    @Test
    void aLibraryWithAnotherListIsWrong() throws NativeLibrary.UnavailableException {
        NativeLibrary library = NativeLibrary.get();
        assertThatThrownBy(() -> library.requireNames("lc_op_name", List.of("diff2", "norm3"))).isInstanceOf(NativeLibraryException.class)
                .hasMessageContaining("[diff2, abs_diff, ").hasMessageContaining("expects [diff2, norm3]")
                .hasMessageContaining("same version");
        assertThatThrownBy(() -> library.requireNames("lc_nothing", List.of())).isInstanceOf(NativeLibraryException.class)
                .hasMessageContaining("lacks the function lc_nothing");
        assertThatCode(() -> library.requireNames("lc_dtype_name", List.of("bf16", "f16", "f32", "f64"))).doesNotThrowAnyException();
    }

    private static void wrong(NativeLibrary.Resources resources, String... phrases) {
        assertThatThrownBy(() -> NativeLibrary.load(resources)).isInstanceOf(NativeLibraryException.class)
                .hasMessageContainingAll(phrases).message().doesNotContain("\n");
    }

    /** A shared library of this source; the build has a C compiler anyway. */
    private byte[] compile(String source) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("other.c"), source);
        Path library = folder.resolve("other.so");
        Process cc = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), file.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("cc.txt").toFile()).start();
        assertThat(cc.waitFor()).as("%s", Files.readString(folder.resolve("cc.txt"))).isZero();
        return Files.readAllBytes(library);
    }
}
