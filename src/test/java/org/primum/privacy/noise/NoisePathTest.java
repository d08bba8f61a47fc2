package org.primum.privacy.noise;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The rule that a black box cannot see: rounded floating-point noise passes every chi-square test
/// and still tells neighbours apart. So the byte code is read.
final class NoisePathTest {

  private static final Path PRIVACY = Path.of("target/classes/org/primum/privacy");
  private static final Path CLASSES = PRIVACY.resolve("noise");

  @Test
  void noInstructionFieldOrSignatureKnowsAFloatingPointNumber() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : classFiles()) {
      ClassModel model = ClassFile.of().parse(file);
      model.fields().forEach(f -> note(found, file, f.fieldType().stringValue()));
      for (MethodModel method : model.methods()) {
        note(found, file, method.methodType().stringValue());
        method.code().ifPresent(code -> code.forEach(element -> scan(found, file, element)));
      }
    }
    assertThat(found).isEmpty();
    assertThat(classFiles()).hasSizeGreaterThan(6);
  }

  private static List<Path> classFiles() throws IOException {
    try (Stream<Path> files = Files.list(CLASSES)) {
      return files.filter(f -> f.toString().endsWith(".class")).sorted().toList();
    }
  }

  private static void scan(List<String> found, Path file, Object element) {
    switch (element) {
      case InvokeInstruction call -> note(found, file, call.type().stringValue());
      case FieldInstruction field -> note(found, file, field.type().stringValue());
      case java.lang.classfile.Instruction other -> {
        if (isFloating(other.opcode())) {
          found.add(file.getFileName() + ": " + other.opcode());
        }
      }
      default -> {}
    }
  }

  private static boolean isFloating(Opcode opcode) {
    String name = opcode.name();
    return name.matches(
            "[DF](ADD|SUB|MUL|DIV|REM|NEG|CMP.*|LOAD.*|STORE.*|ALOAD|ASTORE|RETURN|CONST.*|2.*)")
        || name.matches("[IL]2[DF]");
  }

  private static void note(List<String> found, Path file, String descriptor) {
    String primitives = descriptor.replaceAll("L[^;]*;", "");
    if (primitives.matches(".*[DF].*")) {
      found.add(file.getFileName() + ": " + descriptor);
    }
  }

  @Test
  void noOtherSourceOfRandomnessIsNearPrivacy() {
    noClasses()
        .that()
        .resideInAPackage("org.primum.privacy..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.(Random|SplittableRandom)|java\\.util\\.random\\..*"
                + "|java\\.util\\.concurrent\\.ThreadLocalRandom"
                + "|org\\.apache\\.commons\\.math3\\.(random|distribution)\\..*")
        .orShould()
        .callMethod(Math.class, "random")
        .check(new ClassFileImporter().importPath(PRIVACY));
  }
}
