package dev.counterfoil.sim.world.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class NoSwitchTest {

  private static final Path ROOT = Path.of(System.getProperty("counterfoil.root"));

  @Test
  void noProductionClassHasASwitchForASeededBug() throws IOException {
    List<String> suspicious = Stream
        .of("proto", "terminal-protocol", "terminal-runtime", "settlement-server", "hw-sim/world")
        .map(module -> ROOT.resolve(module).resolve("target/classes")).filter(Files::isDirectory)
        .flatMap(NoSwitchTest::classes).filter(NoSwitchTest::mentionsMutants).map(Path::toString).toList();

    assertThat(suspicious).isEmpty();
  }

  @Test
  void theMacSignerAndTheMutantsAreTestClassesOnly() throws IOException {
    Path main = ROOT.resolve("hw-sim/world/target/classes");

    assertThat(classes(main).map(Path::toString)).isNotEmpty().noneMatch(name -> name.contains("MacSigners"))
        .noneMatch(name -> name.contains("/mutant/"));
  }

  private static Stream<Path> classes(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(".class")).toList().stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static boolean mentionsMutants(Path file) {
    try {
      ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
      return StreamSupport.stream(model.constantPool().spliterator(), false)
          .anyMatch(entry -> entry instanceof Utf8Entry text
              && text.stringValue().toLowerCase(java.util.Locale.ROOT)
                  .contains("mutant"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot read " + file, e);
    }
  }
}
