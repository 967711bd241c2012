package dev.counterfoil.sim.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.Sha256;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever builds the same sources gets the same programs, byte for byte: in another folder, another time zone, another
/// language. Builds everything twice, which takes some minutes.
@Tag("nightly")
class ReproducibleJarsTest {

  private static final Path ROOT = Path.of(System.getProperty("counterfoil.root", "../..")).toAbsolutePath()
      .normalize();
  private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "run");

  @TempDir
  Path folder;

  @Test
  void twoBuildsInTwoPlacesGiveTheSameBytes() throws Exception {
    Map<String, String> here = jarsBuiltIn("a", Map.of("TZ", "UTC", "LC_ALL", "C.UTF-8"));
    Map<String, String> there = jarsBuiltIn("another/and-longer-place",
        Map.of("TZ", "Asia/Shanghai", "LC_ALL", "C"));
    assertThat(here).hasSizeGreaterThanOrEqualTo(7);
    assertThat(there).isEqualTo(here);
  }

  private Map<String, String> jarsBuiltIn(String name, Map<String, String> environment) throws Exception {
    Path place = folder.resolve(name);
    copySources(place);
    var builder = new ProcessBuilder("mvn", "-o", "-q", "-B", "-Dfast", "-Dmaven.test.skip=true", "package")
        .directory(place.toFile()).redirectErrorStream(true)
        .redirectOutput(place.resolve("build.log").toFile());
    builder.environment().putAll(environment);
    Process build = builder.start();
    try {
      assertThat(build.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      build.descendants().forEach(ProcessHandle::destroyForcibly);
      build.destroyForcibly();
    }
    assertThat(build.exitValue()).as(Files.readString(place.resolve("build.log"))).isZero();
    return digests(place);
  }

  private static Map<String, String> digests(Path place) throws IOException {
    var digests = new TreeMap<String, String>();
    try (Stream<Path> files = Files.walk(place)) {
      List<Path> jars = files.filter(file -> file.toString().matches(".*/target/[^/]+\\.jar")).toList();
      for (Path jar : jars) {
        digests.put(place.relativize(jar).toString(),
            HexFormat.of().formatHex(Sha256.digest(Files.readAllBytes(jar))));
      }
    }
    return digests;
  }

  private static void copySources(Path place) throws IOException {
    Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
        if (NOT_SOURCES.contains(String.valueOf(from.getFileName()))) {
          return FileVisitResult.SKIP_SUBTREE;
        }
        Files.createDirectories(place.resolve(ROOT.relativize(from)));
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
        // A worktree has a file instead of a folder.
        if (!NOT_SOURCES.contains(String.valueOf(from.getFileName()))) {
          Files.copy(from, place.resolve(ROOT.relativize(from)));
        }
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
