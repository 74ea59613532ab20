package dev.genfleet.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ws.rs.Path;

@AnalyzeClasses(packages = "dev.genfleet.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
final class BordersTest {

    @ArchTest
    static final ArchRule kafkaStaysWithThoseWhoPublishOrConsume = noClasses()
            .that()
            .resideOutsideOfPackages("..gateway.kafka..", "..gateway.projection..", "..gateway.webhook..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule noKafkaBehindResources = noClasses()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.genfleet.gateway.(*)..").should().beFreeOfCycles();
}
