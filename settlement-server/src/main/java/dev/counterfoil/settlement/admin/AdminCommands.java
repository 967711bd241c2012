package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.balance.BalanceHistory;
import dev.counterfoil.settlement.balance.Holdings;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/// `counterfoil admin …`: runs one command line against a desk and gives back what to print and the exit code: 0 done, 1
/// a check found something, 2 bad input or refused. Runs on the thread that owns the desk, in the server or, when none
/// runs, in the command itself.
@Command(name = "counterfoil admin", description = "Sites, terminals, accounts, cards and exceptions of a server.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
public final class AdminCommands {

  /// A check found something wrong.
  static final int FOUND = 1;
  /// Bad input, or refused.
  static final int REFUSED = 2;

  private static final int MOST_ENTRIES = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(AdminCommands.class);

  private final @Nullable AdminDesk desk;
  private final Consumer<String> words;
  private final StringWriter out = new StringWriter();

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer in JSON.")
  private boolean json;

  @Option(names = "--site", scope = ScopeType.INHERIT, defaultValue = "1", paramLabel = "N", description = "Site number (default: ${DEFAULT-VALUE}).")
  private int site;

  @Option(names = "--operator", scope = ScopeType.INHERIT, paramLabel = "NAME", description = "Who does this (default: the user of this command).")
  private String operator = "operator";

  /// Read by the command before it comes here; declared so that it stands in the help and is accepted anywhere.
  @Option(names = {"--data",
      "--config"}, scope = ScopeType.INHERIT, paramLabel = "PATH", description = "The server's data folder, or the server.toml that names it.")
  void setPlace(String place) {
    // Nothing to do with it here: the desk is chosen.
  }

  @Option(names = "--db", scope = ScopeType.INHERIT, paramLabel = "URL", description = "postgresql://USER@HOST/DATABASE, where no server runs on the data folder.")
  void setDatabase(String url) {
    // As above.
  }

  private AdminCommands(@Nullable AdminDesk desk, Consumer<String> words) {
    this.desk = desk;
    this.words = words;
  }

  /// Runs one command line that says nothing before its answer.
  public static AdminAnswer run(List<String> arguments, @Nullable AdminDesk desk) {
    return run(arguments, desk, _ -> {
    });
  }

  /// Runs one command line.
  ///
  /// @param words hears lines of how far it is, on this thread
  public static AdminAnswer run(List<String> arguments, @Nullable AdminDesk desk, Consumer<String> words) {
    var root = new AdminCommands(desk, words);
    var errors = new StringWriter();
    CommandLine line = line(root, AdminGroups.of(root, arguments)).setOut(new PrintWriter(root.out))
        .setErr(new PrintWriter(errors));
    line.setParameterExceptionHandler((problem, _) -> {
      errors.append("ERROR code=BAD_INPUT ").append(oneLine(problem)).append('\n');
      return REFUSED;
    });
    line.setExecutionExceptionHandler((problem, _, _) -> {
      if (problem instanceof AdminRefusal refusal) {
        errors.append("ERROR code=").append(refusal.code()).append(' ').append(oneLine(refusal)).append('\n');
        refusal.lines().forEach(each -> errors.append(each.replaceAll("\\p{Cntrl}", "?")).append('\n'));
        return REFUSED;
      }
      if (problem instanceof StoreException failed) {
        errors.append("ERROR code=").append(failed.fault().name()).append(" meaning=\"")
            .append(failed.fault().meaning())
            .append("; look before you repeat the command\"\n");
        return REFUSED;
      }
      LOG.error("event=admin_defect command={}", arguments.getFirst(), problem);
      errors.append("ERROR code=DEFECT problem=\"").append(oneLine(problem)).append("\"\n");
      return REFUSED;
    });
    int exitCode = arguments.isEmpty() ? usage(line) : line.execute(arguments.toArray(String[]::new));
    line.getOut().flush();
    line.getErr().flush();
    return new AdminAnswer(exitCode, exitCode == REFUSED ? errors.toString() : root.out.toString());
  }

  /// All commands, without a desk.
  static CommandLine line() {
    var root = new AdminCommands(null, _ -> {
    });
    return line(root, AdminGroups.all(root));
  }

  private static CommandLine line(AdminCommands root, List<Object> groups) {
    var line = new CommandLine(root).setUsageHelpWidth(100);
    groups.forEach(line::addSubcommand);
    return line.setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Command(name = "recharge", description = "Put money into an account.", mixinStandardHelpOptions = true)
  int recharge(@Parameters(paramLabel = "ACCOUNT") String account,
      @Parameters(paramLabel = "AMOUNT", description = "Such as 50.00.") String amount,
      @Option(names = "--key", required = true, description = "Your number of this recharge; repeated with the same key it is done once.") String key) {
    long number = AdminInput.account(account);
    long minor = AdminInput.amount(amount);
    if (minor == 0) {
      throw new AdminRefusal("BAD_AMOUNT", "found=" + amount + " allowed=more than 0");
    }
    desk().recharge(site, number, minor, key, operator);
    AccountRow row = AdminInput.known(this, number);
    show(row, AdminInput.ledger(this, row));
    return 0;
  }

  @Command(name = "balance", description = "What an account has.", mixinStandardHelpOptions = true)
  int balance(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--at", paramLabel = "TIME", description = "As it was then, such as 2026-11-21T12:00:00Z.") @Nullable String at) {
    AccountRow row = AdminInput.known(this, AdminInput.account(account));
    if (at == null) {
      show(row, AdminInput.ledger(this, row));
    } else {
      Instant then = AdminInput.time(at);
      long balance = new BalanceHistory(desk().reads(), row).balanceAt(then.toEpochMilli());
      show(new AdminTable("account", "holder", "at", "balance", "currency").row(row.account(),
          row.holderName(), then, Money.decimal(balance), row.currency()));
    }
    return 0;
  }

  @Command(name = "log", description = "Who changed what, the newest last.", mixinStandardHelpOptions = true)
  int log(
      @Option(names = "--last", defaultValue = "50", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).") int last) {
    var table = new AdminTable("entry", "at", "operator", "command", "detail");
    for (AdminRow row : desk().reads().deeds(site, Math.clamp(last, 1, MOST_ENTRIES))) {
      table.row(row.entry(), Instant.ofEpochMilli(row.atMs()), row.operator(), row.command(), row.detail());
    }
    show(table);
    return 0;
  }

  private void show(AccountRow account, Holdings ledger) {
    show(
        new AdminTable("account", "holder", "balance", "held", "available", "currency").row(account.account(),
            account.holderName(), Money.decimal(ledger.balance()), Money.decimal(ledger.held()),
            Money.decimal(ledger.available()), account.currency()));
  }

  /// Shows the help that the arguments ask for, or the general one.
  static AdminAnswer help(List<String> arguments) {
    return run(arguments, null);
  }

  AdminDesk desk() {
    AdminDesk present = desk;
    if (present == null) {
      throw new IllegalStateException("a command was run where only help was expected");
    }
    return present;
  }

  int site() {
    return site;
  }

  String operator() {
    return operator;
  }

  boolean isJson() {
    return json;
  }

  /// A line for whoever waits for the answer.
  void say(String line) {
    words.accept(line);
  }

  /// Words as they are, whatever the form of tables.
  void print(String words) {
    out.append(words);
  }

  void show(AdminTable table) {
    out.append(json ? table.json() : table.text());
  }

  private static int usage(CommandLine line) {
    line.usage(line.getOut());
    return 0;
  }

  private static String oneLine(Exception problem) {
    return String.valueOf(problem.getMessage()).replaceAll("\\s+", " ");
  }
}
