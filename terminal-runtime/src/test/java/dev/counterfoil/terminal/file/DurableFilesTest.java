package dev.counterfoil.terminal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

  @TempDir
  private Path room;
  private Path folder;
  private Path file;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(room.resolve("data"));
    file = folder.resolve("small");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aCutWhileAFileIsReplacedLeavesTheOldContentOrTheNew() throws Exception {
    Files.write(file, bytes("old content"));
    var cuts = new PowerCuts(folder);
    new DurableFiles(cuts).replace(file, bytes("the new content"));

    assertThat(cuts.steps()).isEqualTo(5);
    cuts.show(room, (left, done, what) -> assertThat(left.resolve("small")).as(what).content()
        .isIn(done < 5 ? new Object[] {"old content", "the new content"} : new Object[] {"the new content"}));
  }

  @Test
  void aCutWhileAFileIsFirstWrittenLeavesNoneOrTheWholeOne() throws Exception {
    var cuts = new PowerCuts(folder);
    new DurableFiles(cuts).replace(file, bytes("content"));

    cuts.show(room, (left, done, what) -> {
      if (done == cuts.steps() || Files.exists(left.resolve("small"))) {
        assertThat(left.resolve("small")).as(what).hasContent("content");
      }
    });
  }

  @Test
  void whatWasAppendedIsThereWithItsName() throws Exception {
    var cuts = new PowerCuts(folder);
    var files = new DurableFiles(cuts);
    files.append(file, bytes("first;"));
    int first = cuts.steps();
    files.append(file, bytes("second;"));
    int second = cuts.steps();

    cuts.show(room, (left, done, what) -> {
      String content = Files.exists(left.resolve("small")) ? Files.readString(left.resolve("small")) : "";
      assertThat("first;second;").as(what).startsWith(content);
      assertThat(content.length()).as(what)
          .isGreaterThanOrEqualTo(done >= second ? 13 : done >= first ? 6 : 0);
    });
  }

  @Test
  void whatWasDeletedStaysAway() throws Exception {
    Files.write(file, bytes("secret"));
    var cuts = new PowerCuts(folder);
    new DurableFiles(cuts).delete(file);

    cuts.show(room,
        (left, done, what) -> assertThat(Files.exists(left.resolve("small")) && done == cuts.steps())
            .as(what).isFalse());
    assertThat(file).doesNotExist();
  }

  @Test
  void nobodyElseMayReadIt() throws IOException {
    DurableFiles.ON_DISK.replace(file, bytes("a"));
    DurableFiles.ON_DISK.append(folder.resolve("other"), bytes("b"));
    DurableFiles.folder(folder);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("other"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
  }

  @Test
  void contentThatFailsLeavesTheOldFile() throws IOException {
    DurableFiles.ON_DISK.replace(file, bytes("old"));

    assertThatThrownBy(() -> DurableFiles.ON_DISK.replace(file, out -> {
      out.write(bytes("half"));
      throw new IOException("no more");
    })).hasMessage("no more");

    assertThat(file).hasContent("old");
    DurableFiles.ON_DISK.replace(file, bytes("newer"));
    assertThat(file).hasContent("newer");
  }

  @Test
  void aLongContentGoesInPieces() throws IOException {
    byte[] large = new byte[200_000];
    large[199_999] = 7;
    DurableFiles.ON_DISK.replace(file, out -> {
      out.write(1);
      out.write(large);
    });

    assertThat(Files.readAllBytes(file)).hasSize(200_001).endsWith(7);
  }
}
