package dev.counterfoil.settlement.admin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One question and one answer over the admin socket, then the connection ends.
///
/// ```
/// request  length u32 | arguments in UTF-8, separated by NUL
/// answer   exit code u8 | length u32 | text in UTF-8 for standard output (exit 0) or standard error
/// ```
final class AdminWire {

  private static final int LONGEST_REQUEST = 64 * 1024;
  private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

  private AdminWire() {}

  static void writeRequest(DataOutputStream out, List<String> arguments) throws IOException {
    writeText(out, String.join("\0", arguments));
    out.flush();
  }

  static List<String> readRequest(DataInputStream in) throws IOException {
    String joined = readText(in, LONGEST_REQUEST);
    return joined.isEmpty() ? List.of() : List.of(joined.split("\0", -1));
  }

  static void writeAnswer(DataOutputStream out, AdminAnswer answer) throws IOException {
    out.writeByte(answer.exitCode());
    writeText(out, answer.text());
    out.flush();
  }

  static AdminAnswer readAnswer(DataInputStream in) throws IOException {
    int exitCode = in.readUnsignedByte();
    return new AdminAnswer(exitCode, readText(in, LONGEST_ANSWER));
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in, int longest) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > longest) {
      throw new IOException("length=" + length + " allowed=0.." + longest);
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
