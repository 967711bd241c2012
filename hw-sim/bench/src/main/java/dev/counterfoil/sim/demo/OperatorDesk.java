package dev.counterfoil.sim.demo;

import dev.counterfoil.settlement.admin.AdminAnswer;
import dev.counterfoil.settlement.admin.AdminLine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What an operator types as `counterfoil admin …`, asked of the running server over its admin socket without starting
/// a JVM for each of some hundred commands. Blocks until the server has answered.
public final class OperatorDesk {

  private final Path data;

  /// @param data the server's data folder
  public OperatorDesk(Path data) {
    this.data = data;
  }

  /// Runs one command.
  ///
  /// @return the rows of its answer
  /// @throws ChildException if no server answers or it refused; look before repeating
  public List<JsonObject> run(String... arguments) {
    var line = new ArrayList<>(List.of(arguments));
    line.add("--json");
    AdminAnswer answer = AdminLine.run(data, line, _ -> new AdminAnswer(2, "no server runs on " + data));
    if (answer.exitCode() != 0) {
      throw new ChildException("admin " + String.join(" ", arguments) + ": " + answer.text().strip());
    }
    var rows = new ArrayList<JsonObject>();
    var array = new JsonArray(answer.text());
    for (int i = 0; i < array.size(); i++) {
      rows.add(array.getJsonObject(i));
    }
    return rows;
  }

  /// For commands that answer with exactly one row.
  public JsonObject one(String... arguments) {
    List<JsonObject> rows = run(arguments);
    if (rows.size() != 1) {
      throw new ChildException(
          "admin " + String.join(" ", arguments) + " answered with " + rows.size() + " rows");
    }
    return rows.getFirst();
  }
}
