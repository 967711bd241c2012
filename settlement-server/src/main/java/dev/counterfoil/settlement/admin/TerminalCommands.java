package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.ingest.TestRecords;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.TerminalConditionRow;
import dev.counterfoil.settlement.store.TerminalKeyRow;
import dev.counterfoil.settlement.store.TerminalPlaceRow;
import dev.counterfoil.settlement.store.TerminalRow;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import org.jspecify.annotations.Nullable;

/// Terminals: who they are and where their chains stand.
@Command(name = "terminal", description = "List, confirm, freeze, revoke and command terminals.", mixinStandardHelpOptions = true)
final class TerminalCommands {

  private static final String WHICH = "Number or name.";
  /// Of a terminal that has not spoken.
  private static final String NEVER = "never";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final AdminCommands admin;

  TerminalCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "list", description = "All terminals of the site.", mixinStandardHelpOptions = true)
  int list() {
    show(admin.desk().reads().terminals(admin.site()));
    return 0;
  }

  @Command(name = "show", description = "One terminal.", mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal) {
    show(List.of(known(terminal)));
    return 0;
  }

  @Command(name = "health", description = "What terminals last said of themselves; without a name all of them.", mixinStandardHelpOptions = true)
  int health(
      @Parameters(paramLabel = "TERMINAL", arity = "0..1", description = WHICH) @Nullable String terminal) {
    var table = new AdminTable("terminal", "name", "state", "heard", "started", "cause", "starts", "unsent",
        "records", "capacity", "clock", "ahead_ms", "snapshot", "deny", "devices", "software");
    for (TerminalRow row : terminal == null ? admin.desk().reads().terminals(admin.site())
        : List.of(known(terminal))) {
      admin.desk().reads().condition(row.site(), row.terminal()).ifPresentOrElse(
          said -> table.row(row.terminal(), row.name(), said.state(), Instant.ofEpochMilli(said.heardMs()),
              Instant.ofEpochMilli(said.startedMs()), said.startCause(), said.starts(), said.unsent(),
              said.records(), said.capacity(), said.timeQuality(), said.clockAheadMs(),
              said.snapshotVersion(), said.denyVersion(), said.devices(), said.software()),
          () -> table.row(row.terminal(), row.name(), NEVER, NEVER, NEVER, NEVER, 0, 0, 0, 0, NEVER, 0, 0, 0,
              "",
              ""));
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "keys", description = "Every key that the terminal signed with, and which records.", mixinStandardHelpOptions = true)
  int keys(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal) {
    TerminalRow row = known(terminal);
    var table = new AdminTable("from", "until", "revoked", "algorithm", "key");
    for (TerminalKeyRow key : admin.desk().reads().terminalKeys(row.site(), row.terminal())) {
      table.row(key.fromSeq(), key.untilSeq() == Long.MAX_VALUE ? "now" : String.valueOf(key.untilSeq()),
          key.revoked(), key.key().algorithm(), hex(key));
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "tests", description = "What the terminal did in test mode; none of it is in the books.", mixinStandardHelpOptions = true)
  int tests(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal,
      @Option(names = "--last", defaultValue = "20", description = "How many, the newest first.") int last) {
    TerminalRow row = known(terminal);
    var table = new AdminTable("record", "at", "test", "amount", "detail");
    for (TestRecords.Tested tested : TestRecords.newest(admin.desk().reads(), row.site(), row.terminal(),
        last)) {
      table.row(tested.seq(), Instant.ofEpochMilli(tested.wallMillis()), tested.what(),
          Money.decimal(tested.amountMinor()), tested.detail());
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "confirm", description = "The second operator's word: the terminal may sell.", mixinStandardHelpOptions = true)
  int confirm(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal) {
    show(List.of(admin.desk().confirm(admin.site(), known(terminal).terminal(), admin.operator())));
    return 0;
  }

  @Command(name = "place", description = "Say what a terminal is and where it stands, for reports.", mixinStandardHelpOptions = true)
  int place(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal,
      @Option(names = "--type", defaultValue = "1", description = "1 consumption machine, 2 POS, 3 mobile, 4 cabinet, 5 recharge machine (default: ${DEFAULT-VALUE}).") int type,
      @Option(names = "--location", defaultValue = "0", description = "Your number of the place.") long location,
      @Option(names = "--location-name", defaultValue = "", description = "Such as Canteen 2.") String locationName,
      @Option(names = "--merchant-name", defaultValue = "", description = "Who sells there.") String merchantName) {
    TerminalPlaceRow place = admin.desk().place(new TerminalPlaceRow(admin.site(),
        known(terminal).terminal(), type, location, locationName, merchantName), admin.operator());
    admin.show(new AdminTable("terminal", "type", "location", "location_name", "merchant").row(
        place.terminal(), place.deviceType(), place.location(), place.locationName(), place.merchantName()));
    return 0;
  }

  @Command(name = "freeze", description = "Take nothing from this terminal until unfreeze.", mixinStandardHelpOptions = true)
  int freeze(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal,
      @Option(names = "--reason", defaultValue = "by an operator") String reason) {
    show(List.of(admin.desk().freeze(admin.site(), known(terminal).terminal(), reason, admin.operator())));
    return 0;
  }

  @Command(name = "unfreeze", description = "End a freeze.", mixinStandardHelpOptions = true)
  int unfreeze(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal) {
    show(List.of(admin.desk().unfreeze(admin.site(), known(terminal).terminal(), admin.operator())));
    return 0;
  }

  @Command(name = "revoke", description = "Refuse this terminal's certificate and key for ever.", mixinStandardHelpOptions = true)
  int revoke(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal,
      @Option(names = "--reason", defaultValue = "by an operator") String reason) {
    show(List.of(admin.desk().revoke(admin.site(), known(terminal).terminal(), reason, admin.operator())));
    return 0;
  }

  @Command(name = "rotate", description = "Let the terminal change its signing key.", mixinStandardHelpOptions = true)
  int rotate(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal) {
    return order(terminal, "rotate");
  }

  @Command(name = "lock", description = "Let the terminal sell nothing until unlock, over restarts too.", mixinStandardHelpOptions = true)
  int lock(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal) {
    return order(terminal, "lock");
  }

  @Command(name = "unlock", description = "End a lock.", mixinStandardHelpOptions = true)
  int unlock(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal) {
    return order(terminal, "unlock");
  }

  @Command(name = "diagnose", description = "Ask the terminal how it is.", mixinStandardHelpOptions = true)
  int diagnose(@Parameters(paramLabel = "TERMINAL", description = WHICH) String terminal) {
    return order(terminal, "diagnose");
  }

  private int order(String terminal, String command) {
    TerminalRow row = known(terminal);
    String said = admin.desk().order(row.site(), row.terminal(), command, admin.operator());
    admin
        .show(new AdminTable("terminal", "name", "command", "result").row(row.terminal(), row.name(), command,
            said));
    return 0;
  }

  /// A terminal that was just enrolled can tell its operator its name, but not its number.
  private TerminalRow known(String typed) {
    List<TerminalRow> meant = NUMBER.matcher(typed).matches()
        ? admin.desk().reads().terminal(admin.site(), Integer.parseInt(typed)).stream().toList()
        : admin.desk().reads().terminals(admin.site()).stream().filter(row -> row.name().equals(typed))
            .toList();
    if (meant.size() != 1) {
      throw new AdminRefusal("NO_SUCH_TERMINAL", "site=" + admin.site() + " terminal=" + typed
          + (meant.isEmpty() ? ""
              : " meaning=\"" + meant.size() + " terminals have this name, give the number\""));
    }
    return meant.getFirst();
  }

  private static String hex(TerminalKeyRow key) {
    return HexFormat.of().formatHex(key.key().encoded());
  }

  /// The newest key is what `verify chain --key` wants for a chain of one key; `terminal keys` lists earlier ones.
  private void show(List<TerminalRow> terminals) {
    var table = new AdminTable("terminal", "name", "status", "received", "settled", "safe", "epoch", "id",
        "algorithm", "key", "state", "heard", "cause", "devices", "reason");
    for (TerminalRow row : terminals) {
      HeadRow head = admin.desk().reads().head(row.site(), row.terminal())
          .orElseThrow(() -> new IllegalStateException("terminal " + row.terminal() + " has no head"));
      Optional<TerminalKeyRow> newest = admin.desk().reads().terminalKeys(row.site(), row.terminal()).stream()
          .reduce((_, later) -> later);
      Optional<TerminalConditionRow> said = admin.desk().reads().condition(row.site(), row.terminal());
      table.row(row.terminal(), row.name(), row.status(), head.received().seq(), head.settled().seq(),
          head.safe().seq(), Integer.toUnsignedLong(row.confirmed().number()), row.terminalId(),
          newest.map(key -> key.key().algorithm().name()).orElse("none"),
          newest.map(TerminalCommands::hex).orElse("none"),
          said.map(TerminalConditionRow::state).orElse(NEVER),
          said.map(word -> Instant.ofEpochMilli(word.heardMs()).toString()).orElse(NEVER),
          said.map(TerminalConditionRow::startCause).orElse(NEVER),
          said.map(TerminalConditionRow::devices).orElse(""), row.reason());
    }
    admin.show(table);
  }
}
