package org.primum;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The floors of ARCHITECTURE.md. A package imports floors below its own, never its own or above,
/// so that whoever reads one package has only the ones below it to know.
final class FloorsTest {

  private static final String ROOT = "org.primum.";

  /// Top floor first. Packages on one floor are neighbours and do not know each other.
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("cli"),
          List.of("template"),
          List.of("step"),
          List.of("report", "document", "platform"),
          List.of(
              "train", "cohort", "fairness", "explain", "privacy", "promotion", "table", "store"),
          List.of("model"),
          List.of("gate", "random"),
          List.of("data"));

  /// The rooms of the audit, top floor first.
  private static final List<List<String>> FAIRNESS =
      List.of(
          List.of("proposal"),
          List.of("metric"),
          List.of("tally"),
          List.of("policy"),
          List.of("statistics", "suppression"));

  /// The rooms of explanations, top floor first; those beside each other do not know each other.
  private static final List<List<String>> EXPLAIN =
      List.of(
          List.of("policy"),
          List.of("drift", "pair"),
          List.of("table"),
          List.of("background"),
          List.of("summary", "sampling", "tree"),
          List.of("value"));

  /// The rooms of the steps. Each knows the contract of all steps, which is `step` itself.
  private static final List<String> STEPS =
      List.of("audit", "explanation", "privacy", "release", "training");

  /// Each library has one home, or the homes named here; elsewhere it does not exist.
  private static final Map<String, List<String>> HOMES =
      Map.ofEntries(
          Map.entry("picocli..", List.of("cli")),
          Map.entry(
              "com.fasterxml.jackson.core..",
              List.of("document", "platform", "template", "model", "report")),
          Map.entry(
              "com.fasterxml.jackson.databind..", List.of("document", "template", "platform")),
          Map.entry("com.fasterxml.jackson.dataformat..", List.of("document", "template")),
          Map.entry("com.networknt..", List.of("document")),
          Map.entry("io.minio..", List.of("store")),
          Map.entry("okhttp3..", List.of("store")),
          Map.entry("org.apache.parquet..", List.of("table")),
          Map.entry("org.apache.hadoop..", List.of("table")),
          Map.entry(
              "org.apache.commons.math3..", List.of("train", "fairness", "explain", "privacy")),
          Map.entry("org.tribuo..", List.of("train")),
          Map.entry("ml.dmlc..", List.of("train")),
          Map.entry("me.tongfei..", List.of("platform")),
          Map.entry("org.slf4j..", List.of()));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.primum");

  @TestFactory
  Stream<DynamicTest> packagesImportOnlyLowerFloors() {
    List<DynamicTest> tests = new ArrayList<>();
    List<String> reached = new ArrayList<>();
    for (List<String> floor : FLOORS) {
      floor.forEach(name -> reached.add(ROOT + name + ".."));
      for (String name : floor) {
        String self = ROOT + name + "..";
        String[] forbidden = reached.stream().filter(p -> !p.equals(self)).toArray(String[]::new);
        if (forbidden.length > 0) {
          tests.add(dynamicTest(name, () -> importsNone(self, forbidden)));
        }
      }
    }
    return tests.stream();
  }

  /// Each room knows those below it; the audit itself knows all.
  @TestFactory
  Stream<DynamicTest> roomsOfTheAuditImportOnlyLowerOnes() {
    return lowerRoomsOnly("fairness", FAIRNESS);
  }

  /// Each room knows those below it; the explainers know all.
  @TestFactory
  Stream<DynamicTest> roomsOfExplanationsImportOnlyLowerOnes() {
    return lowerRoomsOnly("explain", EXPLAIN);
  }

  private static Stream<DynamicTest> lowerRoomsOnly(String parent, List<List<String>> floors) {
    List<DynamicTest> tests = new ArrayList<>();
    List<String> above = new ArrayList<>(List.of(ROOT + parent));
    for (List<String> floor : floors) {
      List<String> rooms = floor.stream().map(name -> ROOT + parent + "." + name).toList();
      for (String room : rooms) {
        String[] forbidden =
            Stream.concat(above.stream(), rooms.stream().filter(other -> !other.equals(room)))
                .toArray(String[]::new);
        tests.add(dynamicTest(room, () -> importsNone(room, forbidden)));
      }
      above.addAll(rooms);
    }
    return tests.stream();
  }

  /// The contract knows no step, and no step knows another.
  @TestFactory
  Stream<DynamicTest> roomsOfTheStepsDoNotKnowEachOther() {
    String contract = ROOT + "step";
    List<DynamicTest> tests = new ArrayList<>();
    for (String room : Stream.concat(Stream.of(contract), rooms()).toList()) {
      String[] forbidden = rooms().filter(other -> !other.equals(room)).toArray(String[]::new);
      tests.add(dynamicTest(room, () -> importsNone(room, forbidden)));
    }
    return tests.stream();
  }

  private static Stream<String> rooms() {
    return STEPS.stream().map(name -> ROOT + "step." + name);
  }

  private static void importsNone(String self, String[] forbidden) {
    noClasses()
        .that()
        .resideInAPackage(self)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @TestFactory
  Stream<DynamicTest> librariesStayInTheirHomes() {
    return HOMES.entrySet().stream()
        .map(home -> dynamicTest(home.getKey(), () -> livesIn(home.getKey(), home.getValue())));
  }

  private static void livesIn(String library, List<String> homes) {
    String[] packages = homes.stream().map(h -> ROOT + h + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void everyClassHasAFloor() {
    String[] known =
        FLOORS.stream().flatMap(List::stream).map(p -> ROOT + p + "..").toArray(String[]::new);
    classes().should().resideInAnyPackage(known).check(CLASSES);
  }

  @Test
  void noPackageIsInACycle() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
