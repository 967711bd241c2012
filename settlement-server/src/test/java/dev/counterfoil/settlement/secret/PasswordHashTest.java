package dev.counterfoil.settlement.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.secret.PasswordCheck.Match;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

  private static final Argon2Cost CHEAP = new Argon2Cost(64, 1, 1);
  private static final byte[] NO_PEPPER = {};

  private final PasswordHash hashes = new PasswordHash(CHEAP, NO_PEPPER, new Random(1));

  /// From the reference implementation's test.c.
  @ParameterizedTest
  @ValueSource(strings = {
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
      "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"})
  void theReferenceImplementationsHashesAreRead(String stored) {
    assertThat(hashes.verify(stored, "password".toCharArray())).isEqualTo(Match.RIGHT_REHASH);
    assertThat(hashes.verify(stored, "passwore".toCharArray())).isEqualTo(Match.WRONG);
  }

  @Test
  void aPasswordFitsItsOwnHashAndNoOther() {
    String stored = hashes.hash("correct horse battery".toCharArray());

    assertThat(stored).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(hashes.verify(stored, "correct horse battery".toCharArray())).isEqualTo(Match.RIGHT);
    assertThat(hashes.verify(stored, "correct horse batterz".toCharArray())).isEqualTo(Match.WRONG);
    assertThat(hashes.verify(stored, new char[0])).isEqualTo(Match.WRONG);
    assertThat(hashes.hash("correct horse battery".toCharArray())).isNotEqualTo(stored);
  }

  @Test
  void aHashOfAnotherCostIsRightAndToBeMadeAgain() {
    String stored = hashes.hash("correct horse battery".toCharArray());
    var dearer = new PasswordHash(new Argon2Cost(64, 2, 1), NO_PEPPER, new Random(2));

    assertThat(dearer.verify(stored, "correct horse battery".toCharArray())).isEqualTo(Match.RIGHT_REHASH);
  }

  @Test
  void withoutThePepperSixDigitsCannotEvenBeSearched() {
    var peppered = new PasswordHash(CHEAP, new byte[] {1, 2, 3, 4}, new Random(3));
    String stored = peppered.hash("483920".toCharArray());

    assertThat(peppered.verify(stored, "483920".toCharArray())).isEqualTo(Match.RIGHT);
    assertThat(hashes.verify(stored, "483920".toCharArray())).isEqualTo(Match.WRONG);
  }

  @Test
  void aPasswordIsTheSameHoweverTheKeyboardComposesIt() {
    String stored = hashes.hash("pass\u00e9 compos\u00e9".toCharArray());

    assertThat(hashes.verify(stored, "passe\u0301 compose\u0301".toCharArray())).isEqualTo(Match.RIGHT);
  }

  @Test
  void aDecoyIsReadLikeATrueHash() {
    assertThat(hashes.verify(hashes.decoy(), "correct horse battery".toCharArray())).isEqualTo(Match.WRONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5",
      "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
      "$argon2id$v=19$m=256,t=99,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"})
  void aTamperedRowIsRefusedBeforeItCostsMemory(String stored) {
    assertThatThrownBy(() -> hashes.verify(stored, "password".toCharArray()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
