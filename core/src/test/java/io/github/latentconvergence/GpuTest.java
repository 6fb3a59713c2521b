package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On a real device, with the profile gpu: the same bits as Java gives, and from a trace that needs many tiles as the processor's kernels give. */
@Tag("gpu")
class GpuTest {
    private static final ConvergenceOptions CUDA = ConvergenceOptions.defaults().withBackend(Backend.CUDA);

    @BeforeAll
    static void aDeviceIsThere() {
        String report = BackendReport.current().cuda();
        System.out.println("CUDA: " + report);
        assumeTrue(CudaDevice.list().stream().anyMatch(CudaDevice::supported), "nothing was tried on a GPU: " + report);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void randomStatesGiveTheSameBits(DType dtype) {
        CudaBits.ofRandomStates(dtype, 200);
    }

    @Test
    void stridedViewsGiveTheSameBits() {
        CudaBits.ofStridedViews(200);
    }

    /** Half a gigabyte of any numbers there are, infinities and NaN among them. */
    @ParameterizedTest
    @EnumSource(DType.class)
    void aLargeTraceGivesTheSameBits(DType dtype) {
        SplittableRandom random = Seeds.random("gpu " + dtype);
        try (StateTensor states = StateTensor.allocate(dtype, Shape.of(65, (512L << 20) / 65 / 5280 / dtype.bytes(), 5280))) {
            for (long at = 0; at + 8 <= states.segment().byteSize(); at += 8) {
                states.segment().set(ValueLayout.JAVA_LONG_UNALIGNED, at, random.nextLong());
            }
            for (Reference reference : new Reference[] {Reference.last(), Reference.previous(), Reference.tailMean()}) {
                for (Metric metric : Metric.values()) {
                    ConvergenceOptions options = ConvergenceOptions.defaults().withReference(reference).withMetric(metric);
                    ConvergenceMatrix expected = Convergence.convergenceMatrix(states, options.withBackend(Backend.CPU));
                    CudaBits.assertSame(expected, Convergence.convergenceMatrix(states, options.withBackend(Backend.CUDA)), "streamed");
                    try (DeviceStates device = DeviceStates.upload(states, 0)) {
                        CudaBits.assertSame(expected, Convergence.convergenceMatrix(device, options), "on the device");
                    }
                }
            }
        }
    }

    @Test
    void everySupportedDeviceComputes() {
        try (StateTensor states = StateTensor.allocate(DType.BF16, Shape.of(3, 2, 100))) {
            for (CudaDevice device : CudaDevice.list()) {
                if (device.supported()) {
                    assertThat(Convergence.convergenceMatrix(states, CUDA.withDevice(device.index())).computedBy())
                            .isEqualTo("cuda/" + device.index());
                    assertThat(device.measureLinkBandwidth()).isPositive();
                    assertThat(device.measureMemoryBandwidth()).isPositive();
                }
            }
        }
    }
}
