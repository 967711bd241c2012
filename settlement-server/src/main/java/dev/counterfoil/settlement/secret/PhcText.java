package dev.counterfoil.settlement.secret;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A stored Argon2id hash in the PHC string format: `$argon2id$v=19$m=19456,t=3,p=1$SALT$TAG`, both in base64 without
/// padding. Everything that verification needs stands in it, except the pepper.
///
/// @param salt 8 to 48 bytes
/// @param tag  16 to 64 bytes
record PhcText(Argon2Cost cost, byte[] salt, byte[] tag) {

  private static final Pattern SHAPE = Pattern.compile(
      "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,86})");

  /// @throws IllegalArgumentException without the text: it is a secret
  static PhcText parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("a stored password is no argon2id string of version 19");
    }
    var cost = new Argon2Cost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
    return new PhcText(cost, Base64.getDecoder().decode(parts.group(4)),
        Base64.getDecoder().decode(parts.group(5)));
  }

  String text() {
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.lanes() + "$"
        + base64.encodeToString(salt) + "$" + base64.encodeToString(tag);
  }

  @Override
  public String toString() {
    return "PhcText[" + cost + "]";
  }
}
