package io.github.latentconvergence;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A package sees only the layers below it, and the library needs nothing but java.base. */
class ArchitectureTest {
    private static final String BASE = "io.github.latentconvergence";
    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    @Test
    void allClassesWereFound() {
        assertThat(CLASSES.size()).isGreaterThan(60);
        assertThat(CLASSES.contain(BASE + ".internal.ffm.NativeLibrary")).isTrue();
        assertThat(CLASSES.contain(DefinitionTest.class)).isFalse();
    }

    @Test
    void layersSeeOnlyWhatIsBelow() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("native binding").definedBy(BASE + ".internal.ffm")
                .layer("tensors").definedBy(BASE + ".tensor")
                .layer("files").definedBy(BASE + ".io")
                .layer("kernels").definedBy(BASE + ".internal.kernel")
                .layer("measuring").definedBy(BASE)
                .optionalLayer("analysis").definedBy(BASE + ".analysis..")
                .whereLayer("native binding").mayNotAccessAnyLayer()
                .whereLayer("tensors").mayOnlyAccessLayers("native binding")
                .whereLayer("files").mayOnlyAccessLayers("native binding", "tensors")
                .whereLayer("kernels").mayOnlyAccessLayers("native binding", "tensors")
                .whereLayer("measuring").mayOnlyAccessLayers("native binding", "tensors", "files", "kernels")
                .check(CLASSES);
        SlicesRuleDefinition.slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageBelongsToALayer() {
        classes().should().resideInAnyPackage(BASE, BASE + ".tensor", BASE + ".io", BASE + ".internal.ffm", BASE + ".internal.kernel",
                BASE + ".analysis..").check(CLASSES);
    }

    @Test
    void filesAndTensorsTakeOnlyMemoryFromTheNativeBinding() {
        noClasses().that().resideInAnyPackage(BASE + ".io", BASE + ".tensor").should().dependOnClassesThat(
                resideInAPackage(BASE + ".internal..").and(not(describe("HugePages",
                        c -> c.getSimpleName().equals("HugePages")))))
                .check(CLASSES);
    }

    @Test
    void onlyTheNativeBindingCallsNativeCode() {
        noClasses().that().resideOutsideOfPackage(BASE + ".internal.ffm").should().dependOnClassesThat().haveFullyQualifiedName(
                "java.lang.foreign.Linker").orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.foreign.SymbolLookup")
                .orShould().callMethod(System.class, "load", String.class).orShould().callMethod(System.class, "loadLibrary", String.class)
                .check(CLASSES);
    }

    @Test
    void nothingButTheJavaBaseModuleIsNeeded() {
        noClasses().should().dependOnClassesThat(not(resideInAnyPackage(BASE + "..", "java.lang..", "java.util", "java.util.concurrent..",
                "java.util.function", "java.util.stream", "java.util.zip", "java.util.regex", "java.io", "java.nio..", "java.math",
                "java.security", "java.net", "java.time..", "java.text", "org.jspecify.annotations", ""))).check(CLASSES);
    }

    @Test
    void noEnvironmentVariableIsRead() {
        noClasses().should().callMethod(System.class, "getenv", String.class).orShould().callMethod(System.class, "getenv").check(CLASSES);
    }

    @Test
    void theModuleExportsNothingInternal() throws IOException, URISyntaxException {
        Path classes = Path.of(Convergence.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        ModuleDescriptor module;
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            module = ModuleDescriptor.read(in);
        }
        assertThat(module.name()).isEqualTo(BASE);
        assertThat(module.exports()).isNotEmpty().allMatch(e -> !e.source().contains("internal") && e.targets().isEmpty());
        assertThat(module.opens()).isEmpty();
        assertThat(module.requires()).filteredOn(r -> !r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .extracting(ModuleDescriptor.Requires::name).containsExactly("java.base");
    }
}
