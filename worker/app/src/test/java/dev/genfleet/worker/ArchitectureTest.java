package dev.genfleet.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders of the worker, its engine included. */
@AnalyzeClasses(
        packages = {"dev.genfleet.worker", "dev.genfleet.engine"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onnx_runtime_stays_in_its_package = noClasses()
            .that()
            .resideOutsideOfPackage("dev.genfleet.engine.onnx")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule kafka_stays_where_records_are_leased_published_and_heard = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.genfleet.worker.lease", "dev.genfleet.worker.events", "dev.genfleet.worker.control")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka.clients..", "io.cloudevents.kafka..");

    @ArchTest
    static final ArchRule the_engine_knows_no_network = noClasses()
            .that()
            .resideInAPackage("dev.genfleet.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.genfleet.worker..", "org.apache.kafka..", "redis..", "io.minio..", "java.net.http..");

    @ArchTest
    static final ArchRule worker_packages_have_no_cycles =
            slices().matching("dev.genfleet.worker.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule engine_packages_have_no_cycles =
            slices().matching("dev.genfleet.engine.(*)..").should().beFreeOfCycles();
}
