package dev.counterfoil.terminal.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Secrets that this machine holds, so that no bundle carries one of them, in whatever guise: as bytes, hexadecimal of either case,
/// or Base64 of either alphabet, by itself or amid other bytes. The last look before an entry is packed. Not thread-safe.
public final class KnownSecrets {

  /// What is shorter is in every text.
  static final int SHORTEST = 6;
  private static final byte[] INSTEAD = "[secret]".getBytes(StandardCharsets.US_ASCII);
  private static final int BASE64_GROUP = 3;

  private final Set<String> guises = new LinkedHashSet<>();

  /// Takes note of a secret. Shorter ones than [#SHORTEST] bytes are passed over.
  public void add(byte[] secret) {
    if (secret.length < SHORTEST) {
      return;
    }
    guises.add(latin(secret));
    String hex = HexFormat.of().formatHex(secret);
    guises.add(hex);
    guises.add(hex.toUpperCase(Locale.ROOT));
    for (int before = 0; before < BASE64_GROUP; before++) {
      base64(secret, before);
    }
  }

  public void add(String secret) {
    add(secret.getBytes(StandardCharsets.UTF_8));
  }

  /// The characters that only the secret decides, with so many other bytes before it.
  private void base64(byte[] secret, int before) {
    byte[] shifted = new byte[before + secret.length];
    System.arraycopy(secret, 0, shifted, before, secret.length);
    String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int from = before == 0 ? 0 : before + 1;
    int to = shifted.length % BASE64_GROUP == 0 ? whole.length() : whole.length() - 1;
    if (to - from >= SHORTEST) {
      String sure = whole.substring(from, to);
      guises.add(sure);
      guises.add(sure.replace('+', '-').replace('/', '_'));
    }
  }

  /// The bytes without any known secret.
  public byte[] sweep(byte[] entry) {
    String text = latin(entry);
    for (String guise : guises) {
      text = text.replace(guise, latin(INSTEAD));
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Which of these entries holds a known secret, by name; for tests and for a last check.
  public List<String> foundIn(Map<String, byte[]> entries) {
    var found = new ArrayList<String>();
    entries.forEach((name, bytes) -> {
      String text = latin(bytes);
      if (guises.stream().anyMatch(text::contains)) {
        found.add(name);
      }
    });
    return found;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
