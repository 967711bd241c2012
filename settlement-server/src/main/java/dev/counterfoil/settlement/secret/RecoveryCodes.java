package dev.counterfoil.settlement.secret;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What is left of an operator's recovery codes: each stands in once for a code of a lost authenticator. Only hashes are
/// kept; with 80 random bits in a code a fast hash is enough.
///
/// @param unused hashes of the codes that were not used yet, at most {@link #COUNT}
public record RecoveryCodes(List<Hash> unused) {

  /// Codes in one issue.
  public static final int COUNT = 10;

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 16;
  private static final int GROUP = 4;

  /// A fresh set.
  ///
  /// @param shown  ten texts of the form `XXXX-XXXX-XXXX-XXXX`, to be shown once and then forgotten
  /// @param stored what to keep; takes the place of every set before
  public record Issue(List<String> shown, RecoveryCodes stored) {

    public Issue {
      shown = List.copyOf(shown);
    }

    @Override
    public String toString() {
      return "Issue[" + shown.size() + " codes]";
    }
  }

  public RecoveryCodes {
    unused = List.copyOf(unused);
    if (unused.size() > COUNT) {
      throw new IllegalArgumentException("at most " + COUNT + " recovery codes, found " + unused.size());
    }
  }

  /// @param random a cryptographically strong generator outside of tests
  public static Issue issue(RandomGenerator random) {
    var shown = new ArrayList<String>();
    var hashes = new ArrayList<Hash>();
    for (int i = 0; i < COUNT; i++) {
      String code = code(random);
      shown.add(code);
      hashes.add(hash(normal(code)));
    }
    return new Issue(shown, new RecoveryCodes(hashes));
  }

  /// Uses a code up.
  ///
  /// @param typed case, hyphens and blanks do not matter; `I` and `L` read as 1, `O` as 0
  /// @return what is left, to be stored before the operator is let in; empty if the code is wrong or was used
  public Optional<RecoveryCodes> redeem(String typed) {
    byte[] found = hash(normal(typed)).bytes();
    var left = new ArrayList<Hash>();
    for (Hash each : unused) {
      if (!MessageDigest.isEqual(each.bytes(), found)) {
        left.add(each);
      }
    }
    return left.size() == unused.size() ? Optional.empty() : Optional.of(new RecoveryCodes(left));
  }

  private static String code(RandomGenerator random) {
    var text = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      text.append(i > 0 && i % GROUP == 0 ? "-" : "")
          .append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static String normal(String typed) {
    return typed.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "").replace('O', '0').replaceAll("[IL]", "1");
  }

  private static Hash hash(String normal) {
    return Sha256.hash(("counterfoil/recovery-code/v1\0" + normal).getBytes(StandardCharsets.UTF_8));
  }
}
