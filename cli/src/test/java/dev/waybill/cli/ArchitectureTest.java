package dev.waybill.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The floors of ARCHITECTURE.md: an arrow may only point down.
@AnalyzeClasses(packages = "dev.waybill", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] JDK = {"java..", "javax.crypto..", "org.jspecify.annotations.."};

  @ArchTest
  static final ArchRule wordsDependOnTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("dev.waybill")
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(with("dev.waybill")));

  @ArchTest
  static final ArchRule connectorsAreToldOnlyTheWords =
      classes()
          .that()
          .resideInAPackage("dev.waybill.spi")
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(with("dev.waybill", "dev.waybill.spi")));

  @ArchTest
  static final ArchRule engineKnowsNoThreadsAndNoRunner =
      classes()
          .that()
          .resideInAPackage("dev.waybill.delivery")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java.lang..",
                  "java.math..",
                  "java.time",
                  "java.util",
                  "java.util.function",
                  "java.util.random",
                  "java.util.stream",
                  "org.jspecify.annotations..",
                  "dev.waybill",
                  "dev.waybill.spi",
                  "dev.waybill.delivery"));

  @ArchTest
  static final ArchRule engineHasNoClockAndNoThread =
      noClasses()
          .that()
          .resideInAPackage("dev.waybill.delivery")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class);

  @ArchTest
  static final ArchRule runnerStandsOnTheEngine =
      classes()
          .that()
          .resideInAPackage("dev.waybill.run")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  with(
                      "dev.waybill",
                      "dev.waybill.spi",
                      "dev.waybill.delivery",
                      "dev.waybill.run")));

  @ArchTest
  static final ArchRule noConnectorKnowsAnother =
      slices()
          .matching("dev.waybill.(files|jdbc|http|sim|aws|search|redis|kafka)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule presetStandsOnHttpAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.waybill.akamai..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.waybill.files..",
              "dev.waybill.jdbc..",
              "dev.waybill.sim..",
              "dev.waybill.kafka..",
              "dev.waybill.aws..");

  @ArchTest
  static final ArchRule changesOfADatabaseAreReadByTheWayIntoItAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.waybill.debezium..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.waybill.files..",
              "dev.waybill.http..",
              "dev.waybill.sim..",
              "dev.waybill.kafka..",
              "dev.waybill.aws..");

  @ArchTest
  static final ArchRule nothingBelowKnowsTheFaces =
      noClasses()
          .that(resideOutsideOfPackage("dev.waybill.cli.."))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.waybill.cli..");

  @ArchTest
  static final ArchRule flowsStandBelowTheFaces =
      noClasses()
          .that()
          .resideInAPackage("dev.waybill.flow..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.waybill.cli..",
              "dev.waybill.server..",
              "dev.waybill.http..",
              "dev.waybill.jdbc..",
              "dev.waybill.debezium..",
              "dev.waybill.sim..",
              "dev.waybill.kafka..",
              "dev.waybill.aws..",
              "dev.waybill.akamai..");

  @ArchTest
  static final ArchRule serviceIsBuiltFromTheGroundUp =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("faces")
          .definedBy("dev.waybill.server.rest..", "dev.waybill.server.page..")
          .layer("web")
          .definedBy("dev.waybill.server.http..", "dev.waybill.server.trace..")
          .layer("work")
          .definedBy("dev.waybill.server.work..", "dev.waybill.server.alert..")
          .layer("access")
          .definedBy("dev.waybill.server.access..")
          .layer("catalog")
          .definedBy("dev.waybill.server.catalog..", "dev.waybill.server.store..")
          .whereLayer("faces")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("web")
          .mayOnlyBeAccessedByLayers("faces")
          .whereLayer("work")
          .mayOnlyBeAccessedByLayers("faces")
          .whereLayer("access")
          .mayOnlyBeAccessedByLayers("faces", "web", "work");

  @ArchTest
  static final ArchRule pagesAndApiDoNotKnowEachOther =
      slices().matching("dev.waybill.server.(rest|page)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule toolsForTestsStayInTests =
      noClasses()
          .that(resideOutsideOfPackage("dev.waybill.testkit.."))
          .should()
          .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.waybill.testkit.."));

  /// Templates are generated, and theirs include each other; the pages see them as one room.
  @ArchTest
  static final ArchRule noCircles =
      slices()
          .matching("dev.waybill.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              resideInAnyPackage("dev.waybill.server.page.templates.."),
              resideInAnyPackage("dev.waybill.server.page.templates.."));

  private static String[] with(String... packages) {
    String[] all = new String[JDK.length + packages.length];
    System.arraycopy(JDK, 0, all, 0, JDK.length);
    System.arraycopy(packages, 0, all, JDK.length, packages.length);
    return all;
  }
}
