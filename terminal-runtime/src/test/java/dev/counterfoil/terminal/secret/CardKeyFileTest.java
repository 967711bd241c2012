package dev.counterfoil.terminal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.terminal.secret.KeyFaultException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardKeyFileTest {

  private static final String KEY = "00112233445566778899aabbccddeeff";

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void aFileOfItsOwnersAloneIsRead(String mode) throws Exception {
    var file = file("# card keys of 2026\n\n  key   " + KEY + "\n", mode);

    assertThat(CardKeyFile.read(file).key()).isEqualTo(AesKey.parse(KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
  void aFileThatOthersMayTouchIsRefused(String mode) throws Exception {
    var file = file("key " + KEY, mode);

    assertFault(Code.CARD_KEYS_EXPOSED, file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "key " + KEY + "00", "key " + KEY + " " + KEY, "kye " + KEY, KEY,
      "key 00112233445566778899aabbccddeefg", "key " + KEY + "\nkey " + KEY})
  void aLineThatIsNoKeyIsNamedAndNeverShown(String text) throws Exception {
    var fault = assertFault(Code.CARD_KEYS_UNREADABLE, file(text, "rw-------"));

    assertThat(fault).hasMessageContaining("line " + text.lines().count());
    assertThat(fault.getMessage()).doesNotContain("00112233");
  }

  @Test
  void aMissingFileAndAMissingKeyAreMissing() throws Exception {
    assertFault(Code.CARD_KEYS_MISSING, folder.resolve("none"));
    var empty = CardKeyFile.read(file("# nothing yet", "rw-------"));

    assertThat(catchThrowableOfType(KeyFaultException.class, empty::key).code())
        .isEqualTo(Code.CARD_KEYS_MISSING);
  }

  private Path file(String text, String mode) throws IOException {
    var file = Files.writeString(folder.resolve("cards.keys"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static KeyFaultException assertFault(Code code, Path file) {
    var fault = catchThrowableOfType(KeyFaultException.class, () -> CardKeyFile.read(file));
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault).hasMessageContaining(file.toString());
    return fault;
  }
}
