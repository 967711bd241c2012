package dev.counterfoil.sim.virtual;

import dev.counterfoil.sim.device.printer.Printed;
import dev.counterfoil.sim.virtual.device.Sight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A scenario as it comes about: what people did, and after each `=` what was seen. One thread.
///
/// Seen is what a person in front of the terminal or an auditor behind it would note: the glass, what lamps and buzzer
/// say, receipts, records, what is settled, readiness and alerts. Blinking and wires are not.
final class Recording {

  /// Most lines kept; a recording that is longer says so at its end and keeps its beginning.
  static final int MOST_LINES = 100_000;
  static final String SEEN = "=";

  private final List<String> lines = new ArrayList<>();
  private final Consumer<String> listener;
  private final Map<String, StringBuilder> paper = new HashMap<>();
  private final Map<String, String> states = new HashMap<>();
  private final Map<String, Long> settled = new HashMap<>();
  private boolean full;

  /// @param listener told of each line
  Recording(long seed, Consumer<String> listener) {
    this.listener = listener;
    add(ScenarioFile.HEAD);
    add(ScenarioFile.SEED + " " + seed);
  }

  void did(long atMillis, String line) {
    add(time(atMillis) + " " + line);
  }

  void saw(long atMillis, String terminal, Sight sight) {
    words(terminal, sight)
        .ifPresent(words -> add(SEEN + " " + time(atMillis) + " " + terminal + " " + words));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  static String time(long millis) {
    return String.format(Locale.ROOT, "%d.%03d", millis / 1_000, millis % 1_000);
  }

  private void add(String line) {
    if (lines.size() < MOST_LINES) {
      lines.add(line);
      listener.accept(line);
    } else if (!full) {
      full = true;
      lines.add("# more than " + MOST_LINES + " lines; what follows is not kept");
    }
  }

  private Optional<String> words(String terminal, Sight sight) {
    return switch (sight) {
      case Sight.Glass(var face) -> Optional.of("glass " + quoted(face.words()));
      case Sight.Told(var signal) -> Optional.of("signal " + DeedWords.spelt(signal));
      case Sight.Paper(var part) -> paper(terminal, part);
      case Sight.Journal(var seq, var kind, var text) ->
        Optional.of(("journal " + seq + " " + kind + " " + text).strip());
      case Sight.Acknowledged(var _, long upTo, var _) -> settled(terminal, upTo);
      case Sight.Status status -> state(terminal, status);
      case Sight.Log(boolean alert, var text) ->
        alert ? Optional.of("alert " + text.split(" ", 2)[0]) : Optional.empty();
      case Sight.Lamps _,Sight.Reader _,Sight.Scale _,Sight.Printer _,Sight.Bus _,Sight.Link _ ->
        Optional.empty();
    };
  }

  private Optional<String> paper(String terminal, Printed part) {
    var roll = paper.computeIfAbsent(terminal, _ -> new StringBuilder());
    switch (part) {
      case Printed.Line line -> roll.append(line.text().stripTrailing()).append('|');
      case Printed.Qr qr -> roll.append("[QR ").append(qr.content()).append("]|");
      case Printed.DrawerPulse _ -> roll.append("[drawer]|");
      case Printed.Cut _ -> {
        String whole = roll.toString();
        roll.setLength(0);
        return Optional.of("paper " + quoted(whole));
      }
    }
    return Optional.empty();
  }

  private Optional<String> settled(String terminal, long upTo) {
    Long before = settled.put(terminal, upTo);
    return before != null && before == upTo ? Optional.empty() : Optional.of("settled " + upTo);
  }

  private Optional<String> state(String terminal, Sight.Status status) {
    String now = "state " + status.health() + (status.online() ? " online" : " offline");
    return now.equals(states.put(terminal, now)) ? Optional.empty() : Optional.of(now);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
