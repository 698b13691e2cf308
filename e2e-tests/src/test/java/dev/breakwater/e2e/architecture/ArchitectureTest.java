package dev.breakwater.e2e.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.breakwater.e2e.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over the compiled classes of all modules, so that no service has to be on the class path of a test. */
class ArchitectureTest {

    private static final List<String> MODULES = List.of(
            "bank-simulator",
            "benchmarks",
            "demo",
            "discovery-config",
            "gateway-service",
            "inventory-service",
            "order-service",
            "payment-service",
            "platform/batching",
            "platform/caching",
            "platform/discovery",
            "platform/loadbalancing",
            "platform/messaging",
            "platform/overload",
            "platform/persistence",
            "platform/remote",
            "platform/servers",
            "platform/testing",
            "platform/web");

    private static final List<String> SERVICES =
            List.of("bank", "discovery", "gateway", "inventory", "order", "payment");

    private static final DescribedPredicate<JavaClass> OF_THE_BENCHMARKS = DescribedPredicate.describe(
            "are of the benchmarks",
            found -> found.getSource()
                    .filter(source -> source.getUri().toString().contains("/benchmarks/target/"))
                    .isPresent());

    private static final JavaClasses PRODUCT = imported("target/classes");
    private static final JavaClasses TESTS = imported("target/test-classes");

    @Test
    void every_module_is_looked_at() {
        for (var part : List.of(
                "bank",
                "benchmarks",
                "demo",
                "discovery",
                "gateway",
                "inventory",
                "order",
                "payment",
                "platform.batching",
                "platform.caching",
                "platform.loadbalancing",
                "platform.messaging",
                "platform.overload",
                "platform.persistence",
                "platform.remote",
                "platform.servers",
                "platform.testing",
                "platform.web")) {
            assertThat(PRODUCT.stream().filter(found -> isIn(found, "dev.breakwater." + part)))
                    .as(part)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bank", "discovery", "gateway", "inventory", "order", "payment"})
    void a_service_knows_the_platform_and_no_other_service(String service) {
        var others = Stream.concat(SERVICES.stream(), Stream.of("demo"))
                .filter(other -> !other.equals(service))
                .map(other -> "dev.breakwater." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.breakwater." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(PRODUCT);
    }

    @Test
    void the_platform_knows_no_service() {
        noClasses()
                .that()
                .resideInAPackage("dev.breakwater.platform..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.concat(SERVICES.stream(), Stream.of("demo"))
                        .map(service -> "dev.breakwater." + service + "..")
                        .toArray(String[]::new))
                .check(PRODUCT);
    }

    @Test
    void the_launcher_knows_the_servers_and_no_service() {
        noClasses()
                .that()
                .resideInAPackage("dev.breakwater.demo..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are of a service or of another part of the platform",
                        known -> known.getPackageName().startsWith("dev.breakwater.")
                                && !isIn(known, "dev.breakwater.demo")
                                && !isIn(known, "dev.breakwater.platform.servers")))
                .check(PRODUCT);
    }

    /** They stand in the packages of what they measure, to reach it, so it is the module that tells them apart. */
    @Test
    void nothing_that_is_run_knows_the_benchmarks() {
        assertThat(PRODUCT.stream().filter(OF_THE_BENCHMARKS))
                .anyMatch(found -> isIn(found, "dev.breakwater.order"))
                .anyMatch(found -> isIn(found, "dev.breakwater.platform"));
        noClasses()
                .that(DescribedPredicate.not(OF_THE_BENCHMARKS))
                .should()
                .dependOnClassesThat(OF_THE_BENCHMARKS)
                .check(PRODUCT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bank", "gateway", "inventory", "order", "payment", "platform", "platform.web"})
    void features_are_free_of_cycles(String service) {
        slices().matching("dev.breakwater." + service + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(PRODUCT);
    }

    @Test
    void nothing_is_injected_into_a_field() {
        for (var annotation : List.of(
                "org.springframework.beans.factory.annotation.Autowired",
                "org.springframework.beans.factory.annotation.Value",
                "jakarta.inject.Inject",
                "jakarta.annotation.Resource")) {
            noFields().should().beAnnotatedWith(annotation).check(PRODUCT);
        }
    }

    @Test
    void logging_goes_through_slf4j_alone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.apache.commons.logging..", "org.apache.log4j..")
                .check(PRODUCT);
    }

    /** The launcher watches foreign processes, and a benchmark its peers, which tell nobody when they are done. */
    @Test
    void nothing_that_serves_waits_by_sleeping() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.breakwater.demo..", "dev.breakwater.benchmarks..")
                .should()
                .callMethodWhere(sleepOf(Thread.class).or(sleepOf(TimeUnit.class)))
                .check(PRODUCT);
    }

    @Test
    void tests_wait_for_a_condition_and_not_by_sleeping() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.breakwater.demo..")
                .should()
                .callMethodWhere(sleepOf(Thread.class).or(sleepOf(TimeUnit.class)))
                .check(TESTS);
    }

    @Test
    void a_class_is_named_after_what_it_is() {
        noClasses().should().haveNameMatching(".*(Impl|Utils?|Manager|Helper)").check(PRODUCT);
        noClasses().should().haveNameMatching(".*(Impl|Utils?|Manager|Helper)").check(TESTS);
    }

    @Test
    void configuration_properties_are_records() {
        classes()
                .that()
                .areAnnotatedWith("org.springframework.boot.context.properties.ConfigurationProperties")
                .should()
                .beRecords()
                .check(PRODUCT);
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() {
        for (var all : List.of(PRODUCT, TESTS)) {
            var packages = new TreeSet<String>();
            var marked = new TreeSet<String>();
            for (var found : all) {
                packages.add(found.getPackageName());
                if (found.getSimpleName().equals("package-info")
                        && found.isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                    marked.add(found.getPackageName());
                }
            }
            assertThat(packages).isNotEmpty();
            assertThat(marked).isEqualTo(packages);
        }
    }

    /** Lombok leaves no trace in a class file. */
    @Test
    void no_source_and_no_build_file_mentions_lombok() throws IOException {
        try (var files = Files.find(
                Suite.repository(),
                20,
                (path, attributes) -> path.toString().endsWith(".java") || path.endsWith("pom.xml"))) {
            var sources = files.filter(path -> !path.toString().contains("/target/"))
                    .filter(path -> !path.endsWith("ArchitectureTest.java"))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(100);
            assertThat(sources).noneMatch(ArchitectureTest::mentionsLombok);
        }
    }

    /** The packages' own features are their classes; more than this and two things live in one. */
    @Test
    void no_class_of_the_product_is_longer_than_250_lines() throws IOException {
        try (var files = Files.find(
                Suite.repository(), 20, (path, attributes) -> path.toString().endsWith(".java"))) {
            var sources = files.filter(path -> path.toString().contains("/src/main/")
                            && !path.toString().contains("/target/"))
                    .toList();
            assertThat(sources).isNotEmpty();
            assertThat(sources)
                    .allSatisfy(source -> assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(250));
        }
    }

    private static boolean mentionsLombok(Path file) {
        try {
            return Files.readString(file).contains("lombok");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DescribedPredicate<JavaMethodCall> sleepOf(Class<?> type) {
        return target(owner(JavaClass.Predicates.type(type)))
                .and(target(name("sleep")))
                .forSubtype();
    }

    private static boolean isIn(JavaClass found, String parent) {
        return found.getPackageName().equals(parent) || found.getPackageName().startsWith(parent + ".");
    }

    private static JavaClasses imported(String folder) {
        var paths = MODULES.stream()
                .map(module -> Suite.repository().resolve(module).resolve(folder))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter()
                // What JMH makes of its benchmarks is not written by anybody.
                .withImportOption(found -> !found.contains("/jmh_generated/"))
                .importPaths(paths);
    }
}
