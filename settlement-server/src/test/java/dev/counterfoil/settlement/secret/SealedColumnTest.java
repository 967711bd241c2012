package dev.counterfoil.settlement.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.secret.SealException.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedColumnTest {

  private static final Cell PHONE = new Cell(1, "holder", "phone", "42");
  private static final String ONE = "1 " + "11".repeat(32);
  private static final String TWO = "2 " + "22".repeat(32);
  private static final SealedColumn FIRST = columns(ONE);

  @TempDir
  private Path folder;

  private static SealedColumn columns(String keys) {
    return new SealedColumn(SealKeys.parse("test", keys), new Random(5));
  }

  private static void refused(Code code, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOfSatisfying(SealException.class,
        e -> assertThat(e.code()).isEqualTo(code)).hasMessageNotContaining("1111111111");
  }

  @Test
  void aSealedValueOpensInItsOwnCell() {
    byte[] sealed = FIRST.seal(PHONE, "李伟 13800138000");

    assertThat(FIRST.open(PHONE, sealed)).isEqualTo("李伟 13800138000");
    assertThat(sealed).hasSize(5 + 12 + 18 + 16).startsWith(1, 0, 0, 0, 1);
    assertThat(FIRST.seal(PHONE, "李伟 13800138000")).isNotEqualTo(sealed);
  }

  @Test
  void aValueThatWasMovedToAnotherCellIsRefused() {
    byte[] sealed = FIRST.seal(PHONE, "13800138000");

    List.of(new Cell(2, "holder", "phone", "42"), new Cell(1, "operator", "phone", "42"),
        new Cell(1, "holder", "name", "42"), new Cell(1, "holder", "phone", "43"))
        .forEach(other -> refused(Code.SEAL_BROKEN, () -> FIRST.open(other, sealed)));
  }

  @Test
  void noByteCanBeChangedAndNoEndCutOff() {
    byte[] sealed = FIRST.seal(PHONE, "13800138000");

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      boolean inKeyNumber = i >= 1 && i <= 4;
      refused(inKeyNumber ? Code.KEY_MISSING : Code.SEAL_BROKEN, () -> FIRST.open(PHONE, changed));
      byte[] cut = Arrays.copyOf(sealed, i);
      refused(Code.SEAL_BROKEN, () -> FIRST.open(PHONE, cut));
    }
  }

  @Test
  void theNewestKeySealsAndTheOlderOnesStillOpen() {
    byte[] old = FIRST.seal(PHONE, "13800138000");
    SealedColumn both = columns(TWO + "\n" + ONE);
    byte[] fresh = both.seal(PHONE, "13800138000");

    assertThat(both.open(PHONE, old)).isEqualTo("13800138000");
    assertThat(both.isOutdated(PHONE, old)).isTrue();
    assertThat(both.isOutdated(PHONE, fresh)).isFalse();
    assertThat(columns(TWO).open(PHONE, fresh)).isEqualTo("13800138000");
    refused(Code.KEY_MISSING, () -> columns(TWO).open(PHONE, old));
  }

  @Test
  void theNumberOfTheKeyIsAuthenticatedToo() {
    String twins = ONE + ";" + ONE.replaceFirst("1", "2");
    byte[] sealed = columns(ONE).seal(PHONE, "13800138000");
    sealed[4] = 2;

    refused(Code.SEAL_BROKEN, () -> columns(twins).open(PHONE, sealed));
  }

  @Test
  void aKeyFileIsForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("seal.keys");
    refused(Code.KEY_MISSING, () -> SealKeys.read(file));
    Files.writeString(file, "# made in March\n" + ONE + "\n\n" + TWO + "\n");

    for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rwx------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      refused(Code.KEY_FILE_MODE, () -> SealKeys.read(file));
    }
    for (String mode : List.of("rw-------", "r--------")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThat(SealKeys.read(file)).hasToString("SealKeys[1, 2]");
    }
  }

  @Test
  void aTextWithoutKeysIsRefused() {
    refused(Code.KEY_MISSING, () -> SealKeys.parse("test", "# none\n\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 1111", "0 %s", "-1 %s", "%s", "1 %s 2", "1 %s\n1 %s", "1 %sff"})
  void aMisspeltKeyIsNamedByItsLineAndNotShown(String text) {
    refused(Code.KEY_UNREADABLE, () -> SealKeys.parse("test", text.replace("%s", "11".repeat(32))));
  }

  @Test
  void neitherTheValueNorTheKeyStandsInWhatIsStoredOrPrinted() {
    byte[] sealed = FIRST.seal(PHONE, "13800138000");

    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("13800");
    assertThat(SealKeys.parse("test", ONE).toString()).isEqualTo("SealKeys[1]");
  }
}
