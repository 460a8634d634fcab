package dev.multijvm.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArrowsTest {

  private static final String HERE = "dev.multijvm.benchmarks";

  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.multijvm");

  @Test
  void benchmarksUseMultiprocessingAndStatisticsAndNeverTheReport() {
    noClasses()
        .that()
        .resideInAPackage(HERE + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.multijvm.report..", "dev.multijvm.examples..")
        .check(all);
  }

  @Test
  void theLibrarysInternalsStayItsOwn() {
    noClasses()
        .that()
        .resideInAPackage(HERE + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.multijvm.multiprocessing.internal..")
        .check(all);
  }

  /// Workloads travel to workers: what they need must be on every worker's class path by right.
  @Test
  void workloadsNeedNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage(HERE + ".workload..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(HERE + ".workload..", "java..", "javax.imageio..", "org.jspecify..")
        .check(all);
  }

  @Test
  void modesKnowNoSuite() {
    noClasses()
        .that()
        .resideInAnyPackage(HERE + ".mode..", HERE + ".workload..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HERE + ".suite..", HERE + ".honesty..", HERE + ".runner..")
        .check(all);
  }
}
