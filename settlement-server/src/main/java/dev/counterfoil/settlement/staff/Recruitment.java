package dev.counterfoil.settlement.staff;

import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.secret.PasswordHash;
import dev.counterfoil.settlement.secret.RecoveryCodes;
import dev.counterfoil.settlement.secret.SealedColumn;
import dev.counterfoil.settlement.secret.Totp;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes what a new operator needs to sign in for the first time. Nothing of it can be shown a second time. Hashing takes
/// some 100 ms; thread-safe if `random` is.
///
/// @param random a cryptographically strong generator outside of tests
public record Recruitment(PasswordHash passwords, SealedColumn sealed, RandomGenerator random) {

  private static final String ISSUER = "Counterfoil";
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int LENGTH = 20;
  private static final int GROUP = 5;

  /// What is handed over, once.
  ///
  /// @param password   good for the first sign-in, where it must be changed
  /// @param totpUri    what an authenticator program reads from the QR code
  /// @param recovery   ten codes that stand in for a lost authenticator
  public record HandedOver(OperatorDesk.Newcomer newcomer, String password, String totpUri,
      List<String> recovery) {

    @Override
    public String toString() {
      return "HandedOver[" + newcomer + "]";
    }
  }

  /// @throws IllegalArgumentException if the name is not one for operators
  public HandedOver newcomer(int site, String name, Role role) {
    String password = oneTimePassword();
    byte[] secret = Totp.newSecret(random);
    RecoveryCodes.Issue recovery = RecoveryCodes.issue(random);
    var newcomer = new OperatorDesk.Newcomer(site, name, role, passwords.hash(password.toCharArray()),
        sealed.seal(Cells.totp(site, name), HexFormat.of().formatHex(secret)), recovery.stored());
    return new HandedOver(newcomer, password, new Totp(secret).uri(ISSUER, name), recovery.shown());
  }

  /// 98 random bits, in groups that can be read aloud.
  private String oneTimePassword() {
    var text = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      text.append(i > 0 && i % GROUP == 0 ? "-" : "")
          .append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
