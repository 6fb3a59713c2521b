package io.github.latentconvergence.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy wrote (see make.py beside them), and archives from two other writers. */
class NumpyFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "compressed.npz"})
    void archivesOpenWithEverythingBesideTheStates(String name) throws IOException {
        try (Trace trace = TraceFiles.open(TestFiles.resource("numpy/" + name))) {
            assertCounts(trace.states(), DType.F32);
            StateTensor reference = trace.reference().orElseThrow();
            assertThat(reference.shape()).isEqualTo(Shape.of(3, 4));
            assertThat(reference.dtype()).isEqualTo(DType.F64);
            assertThat(reference.get(0, 2, 3)).isEqualTo(23);
            assertThat(trace.normWeight()).contains(new double[] {0, 1, 2, 3});
            assertThat(trace.mask()).contains(new boolean[] {true, true, false});
            assertThat(trace.tokenIds()).contains(new long[] {7, 8, 9});
            assertThat(trace.metadata()).isEmpty();
        }
    }

    @Test
    void bfloat16OfMlDtypesOpens() throws IOException {
        try (Trace trace = TraceFiles.open(TestFiles.resource("numpy/bfloat16.npy"))) {
            assertCounts(trace.states(), DType.BF16);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"fortran.npy | Fortran order | numpy.ascontiguousarray",
        "big-endian.npy | big-endian (>f4) | astype('<f4')",
        "objects.npy | Python objects (|O) | numbers", "complex.npy | <c8 [2][3][4] | BF16, F16, F32 or F64"})
    void whatCannotBeMappedIsRefused(String name, String found, String expected) {
        TestFiles.assertRefused(TestFiles.resource("numpy/" + name), TraceOptions.defaults(), found.strip(), expected.strip());
    }

    @Test
    void anArrayInAnArchiveIsChosenByName() throws IOException {
        Path file = TestFiles.resource("numpy/stored.npz");
        try (Trace trace = TraceFiles.open(file, TraceOptions.defaults().withTensor("states"))) {
            assertCounts(trace.states(), DType.F32);
        }
        TestFiles.assertRefused(file, TraceOptions.defaults().withTensor("names"), "'names' is <U1 [2]", "1 axes");
    }

    /** Larger than what is inflated at a time; and the JDK writes local headers without sizes, followed by a data descriptor, where NumPy writes zip64 fields. */
    @Test
    void archivesOfTheJdkOpen() throws IOException {
        double[] values = new Random(5).doubles(600_000).toArray();
        byte[] npy = TraceBytes.npy("<f4", "(5, 400, 300)", TraceBytes.f32(values));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.setComment("PK\5\6 is not the end");
            zip.putNextEntry(new ZipEntry("notes.txt"));
            zip.write(1);
            zip.putNextEntry(new ZipEntry("h.npy"));
            zip.write(npy);
            zip.closeEntry();
        }
        try (Trace trace = TraceFiles.open(TestFiles.write(folder, "jdk.npz", archive.toByteArray()))) {
            for (int i = 0; i < values.length; i += 77) {
                assertThat(trace.states().get(i / 120_000, i / 300 % 400, i % 300)).isEqualTo((float) values[i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void zip64ArchivesOpen(boolean deflated) throws IOException {
        byte[] npy = TraceBytes.npy("<f4", "(2, 3, 4)", TraceBytes.f32(TraceBytes.counting(24)));
        ZipBytes zip = new ZipBytes().zip64();
        byte[] archive = (deflated ? zip.deflated("states.npy", npy) : zip.stored("states.npy", npy)).bytes();
        try (Trace trace = TraceFiles.open(TestFiles.write(folder, "zip64.npz", archive))) {
            assertCounts(trace.states(), DType.F32);
        }
    }

    @Test
    void storedMembersAreMappedInPlace() throws IOException {
        Path file = Files.copy(TestFiles.resource("numpy/stored.npz"), folder.resolve("mapped.npz"));
        try (Trace trace = TraceFiles.open(file)) {
            assertThat(trace.states().segment().isMapped()).isTrue();
        }
        Path deflated = TestFiles.resource("numpy/compressed.npz");
        try (Trace trace = TraceFiles.open(deflated)) {
            assertThat(trace.states().segment().isMapped()).isFalse();
            assertThat(trace.states().segment().isNative()).isTrue();
        }
    }

    static void assertCounts(StateTensor states, DType dtype) {
        assertThat(states.shape()).isEqualTo(Shape.of(2, 3, 4));
        assertThat(states.dtype()).isEqualTo(dtype);
        for (int i = 0; i < 24; i++) {
            assertThat(states.get(i / 12, i / 4 % 3, i % 4)).isEqualTo(i);
        }
    }
}
