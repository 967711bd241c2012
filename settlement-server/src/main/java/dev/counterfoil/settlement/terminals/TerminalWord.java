package dev.counterfoil.settlement.terminals;

import dev.counterfoil.proto.v1.Condition;
import dev.counterfoil.proto.v1.DeviceCondition;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.settlement.store.TerminalConditionRow;
import dev.counterfoil.settlement.store.TerminalRow;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a terminal said of itself. Whoever holds its keys can say anything, so only words of the expected make and length
/// are taken over, and numbers that a table can hold.
///
/// @param state    READY, or the code of why it sells nothing
/// @param software empty: as it said before
public record TerminalWord(String state, String software, Condition condition) {

  static final String UNKNOWN = "UNKNOWN";
  private static final Set<String> CAUSES = Set.of("FIRST", "ORDERLY", "RESTART", "CRASH", "POWER",
      "WATCHDOG");
  /// More than a board has.
  private static final int MOST_DEVICES = 20;
  private static final int LONGEST_WORD = 40;

  TerminalConditionRow row(TerminalRow terminal, Optional<TerminalConditionRow> before, long nowMs) {
    long starts = condition.getStarts();
    // Its own measure of time and the server's drift; what began once began at one time.
    long startedMs = before.filter(row -> row.starts() == starts).map(TerminalConditionRow::startedMs)
        .orElse(nowMs - Math.clamp(condition.getUpMs(), 0, nowMs));
    return new TerminalConditionRow(terminal.site(), terminal.terminal(), nowMs, code(state),
        software.isEmpty() ? before.map(TerminalConditionRow::software).orElse("") : plain(software), cause(),
        starts, startedMs, condition.getRecords(), condition.getCapacity(), condition.getUnsent(),
        TimeQuality.ofCode(condition.getTimeQuality()), condition.getClockAheadMs(),
        condition.getSnapshotVersion(), condition.getDenyVersion(), devices());
  }

  private String cause() {
    return CAUSES.contains(condition.getStartCause()) ? condition.getStartCause() : UNKNOWN;
  }

  private String devices() {
    return condition.getDevicesList().stream().limit(MOST_DEVICES).map(TerminalWord::device)
        .collect(Collectors.joining(","));
  }

  private static String device(DeviceCondition device) {
    String fault = device.getFault().isEmpty() ? "WELL" : code(device.getFault());
    return shortened(device.getName().replaceAll("[^a-z0-9-]", "?")) + ":" + fault + ":"
        + Integer.toUnsignedLong(device.getFailures());
  }

  private static String code(String word) {
    return shortened(word.replaceAll("[^A-Z0-9_]", "?"));
  }

  private static String plain(String word) {
    return shortened(word.replaceAll("[^A-Za-z0-9_./+ -]", "?"));
  }

  private static String shortened(String word) {
    return word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD);
  }
}
