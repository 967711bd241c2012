package dev.counterfoil.terminal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.terminal.secret.KeyFaultException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFolderTest {

  private static final byte[] SECRET = "thirty-two bytes that are secret".getBytes(StandardCharsets.US_ASCII);

  @TempDir
  Path data;

  private KeyFolder keysOf(String serial) {
    return new KeyFolder(data.resolve("keys"), new BoardSeal(serial, new SecureRandom()));
  }

  @Test
  void aKeptKeyComesBackOnItsOwnBoard() throws Exception {
    keysOf("board-1").keep(KeyFolder.TLS_KEY, SECRET);
    assertThat(keysOf("board-1").load(KeyFolder.TLS_KEY)).isEqualTo(SECRET);
  }

  @Test
  void onlyTheOwnerMayReadKeysAndTheyLieThereSealed() throws Exception {
    keysOf("board-1").keep(KeyFolder.RECORD_KEY, SECRET);
    Path file = data.resolve("keys").resolve(KeyFolder.RECORD_KEY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("keys"))))
        .isEqualTo("rwx------");
    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    try (var files = Files.list(data.resolve("keys"))) {
      assertThat(files).as("nothing half written is left").containsExactly(file);
    }
  }

  @Test
  void anotherBoardIsToldSo() throws Exception {
    keysOf("board-1").keep(KeyFolder.RECORD_KEY, SECRET);
    refuses("board-2", KeyFolder.RECORD_KEY, Code.KEY_SEALED_FOR_ANOTHER_BOARD);
  }

  @Test
  void aMissingKeyIsToldFromADamagedOne() throws Exception {
    refuses("board-1", KeyFolder.RECORD_KEY, Code.KEY_MISSING);
    keysOf("board-1").keep(KeyFolder.RECORD_KEY, SECRET);
    changeLastByte(data.resolve("keys").resolve(KeyFolder.RECORD_KEY));
    refuses("board-1", KeyFolder.RECORD_KEY, Code.KEY_DAMAGED);
  }

  @Test
  void oneKeyCannotStandInForAnother() throws Exception {
    keysOf("board-1").keep(KeyFolder.RECORD_KEY, SECRET);
    Files.copy(data.resolve("keys").resolve(KeyFolder.RECORD_KEY),
        data.resolve("keys").resolve(KeyFolder.CARD_KEY));
    refuses("board-1", KeyFolder.CARD_KEY, Code.KEY_DAMAGED);
  }

  @Test
  void anEmptyFileIsADamagedKey() throws Exception {
    Files.createDirectories(data.resolve("keys"));
    Files.createFile(data.resolve("keys").resolve(KeyFolder.TLS_KEY));
    refuses("board-1", KeyFolder.TLS_KEY, Code.KEY_DAMAGED);
  }

  @Test
  void aRaspberryPiTellsItsSerialAndAnotherMachineItsId() throws Exception {
    Path root = data.resolve("root");
    assertThat(BoardSerial.find(root)).isEmpty();
    write(root.resolve("etc/machine-id"), "abc\n");
    assertThat(BoardSerial.find(root)).contains("machine-abc");
    write(root.resolve("proc/cpuinfo"), "Hardware\t: BCM2835\nSerial\t\t: 10000000abcdef01\n");
    assertThat(BoardSerial.find(root)).contains("10000000abcdef01");
    write(root.resolve("proc/device-tree/serial-number"), "10000000abcdef02\0");
    assertThat(BoardSerial.find(root)).contains("10000000abcdef02");
  }

  private void refuses(String serial, String name, Code code) {
    assertThatExceptionOfType(KeyFaultException.class).isThrownBy(() -> keysOf(serial).load(name))
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(code));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void changeLastByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }
}
