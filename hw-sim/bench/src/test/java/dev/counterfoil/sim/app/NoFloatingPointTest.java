package dev.counterfoil.sim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// I-6: no amount is ever a floating-point number. Read from the compiled instructions, so that no local variable and no
/// conversion between two casts is overlooked.
class NoFloatingPointTest {

  private static final Path ROOT = Path.of(System.getProperty("counterfoil.root", "../..")).toAbsolutePath();
  private static final List<String> MODULES = List.of("terminal-protocol", "terminal-runtime",
      "settlement-server");
  /// Rates, time slots and seconds for Prometheus: never money.
  private static final List<String> OF_TIME_AND_RATE = List.of("settlement/ops/ServerMetrics",
      "settlement/engine/ReturnSlots", "settlement/enrolment/AttemptLimiter");

  @Test
  void noClassOfTheProductReckonsWithFloats() throws IOException {
    List<String> found = MODULES.stream().flatMap(NoFloatingPointTest::classes)
        .flatMap(NoFloatingPointTest::floats)
        .filter(place -> OF_TIME_AND_RATE.stream().noneMatch(place::contains)).distinct().toList();

    assertThat(found).isEmpty();
  }

  /// The places that are let through show that one is seen.
  @Test
  void whatReckonsWithRatesIsSeen() {
    assertThat(MODULES.stream().flatMap(NoFloatingPointTest::classes)
        .flatMap(NoFloatingPointTest::floats).toList())
        .anyMatch(place -> place.contains("AttemptLimiter"));
  }

  private static Stream<ClassModel> classes(String module) {
    Path root = ROOT.resolve(module).resolve("target/classes");
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".class")).map(NoFloatingPointTest::parsed)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ClassModel parsed(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<String> floats(ClassModel model) {
    return model.methods().stream().filter(NoFloatingPointTest::isFloating)
        .map(method -> model.thisClass().asInternalName() + "." + method.methodName());
  }

  private static boolean isFloating(MethodModel method) {
    return method.code().map(code -> code.elementStream().anyMatch(NoFloatingPointTest::isFloating))
        .orElse(false);
  }

  /// A load factor that is passed on is no reckoning.
  private static boolean isFloating(CodeElement element) {
    return switch (element) {
      case OperatorInstruction operator -> isFloating(operator.typeKind());
      case ConvertInstruction convert -> isFloating(convert.fromType()) || isFloating(convert.toType());
      default -> false;
    };
  }

  private static boolean isFloating(TypeKind kind) {
    return kind == TypeKind.FLOAT || kind == TypeKind.DOUBLE;
  }
}
