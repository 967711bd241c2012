package dev.counterfoil.settlement.admin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// One question and one answer over the admin socket, then the connection ends. Before the answer there may be words of how
/// far it is.
///
/// ```
/// request  length u32 | arguments in UTF-8, separated by NUL
/// words    0xFF | length u32 | text in UTF-8 for standard error
/// answer   exit code u8, below 0xFF | length u32 | text in UTF-8 for standard output (exit 0) or standard error
/// ```
final class AdminWire {

  private static final int LONGEST_REQUEST = 64 * 1024;
  private static final int WORDS = 0xFF;
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

  static void writeWords(DataOutputStream out, String text) throws IOException {
    out.writeByte(WORDS);
    writeText(out, text);
    out.flush();
  }

  /// @param words hears what comes before the answer
  static AdminAnswer readAnswer(DataInputStream in, Consumer<String> words) throws IOException {
    int exitCode = in.readUnsignedByte();
    while (exitCode == WORDS) {
      words.accept(readText(in, LONGEST_REQUEST));
      exitCode = in.readUnsignedByte();
    }
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
