package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that cannot be used is refused with the reason, and the next try is a new one; the report says the same. */
@Tag("standin")
class CudaUnavailableTest {
    private static final ConvergenceOptions CUDA = ConvergenceOptions.defaults().withBackend(Backend.CUDA);

    private final StateTensor states = StateTensor.allocate(DType.F32, Shape.of(3, 2, 20));

    @BeforeEach
    void oneDevice() {
        StandIn.reset(1, 8 * StandIn.MIB);
    }

    @AfterEach
    void nothingIsLeft() {
        states.close(); // nothing holds it
        StandIn.nothingIsLeft("after the test");
    }

    private void isRefused(ConvergenceOptions options, String reason) {
        assertThatThrownBy(() -> Convergence.convergenceMatrix(states, options)).isInstanceOf(BackendUnavailableException.class)
                .hasMessage("backend cuda is not available: " + reason);
    }

    private void worksAgain() {
        StandIn.reset(1, 8 * StandIn.MIB);
        assertThat(Convergence.convergenceMatrix(states, CUDA).computedBy()).isEqualTo("cuda/0");
    }

    @Test
    void noDevice() {
        StandIn.reset(0, 0);
        String reason = "no CUDA device: cuInit failed: CUDA_ERROR_NO_DEVICE (100), no CUDA-capable device is detected";
        isRefused(CUDA, reason);
        assertThat(BackendReport.current().cuda()).isEqualTo(reason);
        assertThat(CudaDevice.list()).isEmpty();
        assertThat(Convergence.convergenceMatrix(states).computedBy()).as("by itself").startsWith("cpu/");
        worksAgain();
    }

    @Test
    void noSuchDevice() {
        isRefused(CUDA.withDevice(1), "there is no CUDA device 1: the driver lists 1, from 0 on");
        StandIn.reset(2, 8 * StandIn.MIB);
        assertThat(Convergence.convergenceMatrix(states, CUDA.withDevice(1)).computedBy()).isEqualTo("cuda/1");
    }

    @Test
    void devicesAreListed() {
        StandIn.reset(2, 8 * StandIn.MIB);
        StandIn.capability(1, 6, 1);
        assertThat(CudaDevice.list()).containsExactly(new CudaDevice(0, "stand-in 0", "sm_90", 8 * StandIn.MIB, 4, true),
                new CudaDevice(1, "stand-in 1", "sm_61", 8 * StandIn.MIB, 4, false));
        assertThat(BackendReport.current().cuda()).isEqualTo(
                "0: stand-in 0 (sm_90, 8 MiB, 4 multiprocessors); 1: stand-in 1 (sm_61, 8 MiB, 4 multiprocessors, too old)");
        assertThat(StandIn.live(StandIn.Kind.CONTEXTS)).as("looking takes nothing").isZero();
    }

    @Test
    void aDeviceThatIsTooOld() {
        StandIn.capability(0, 7, 0);
        isRefused(CUDA, "CUDA device 0 (stand-in 0) is too old: its compute capability is 7.0, and the kernels need 7.5 or newer");
        worksAgain();
    }

    @Test
    void aDriverThatIsTooOld() {
        StandIn.version(9020);
        isRefused(CUDA, "the CUDA driver is too old: it speaks CUDA 9.2, and the kernels need 10.0 or newer");
        worksAgain();
    }

    @Test
    void aDriverThatDoesNotStart() {
        StandIn.fail("cuInit", 1, 803);
        isRefused(CUDA, "the CUDA driver does not start: cuInit failed: CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803), "
                + "system has unsupported display driver / cuda driver combination");
        worksAgain();
    }

    @Test
    void kernelsOfAnotherVersionAreAnError() {
        StandIn.abiVersion(3);
        assertThatThrownBy(() -> Convergence.convergenceMatrix(states, CUDA)).isInstanceOf(IllegalStateException.class)
                .isNotInstanceOf(BackendUnavailableException.class)
                .hasMessageMatching("the CUDA kernels speak interface 3; this build expects \\d+: "
                        + "use latent-convergence and latent-convergence-native, with its CUDA classifier, of the same version");
        worksAgain();
    }

    /** Machine code for other devices: the driver compiles the PTX instead. */
    @Test
    void anImageThatIsRefusedIsReplacedByPtx() {
        StandIn.fail("cuModuleLoadData", 1, 209);
        assertThat(Convergence.convergenceMatrix(states, CUDA).computedBy()).isEqualTo("cuda/0");
        assertThat(StandIn.calls("cuModuleLoadData")).isEqualTo(2);
        StandIn.reset(1, 8 * StandIn.MIB);
        StandIn.fail("cuModuleLoadData", 1, 209);
        StandIn.fail("cuModuleLoadData", 2, 222);
        assertThatThrownBy(() -> Convergence.convergenceMatrix(states, CUDA)).isInstanceOf(IllegalStateException.class)
                .hasMessage("cuModuleLoadData failed on CUDA device 0 (stand-in 0): CUDA_ERROR_UNSUPPORTED_PTX_VERSION (222), "
                        + "the provided PTX was compiled with an unsupported toolchain.");
        worksAgain();
    }

    @Test
    void aDamagedImageIsAnError(@TempDir Path folder) throws IOException, InterruptedException {
        Path image = Files.createDirectories(folder.resolve("META-INF/native/" + platform()));
        Files.writeString(image.resolve("latent_convergence.fatbin"), "something else");
        Files.writeString(image.resolve("latent_convergence.fatbin.sha256"), "0000");
        assertThat(new ChildJvm(folder).with("--enable-native-access=ALL-UNNAMED").withFirst(folder).run(OnCuda.class).output())
                .contains("are damaged: their sha256 is ").doesNotContain("cuda/0");
    }

    @Test
    void noKernelsOnTheClassPathNamesTheArtifact(@TempDir Path folder) throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = new ChildJvm(folder).with("--enable-native-access=ALL-UNNAMED").withoutNatives().run(OnCuda.class);
        assertThat(outcome.output())
                .contains("backend cuda is not available: no CUDA kernels on the class or module path (resource META-INF/native/"
                        + platform() + "/latent_convergence.fatbin): add the artifact latent-convergence-native with classifier "
                        + platform() + "-cuda");
    }

    @Test
    void nativeAccessThatIsDeniedIsSaid(@TempDir Path folder) throws IOException, InterruptedException {
        assertThat(new ChildJvm(folder).with("--illegal-native-access=deny").run(OnCuda.class).output())
                .contains("backend cuda is not available: native access is not granted");
    }

    private static String platform() {
        return "linux-" + System.getProperty("os.arch").replace("amd64", "x86_64");
    }

    /** Measures on a device, or says why not. */
    static final class OnCuda {
        private OnCuda() {}

        public static void main(String[] args) {
            try (StateTensor states = StateTensor.allocate(DType.F32, Shape.of(3, 2, 20))) {
                System.out.println(Convergence.convergenceMatrix(states, CUDA).computedBy());
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void theWholeWayInAProcessOfItsOwn(@TempDir Path folder) throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = new ChildJvm(folder).with("--enable-native-access=ALL-UNNAMED").run(OnCuda.class);
        assertThat(List.of(outcome.status(), outcome.output().strip())).isEqualTo(List.of(0, "cuda/0"));
    }
}
