package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.Command;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Result;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.terminal.journal.JournalState;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/// Does what an operator orders over the link, and answers each command once: those that the journal does when it has
/// done them, the others at once. A result that finds the desk closed is lost; the operator then looks before he
/// repeats the command, and each of them may be repeated. Driven by the core's thread.
final class ServerCommands {

  private final TerminalClock clock;
  private final CoreOutput output;
  private final AccountFeed feed;
  private final House house;

  /// What commands see of the rest.
  interface House {

    String health();

    JournalState journal();

    /// Fault codes of the devices that do not work.
    Map<String, String> failedDevices();

    boolean say(Frame frame);

    StartCause startCause();
  }

  ServerCommands(TerminalClock clock, CoreOutput output, AccountFeed feed, House house) {
    this.clock = clock;
    this.output = output;
    this.feed = feed;
    this.house = house;
  }

  void take(Command command) {
    long id = command.getId();
    output.note("command", "id=" + id + " name=" + command.getName().replaceAll("[^a-z]", "?"));
    switch (command.getName()) {
      case "rotate" -> output.ask(new JournalTask.Rotate(id));
      case "lock" -> output.ask(new JournalTask.Lock(id, true));
      case "unlock" -> output.ask(new JournalTask.Lock(id, false));
      case "diagnose" -> output.ask(new JournalTask.Diagnose(id));
      case "resync" -> {
        feed.askForAll();
        answer(Result.newBuilder().setId(id).setOk(true));
      }
      case "reboot" -> {
        answer(Result.newBuilder().setId(id).setOk(true));
        output.add(new Effect.Restart());
      }
      default -> answer(Result.newBuilder().setId(id).setCode("UNKNOWN_COMMAND"));
    }
  }

  /// The journal has done, or failed to do, what a command asked of it.
  void done(long id, JournalAnswer.Outcome outcome) {
    answer(switch (outcome) {
      case JournalAnswer.Done(var records) -> Result.newBuilder().setId(id).setOk(true)
          .setDetail(records.isEmpty() ? "state=" + house.health() : written(records.getLast()));
      case JournalAnswer.Diagnosed health ->
        Result.newBuilder().setId(id).setOk(true).setDetail(summary(health));
      case JournalAnswer.Failed(var code, var detail, var inDoubt) -> Result.newBuilder().setId(id)
          .setCode(code).setDetail(inDoubt ? detail + "; it may have been done all the same" : detail);
      case JournalAnswer.Found _,JournalAnswer.Referenced _,JournalAnswer.Loaded _,JournalAnswer.Reopened _ ->
        throw new IllegalStateException("no command is answered by " + outcome);
    });
  }

  private static String written(JournalRecord record) {
    return "seq=" + record.seq();
  }

  private String summary(JournalAnswer.Diagnosed health) {
    JournalState journal = house.journal();
    var failed = house.failedDevices();
    return "state=" + house.health() + " head=" + journal.head().seq() + " unsent=" + journal.unsent()
        + " records=" + journal.recordCount() + " capacity=" + health.capacityRecords()
        + " bytes=" + health.storedBytes() + " mirror=" + (health.mirrorWell() ? "WELL" : "FAILED")
        + " clock=" + clock.quality() + " time=" + Instant.ofEpochMilli(clock.bestWallMillis())
        + " up_s=" + clock.now().bootMillis() / 1_000 + " started=" + house.startCause()
        + " devices=" + (failed.isEmpty() ? "WELL"
            : failed.entrySet().stream().map(device -> device.getKey() + ":" + device.getValue())
                .collect(Collectors.joining(",")));
  }

  private void answer(Result.Builder result) {
    house.say(Frame.newBuilder().setResult(result).build());
  }
}
