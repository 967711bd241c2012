package dev.counterfoil.terminal.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// How a terminal is, line by line.
public record StatusReport(List<StatusLine> lines) {

  public StatusReport {
    lines = List.copyOf(lines);
  }

  public boolean isHealthy() {
    return lines.stream().allMatch(StatusLine::isWell);
  }

  /// What the command ends with: 0 when healthy, 1 otherwise.
  public int exitCode() {
    return isHealthy() ? 0 : 1;
  }

  /// For people: a line a part, and at the end which are not well.
  public String text() {
    String ill = lines.stream().filter(line -> !line.isWell()).map(line -> line.part() + " " + line.code())
        .collect(Collectors.joining(", "));
    return lines.stream().map(StatusLine::text).collect(Collectors.joining("\n")) + "\n"
        + (ill.isEmpty() ? "healthy\n" : "not healthy: " + ill + "\n");
  }

  /// For programs: one object.
  public String json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("healthy", isHealthy());
    object.put("lines", lines.stream().map(StatusLine::json).toList());
    return JsonText.of(object) + "\n";
  }
}
