package dev.counterfoil.sim.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What an operator types as `counterfoil admin …`, sent to the running server over its admin socket without starting
/// a JVM for each of some hundred commands. Blocks until the server has answered.
///
/// ```
/// request  length u32 | arguments in UTF-8, separated by NUL
/// answer   exit code u8 | length u32 | text in UTF-8
/// ```
public final class AdminLine {

  private final Path socket;

  /// @param data the server's data folder
  public AdminLine(Path data) {
    socket = data.resolve("admin.sock");
  }

  /// Runs one command.
  ///
  /// @return the rows of its answer
  /// @throws ChildException if the server refused; nothing was changed then
  /// @throws IOException    if no server listens or the connection broke
  public List<JsonObject> run(String... arguments) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        var out = new DataOutputStream(Channels.newOutputStream(channel));
        var in = new DataInputStream(Channels.newInputStream(channel))) {
      byte[] request = (String.join("\0", arguments) + "\0--json").getBytes(StandardCharsets.UTF_8);
      out.writeInt(request.length);
      out.write(request);
      out.flush();
      int code = in.readUnsignedByte();
      String answer = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      if (code != 0) {
        throw new ChildException("admin " + String.join(" ", arguments) + ": " + answer.strip());
      }
      return rows(answer);
    }
  }

  private static List<JsonObject> rows(String answer) {
    var rows = new ArrayList<JsonObject>();
    var array = new JsonArray(answer);
    for (int i = 0; i < array.size(); i++) {
      rows.add(array.getJsonObject(i));
    }
    return rows;
  }

  /// For commands that answer with exactly one row.
  public JsonObject one(String... arguments) throws IOException {
    List<JsonObject> rows = run(arguments);
    if (rows.size() != 1) {
      throw new ChildException(
          "admin " + String.join(" ", arguments) + " answered with " + rows.size() + " rows");
    }
    return rows.getFirst();
  }
}
