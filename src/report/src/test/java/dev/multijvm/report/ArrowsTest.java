package dev.multijvm.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArrowsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.multijvm.report");

  @Test
  void knowsNothingOfWhatIsMeasured() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.multijvm.benchmarks..", "dev.multijvm.multiprocessing..", "org.openjdk.jmh..")
        .check(CLASSES);
  }

  @Test
  void packagesDependInOneDirection() {
    slices().matching("dev.multijvm.report.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void findingsDoNotKnowHowTheyAreShown() {
    noClasses()
        .that()
        .resideInAnyPackage("..report.run..", "..report.finding..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..report.chart..", "..report.figure..", "..report.page..", "..report.export..")
        .check(CLASSES);
  }
}
