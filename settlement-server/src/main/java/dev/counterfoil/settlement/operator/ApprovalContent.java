package dev.counterfoil.settlement.operator;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What exactly is to be done. Its hash is what the second operator approves and what is carried out, so that nothing can
/// be changed in between.
///
/// @param object what it is done to, such as `transaction 17`
/// @param values everything else that matters, by name: amounts in minor units, accounts, roles
public record ApprovalContent(int site, GuardedAction action, String object,
    SortedMap<String, String> values) {

  /// Name of the value that says which operator it is about, by number.
  public static final String OPERATOR = "operator";

  private static final byte[] PREFIX = "counterfoil/approval/v1\0".getBytes(StandardCharsets.US_ASCII);

  public ApprovalContent {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /// SHA-256 over `counterfoil/approval/v1`, a zero byte, the site and then texts: action, object and, in the order of
  /// their names, name and value of each value. A number is four bytes, big endian; a text is its length in bytes as such
  /// a number and its UTF-8 bytes; before the values stands their number.
  public Hash hash() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(PREFIX);
    number(out, site);
    text(out, action.name());
    text(out, object);
    number(out, values.size());
    values.forEach((name, value) -> {
      text(out, name);
      text(out, value);
    });
    return Sha256.hash(out.toByteArray());
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream out, int number) {
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }
}
