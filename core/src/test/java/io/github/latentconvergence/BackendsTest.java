package io.github.latentconvergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latentconvergence.internal.kernel.Kernels;
import io.github.latentconvergence.tensor.DType;
import io.github.latentconvergence.tensor.Shape;
import io.github.latentconvergence.tensor.StateTensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is asked for by name is used or refused; what is not is chosen, and the report says why. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackendsTest {
    private static final ConvergenceOptions DEFAULTS = ConvergenceOptions.defaults();

    private final StateTensor states = StateTensor.allocate(DType.F16, Shape.of(2, 1, 20));
    private final List<String> names = new ArrayList<>();

    @BeforeAll
    void findKernels() {
        AllKernels.all().stream().map(Kernels::name).forEach(names::add);
        System.out.println("kernels tested here: " + names);
    }

    @AfterAll
    void close() {
        states.close();
    }

    private String computedBy(ConvergenceOptions options) {
        return Convergence.convergenceMatrix(states, options).computedBy();
    }

    @Test
    void whatIsNamedIsWhatComputes() {
        assertThat(names).startsWith("java", "cpu/scalar");
        assertThat(computedBy(DEFAULTS)).isEqualTo(names.getLast());
        assertThat(computedBy(DEFAULTS.withBackend(Backend.CPU))).isEqualTo(names.getLast());
        assertThat(computedBy(DEFAULTS.withBackend(Backend.JAVA))).isEqualTo("java");
        for (Backend.Tier tier : BackendReport.current().tiers()) {
            assertThat(computedBy(DEFAULTS.withTier(tier))).isEqualTo("cpu/" + tier.label());
        }
        assertThat(computedBy(DEFAULTS.withTier(Backend.Tier.SCALAR).withBackend(Backend.AUTO))).as("the tier is forgotten")
                .isEqualTo(names.getLast());
        assertThat(DEFAULTS.withTier(Backend.Tier.SCALAR).backend()).isEqualTo(Backend.CPU);
    }

    @Test
    void aTierThatCannotRunHereIsRefusedAndTheOthersAreNamed() {
        List<Backend.Tier> usable = BackendReport.current().tiers();
        Set<Backend.Tier> others = EnumSet.allOf(Backend.Tier.class);
        usable.forEach(others::remove);
        assertThat(others).as("no machine runs both AVX and NEON").isNotEmpty();
        for (Backend.Tier tier : others) {
            assertThatThrownBy(() -> computedBy(DEFAULTS.withTier(tier))).isInstanceOf(BackendUnavailableException.class)
                    .hasMessage("tier " + tier.label() + " is not usable here: the usable tiers are "
                            + String.join(", ", usable.stream().map(Backend.Tier::label).toList()));
        }
    }

    @Test
    void aBackendThatIsNotThereIsRefused() {
        String before = "backend cuda is not available: ";
        assertThatThrownBy(() -> computedBy(DEFAULTS.withBackend(Backend.CUDA))).isInstanceOf(BackendUnavailableException.class)
                .satisfies(e -> assertThat(before + BackendReport.current().cuda()).as("the devices, if any, and the reason")
                        .endsWith(String.valueOf(e.getMessage()).substring(before.length())))
                .hasMessageStartingWith(before);
        assertThat(states.isOpen()).isTrue();
        StateTensor held = StateTensor.allocate(DType.F16, Shape.of(1, 1, 1));
        assertThatThrownBy(() -> Convergence.convergenceMatrix(held, DEFAULTS.withBackend(Backend.CUDA)))
                .isInstanceOf(BackendUnavailableException.class);
        held.close(); // nothing holds it
    }

    @Test
    void theReportSaysWhatIsUsedAndWhy() {
        BackendReport report = BackendReport.current();
        assertThat(report.chosen()).isEqualTo(names.getLast());
        assertThat(report.reason()).isNotBlank().contains(names.getLast().substring(4));
        assertThat(report.cpu()).contains(System.getProperty("os.arch"))
                .contains(Runtime.getRuntime().availableProcessors() + " processors");
        assertThat(report.tiers()).endsWith(Backend.Tier.SCALAR).hasSize(names.size() - 1);
        assertThat(report.tiers().getFirst().label()).as("fastest first").isEqualTo(names.getLast().substring(4));
        assertThat(report.library()).contains("latent_convergence").containsPattern("interface \\d+")
                .containsPattern("built with (gcc|clang)")
                .containsPattern("sha256 [0-9a-f]{12}$");
        assertThat(report.cuda()).isNotBlank();
        assertThat(String.join("", report.chosen(), report.reason(), report.cpu(), report.library(), report.cuda())).as("one line each")
                .doesNotContain("\n");
    }

    @Test
    void labelsAreFoundAndWrongOnesAreRefusedWithThoseThereAre() {
        for (Backend backend : Backend.values()) {
            assertThat(Backend.ofLabel(backend.label())).isEqualTo(backend);
        }
        for (Backend.Tier tier : Backend.Tier.values()) {
            assertThat(Backend.Tier.ofLabel(tier.label())).isEqualTo(tier);
        }
        for (Metric metric : Metric.values()) {
            assertThat(Metric.ofLabel(metric.label())).isEqualTo(metric);
        }
        for (DType dtype : DType.values()) {
            assertThat(DType.ofLabel(dtype.label())).isEqualTo(dtype);
        }
        assertThat(Metric.RELATIVE_L2.label()).isEqualTo("relative-l2");
        assertThatIllegalArgumentException().isThrownBy(() -> Backend.ofLabel("gpu")).withMessageContaining("auto, java, cpu, cuda");
        assertThatIllegalArgumentException().isThrownBy(() -> Backend.Tier.ofLabel("sse"))
                .withMessageContaining("scalar, avx2, avx512, neon");
        assertThatIllegalArgumentException().isThrownBy(() -> Metric.ofLabel("l3"))
                .withMessageContaining("l2, rms, relative-l2, l1, linf, cosine, angular, norm");
        assertThatIllegalArgumentException().isThrownBy(() -> DType.ofLabel("f8")).withMessageContaining("bf16, f16, f32 or f64");
    }
}
