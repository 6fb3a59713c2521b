package io.github.latentconvergence.io;

import static io.github.latentconvergence.io.TraceBytes.bf16;
import static io.github.latentconvergence.io.TraceBytes.counting;
import static io.github.latentconvergence.io.TraceBytes.f16;
import static io.github.latentconvergence.io.TraceBytes.f32;
import static io.github.latentconvergence.io.TraceBytes.f64;
import static io.github.latentconvergence.io.TraceBytes.ints;
import static io.github.latentconvergence.io.TraceBytes.npy;
import static io.github.latentconvergence.io.TraceBytes.safetensors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TraceFilesTest {
    private static final TraceOptions DEFAULTS = TraceOptions.defaults();

    @TempDir
    Path folder;

    private Trace open(TraceBytes file) throws IOException {
        return open(file, DEFAULTS);
    }

    private Trace open(TraceBytes file, TraceOptions options) throws IOException {
        return TraceFiles.open(TestFiles.write(folder, "a.safetensors", file.bytes()), options);
    }

    private static TraceBytes states() {
        return safetensors().tensor("states", "F32", "[2,3,4]", f32(counting(24)));
    }

    private static TraceBytes batch() {
        return safetensors().tensor("states", "F32", "[2,3,2,2]", f32(counting(24)));
    }

    private static byte[] encoded(DType dtype) {
        return switch (dtype) {
            case BF16 -> bf16(counting(24));
            case F16 -> f16(counting(24));
            case F32 -> f32(counting(24));
            case F64 -> f64(counting(24));
        };
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeOpensFromEveryFormat(DType dtype) throws IOException {
        byte[] data = encoded(dtype);
        try (Trace trace = open(safetensors().tensor("states", dtype.name(), "[2,3,4]", data))) {
            NumpyFilesTest.assertCounts(trace.states(), dtype);
        }
        String descr = dtype == DType.BF16 ? "|V2" : "<f" + dtype.bytes();
        for (int version = 1; version <= 3; version++) {
            byte[] npy = npy(version, "{'shape': (2, 3L, 4), \"descr\": '" + descr + "', 'fortran_order': False}", data);
            try (Trace trace = TraceFiles.open(TestFiles.write(folder, "a.npy", npy))) {
                NumpyFilesTest.assertCounts(trace.states(), dtype);
            }
        }
        try (Trace trace = TraceFiles.open(TestFiles.write(folder, "a.bin", data),
                DEFAULTS.withShape(Shape.of(2, 3, 4)).withDtype(dtype))) {
            NumpyFilesTest.assertCounts(trace.states(), dtype);
        }
    }

    @ParameterizedTest
    @CsvSource({"a.safetensors", "a.npy", "a.npz", "a.pt", "a"})
    void theContentNotTheExtensionDecides(String name) throws IOException {
        byte[] npy = npy("<f4", "(2, 3, 4)", f32(counting(24)));
        for (byte[] content : new byte[][] {states().bytes(), npy, new ZipBytes().stored("states.npy", npy).bytes()}) {
            try (Trace trace = TraceFiles.open(TestFiles.write(folder, name, content))) {
                NumpyFilesTest.assertCounts(trace.states(), DType.F32);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"<u2, BF16", "<i2, BF16", "<V2, BF16", "<u2, F16"})
    void sixteenBitsAreWhatTheCallerSays(String descr, DType dtype) throws IOException {
        Path file = TestFiles.write(folder, "bits.npy", npy(descr, "(2, 3, 4)", encoded(dtype)));
        try (Trace trace = TraceFiles.open(file, DEFAULTS.withDtype(dtype))) {
            NumpyFilesTest.assertCounts(trace.states(), dtype);
        }
    }

    @Test
    void dataAtAnOddOffsetOpens() throws IOException {
        try (Trace trace = open(
                safetensors().tensor("x", "U8", "[1]", new byte[1]).tensor("states", "F64", "[2,3,4]", f64(counting(24))))) {
            NumpyFilesTest.assertCounts(trace.states(), DType.F64);
        }
    }

    @Test
    void aHeaderMayBePaddedAndTensorsMayHaveGaps() throws IOException {
        String header = "{\"states\" : {\"extra\":null,\"dtype\":\"F32\",\"shape\":[1,1,2],\"data_offsets\":[8,16]}} \n  ";
        Path file = TestFiles.write(folder, "a.safetensors", safetensors(header, f32(0, 0, 7, 8)));
        try (Trace trace = TraceFiles.open(file)) {
            assertThat(trace.states().get(0, 0, 1)).isEqualTo(8);
        }
    }

    @Test
    void theOnlyTensorThatCanBeTheStatesIsTaken() throws IOException {
        try (Trace trace = open(
                safetensors().tensor("logits", "F16", "[2,3,1]", f16(counting(6))).tensor("h", "F32", "[2,3,4]", f32(counting(24)))
                        .tensor("bias", "F32", "[2,2]", f32(counting(4))))) {
            NumpyFilesTest.assertCounts(trace.states(), DType.F32);
            assertThat(trace.logits().orElseThrow().get(1, 2, 0)).isEqualTo(5);
        }
    }

    @Test
    void aNamedTensorGoesBeforeStates() throws IOException {
        TraceBytes file = safetensors().tensor("states", "F32", "[1,1,1]", f32(9)).tensor("logits", "F32", "[2,3,4]", f32(counting(24)));
        try (Trace trace = open(file, DEFAULTS.withTensor("logits"))) {
            NumpyFilesTest.assertCounts(trace.states(), DType.F32);
            assertThat(trace.logits()).isEmpty();
        }
    }

    @Test
    void tensorsOfExoticTypesDoNotMatter() throws IOException {
        try (Trace trace = open(
                states().tensor("q", "F8_E4M3", "[2,2]", new byte[4]).tensor("p", "F4", "[3]", new byte[2]).tensor("z", "C64",
                        "[0,5]").tensor("scalar", "F32", "[]", f32(1)))) {
            NumpyFilesTest.assertCounts(trace.states(), DType.F32);
        }
    }

    @Test
    void oneTokenIsTakenFromAnArrayOrByName() throws IOException {
        Path npy = TestFiles.write(folder, "a.npy", npy("<f4", "(6, 4)", f32(counting(24))));
        try (Trace trace = TraceFiles.open(npy)) {
            assertThat(trace.states().shape()).isEqualTo(Shape.of(6, 1, 4));
            assertThat(trace.states().get(5, 0, 3)).isEqualTo(23);
        }
        TraceBytes file = safetensors().tensor("states", "F32", "[6,4]", f32(counting(24)))
                .tensor("reference", "BF16", "[4]", bf16(1, 2, 3, 4))
                .tensor("logits", "F32", "[6,2]", f32(counting(12))).meta("axes", "iteration,hidden").meta("tokens", "[\"x\"]");
        try (Trace trace = open(file, DEFAULTS.withTensor("states"))) {
            assertThat(trace.states().shape()).isEqualTo(Shape.of(6, 1, 4));
            assertThat(trace.reference().orElseThrow().shape()).isEqualTo(Shape.of(1, 4));
            assertThat(trace.logits().orElseThrow().get(5, 0, 1)).isEqualTo(11);
            assertThat(trace.tokens()).containsExactly("x");
        }
        TestFiles.assertRefused(folder.resolve("a.safetensors"), DEFAULTS, "F32 [6][4]", "by name (tensor 'states')");
    }

    @Test
    void aBatchIsSlicedWithAllThatStandsBesideIt() throws IOException {
        TraceBytes file = batch().tensor("reference", "F64", "[3,2,2]", f64(counting(12)))
                .tensor("mask", "I64", "[3,2]", ints(8, 1, 1, 1, 0, 0, 0))
                .tensor("token_ids", "I32", "[3,2]", ints(4, 1, 2, 3, 4, 5, 6)).tensor("logits", "F32", "[2,3,2,1]", f32(counting(12)))
                .tensor("norm_weight", "BF16", "[2]", bf16(1.5, -2)).meta("tokens", "[[\"a\",\"b\"],[\"c\",\"d\"],[\"e\",\"f\"]]")
                .meta("axes", "iteration, batch, token, hidden").meta("norm", "normalized").meta("reference_norm", "raw");
        Trace second;
        try (Trace trace = open(file)) {
            assertThat(trace.batches()).isEqualTo(3);
            assertThat(trace.hasTokenTexts()).isTrue();
            assertThatThrownBy(trace::tokens).isInstanceOf(IllegalStateException.class).hasMessageContaining("batch(b)");
            assertThatThrownBy(trace::mask).isInstanceOf(IllegalStateException.class).hasMessageContaining("batch(b)");
            assertThatThrownBy(trace::tokenIds).isInstanceOf(IllegalStateException.class).hasMessageContaining("batch(b)");
            second = trace.batch(1);
            assertThat(second.states().shape()).isEqualTo(Shape.of(2, 2, 2));
            assertThat(second.states().get(1, 1, 0)).isEqualTo(12 + 4 + 2);
            assertThat(second.reference().orElseThrow().shape()).isEqualTo(Shape.of(2, 2));
            assertThat(second.reference().orElseThrow().get(0, 1, 1)).isEqualTo(7);
            assertThat(second.mask()).contains(new boolean[] {true, false});
            assertThat(second.tokenIds()).contains(new long[] {3, 4});
            assertThat(second.tokens()).containsExactly("c", "d");
            assertThat(second.logits().orElseThrow().get(1, 1, 0)).isEqualTo(6 + 2 + 1);
            assertThat(second.normWeight()).contains(new double[] {1.5, -2});
            assertThat(second.normalized()).contains(true);
            assertThat(second.referenceNormalized()).contains(false);
            second.close();
            assertThat(trace.states().isOpen()).as("closing a batch does nothing").isTrue();
        }
        StateTensor reference = second.reference().orElseThrow();
        assertThatThrownBy(() -> reference.get(0, 0, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatABatchSharesIsSharedByAll() throws IOException {
        try (Trace trace = open(batch().tensor("mask", "BOOL", "[2]", ints(1, 0, 1)).tensor("token_ids", "U8", "[2]", ints(1, 200, 201))
                .meta("tokens", "[\"a\",\"b\"]"))) {
            assertThat(trace.tokens()).containsExactly("a", "b");
            assertThat(trace.batch(2).tokens()).containsExactly("a", "b");
            assertThat(trace.batch(2).mask()).contains(new boolean[] {false, true});
            assertThat(trace.batch(0).tokenIds()).contains(new long[] {200, 201});
        }
    }

    @ParameterizedTest
    @CsvSource({"BOOL,1", "U8,1", "I8,1", "U16,2", "I16,2", "I32,4", "U32,4", "I64,8", "U64,8"})
    void everyWholeTypeIsAMask(String type, int width) throws IOException {
        try (Trace trace = open(states().tensor("mask", type, "[1,3]", ints(width, 1, 0, -1)))) {
            assertThat(trace.mask()).contains(new boolean[] {true, false, true});
        }
    }

    @ParameterizedTest
    @EnumSource
    void zerosAndOnesAreAMaskInEveryType(DType type) throws IOException {
        byte[] data = switch (type) {
            case BF16 -> bf16(1, 0, 1);
            case F16 -> f16(1, 0, 1);
            case F32 -> f32(1, 0, 1);
            case F64 -> f64(1, 0, 1);
        };
        try (Trace trace = open(states().tensor("mask", type.name(), "[3]", data))) {
            assertThat(trace.mask()).contains(new boolean[] {true, false, true});
        }
    }

    @Test
    void anAdditiveMaskIsNotTakenForItsOpposite() throws IOException {
        Path file = TestFiles.write(folder, "a.safetensors",
                states().tensor("mask", "F32", "[3]", f32(0, 0, Double.NEGATIVE_INFINITY)).bytes());
        TestFiles.assertRefused(file, DEFAULTS, "'mask' holds -Infinity", "1 for a real token and 0 for padding");
    }

    @Test
    void tokenTextsSurviveEveryEscape() throws IOException {
        String tokens = "[\"\\u00e9\\ud83d\\ude00\", \" \\\"\\\\\\/\\b\\f\\n\\r\\t\", \"日本 😀\"]";
        try (Trace trace = open(states().meta("tokens", tokens))) {
            assertThat(trace.tokens()).containsExactly("é😀", " \"\\/\b\f\n\r\t", "日本 😀");
        }
    }

    @Test
    void tokenTextsComeFromAFileBesideIt() throws IOException {
        Path json = TestFiles.write(folder, "t.json", "[\"a\", \"\", \"c\"]\n".getBytes(StandardCharsets.UTF_8));
        Path unix = TestFiles.write(folder, "u.txt", " a\n\nc".getBytes(StandardCharsets.UTF_8));
        Path windows = TestFiles.write(folder, "w.TXT", "\ufeffé\r\n\r\nc\r\n".getBytes(StandardCharsets.UTF_8));
        try (Trace trace = open(states().meta("tokens", "[\"x\",\"y\",\"z\"]"), DEFAULTS.withTokens(json))) {
            assertThat(trace.tokens()).containsExactly("a", "", "c");
        }
        try (Trace trace = open(states(), DEFAULTS.withTokens(unix))) {
            assertThat(trace.tokens()).containsExactly(" a", "", "c");
        }
        try (Trace trace = open(states(), DEFAULTS.withTokens(windows))) {
            assertThat(trace.tokens()).containsExactly("é", "", "c");
        }
        Path sequences = TestFiles.write(folder, "b.json", "[[\"a\",\"b\"],[\"c\",\"d\"],[\"e\",\"f\"]]".getBytes(StandardCharsets.UTF_8));
        try (Trace trace = open(batch(), DEFAULTS.withTokens(sequences))) {
            assertThat(trace.batch(2).tokens()).containsExactly("e", "f");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"t.txt|a|found 1 token texts, expected 3", "t.json|[1,2,3]|found 3 elements that are not strings",
        "t.json|[\"a\",\"b\",3]|found the number 3 at 2", "t.json|{}|no array", "t.json|[\"a\",|byte 5", "t.csv|a|another extension",
        "t.txt|''|found 0 token texts"})
    void wrongTokenTextsAreRefusedInTheNameOfTheirFile(String name, String content, String phrase) throws IOException {
        Path trace = TestFiles.write(folder, "a.safetensors", states().bytes());
        Path tokens = TestFiles.write(folder, name, content.getBytes(StandardCharsets.UTF_8));
        TestFiles.assertRefused(trace, tokens, DEFAULTS.withTokens(tokens), phrase);
    }

    @Test
    void invalidUtf8InTokenTextsIsRefused() throws IOException {
        Path trace = TestFiles.write(folder, "a.safetensors", states().bytes());
        Path tokens = TestFiles.write(folder, "t.txt", (byte) 0xff);
        TestFiles.assertRefused(trace, tokens, DEFAULTS.withTokens(tokens), "invalid UTF-8");
    }

    @Test
    void whetherS0IsRecordedMayBeSaidWhereTheFileDoesNot() throws IOException {
        try (Trace trace = open(states())) {
            assertThat(trace.hasS0()).isEmpty();
        }
        try (Trace trace = open(states(), DEFAULTS.withHasS0(false))) {
            assertThat(trace.hasS0()).contains(false);
        }
        try (Trace trace = open(states().meta("has_s0", "true"), DEFAULTS.withHasS0(true))) {
            assertThat(trace.hasS0()).contains(true);
        }
        TestFiles.assertRefused(folder.resolve("a.safetensors"), DEFAULTS.withHasS0(false), "'has_s0' is 'true'", "'false' as given");
    }

    @Test
    void shapeAndTypeMayBeGivenAsTheFileHasThem() throws IOException {
        try (Trace trace = open(states(), DEFAULTS.withShape(Shape.of(2, 3, 4)).withDtype(DType.F32))) {
            NumpyFilesTest.assertCounts(trace.states(), DType.F32);
        }
    }

    @Test
    void rawBytesMayBeginLikeAnything() throws IOException {
        byte[] data = f32(counting(24));
        System.arraycopy(npy("<f4", "(1,)"), 0, data, 0, 10);
        Path file = TestFiles.write(folder, "a.bin", data);
        try (Trace trace = TraceFiles.open(file, DEFAULTS.withShape(Shape.of(2, 3, 2, 2)).withDtype(DType.F32))) {
            assertThat(trace.batch(2).states().get(1, 1, 1)).isEqualTo(23);
        }
    }

    @Test
    void indicesStandForTokensWithoutTexts() throws IOException {
        try (Trace trace = open(states())) {
            assertThat(trace.hasTokenTexts()).isFalse();
            assertThat(trace.tokens()).containsExactly("0", "1", "2");
            assertThatThrownBy(() -> trace.tokens().get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void missingFilesAndFoldersAreSaidInWords() {
        Path missing = folder.resolve("no\nsuch.npy");
        assertThatThrownBy(() -> TraceFiles.open(missing)).isInstanceOf(NoSuchFileException.class).hasMessageContaining("no\\u000asuch.npy")
                .hasMessageContaining("no such file").hasMessageNotContaining("\n");
        TestFiles.assertRefused(folder, DEFAULTS, "a directory");
        Path trace = TestFiles.resource("traces/figure-like.safetensors");
        assertThatThrownBy(() -> TraceFiles.open(trace, DEFAULTS.withTokens(missing))).isInstanceOf(NoSuchFileException.class);
        TestFiles.assertUnmapped(trace);
    }

    @Test
    void devicesAreRefused() {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device), "skipped: this system has no /dev/null");
        TestFiles.assertRefused(device, DEFAULTS, "pipe or device", "regular file");
    }

    @Test
    void anUnreadableFileIsSaidInWords() throws IOException, InterruptedException {
        Path file = TestFiles.write(folder, "secret.npy", new byte[10]);
        Assumptions.assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"), "skipped: no POSIX permissions here");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        if (Files.isReadable(file)) {
            String said = WithoutPrivilege.open(file);
            Assumptions.assumeTrue(said != null, "skipped: this user may read everything, and there is no setpriv to change that");
            assertThat(said).startsWith(AccessDeniedException.class.getName()).contains("no permission");
            return;
        }
        assertThatThrownBy(() -> TraceFiles.open(file)).isInstanceOf(AccessDeniedException.class).hasMessageContaining("no permission");
    }
}
