package dev.counterfoil.settlement.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Whether the server can do its work. Parts are registered while the server is put together; each is asked anew for
/// every answer, on the asking thread, and must not block.
public final class Readiness {

  /// How a part is.
  public sealed interface State {

    /// Works as it should.
    record Up(String note) implements State {
      public Up() {
        this("");
      }
    }

    /// Does not work; the whole server is not ready.
    record Down(String reason) implements State {}
  }

  private final Map<String, Supplier<State>> parts = new LinkedHashMap<>();

  /// Not for use once the server answers.
  public void part(String name, Supplier<State> state) {
    parts.put(name, state);
  }

  /// One line a part, in the order of registering.
  public Report report() {
    List<String> lines = new ArrayList<>();
    boolean ready = true;
    for (var part : parts.entrySet()) {
      switch (part.getValue().get()) {
        case State.Up(var note) -> lines.add(part.getKey() + "=up" + (note.isEmpty() ? "" : " " + note));
        case State.Down(var reason) -> {
          ready = false;
          lines.add(part.getKey() + "=down reason=" + reason);
        }
      }
    }
    return new Report(ready, List.copyOf(lines));
  }

  /// @param ready every part is up
  public record Report(boolean ready, List<String> lines) {

    public String text() {
      return (ready ? "READY" : "NOT READY") + "\n" + String.join("\n", lines) + "\n";
    }
  }
}
