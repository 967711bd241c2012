package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.account.Opening;
import dev.counterfoil.settlement.balance.BalanceChange;
import dev.counterfoil.settlement.balance.BalanceHistory;
import dev.counterfoil.settlement.store.AccountEventRow;
import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.OwnerKind;
import dev.counterfoil.settlement.store.PriceTerms;
import dev.counterfoil.settlement.store.UnfreezeKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holders' accounts.
@Command(name = "account", description = "Open, list, freeze and close accounts, and what they may do.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class AccountCommands {

  private static final int PAGE = 1000;

  private final AdminCommands admin;

  AccountCommands(AdminCommands admin) {
    this.admin = admin;
  }

  static CommandLine line(AdminCommands admin) {
    return new CommandLine(new AccountCommands(admin)).addSubcommand(new PermissionCommands(admin))
        .addSubcommand(new PasswordCommands(admin))
        .addSubcommand(new RelationCommands(admin));
  }

  /// What `account open` may be told.
  static final class OpenOptions {

    @Option(names = "--holder", required = true, description = "The holder's name.")
    String holder = "";

    @Option(names = "--kind", defaultValue = "personal", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    AccountKind kind = AccountKind.PERSONAL;

    @Option(names = "--owner", defaultValue = "", paramLabel = "NUMBER", description = "The owner's number in your own books; an owner has accounts.per-owner accounts at most.")
    String owner = "";

    @Option(names = "--owner-kind", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES} (default: what the account's kind suggests).")
    @Nullable
    OwnerKind ownerKind;

    @Option(names = "--name", defaultValue = "", description = "What the account is called.")
    String name = "";

    @Option(names = "--no-offline", description = "Terminals may not approve without the server.")
    boolean noOffline;

    @Option(names = "--balance", defaultValue = "", paramLabel = "AMOUNT", description = "Initial balance, from the opening balances (default: accounts.initial-balance-minor).")
    String balance = "";

    @Option(names = "--key", defaultValue = "", description = "Your number of the initial balance, which is booked once.")
    String key = "";

    @Option(names = "--credit", defaultValue = "", paramLabel = "AMOUNT", description = "How far below 0 purchases may go (default: accounts.credit-limit-minor).")
    String credit = "";

    @Option(names = "--number", defaultValue = "", paramLabel = "NUMBER", description = "What people read of it, where accounts.generate-number is false.")
    String number = "";

    @Option(names = "--main", paramLabel = "ACCOUNT", description = "Of a temporary account or project: who gets its balance at the end.")
    @Nullable
    String main;

    @Option(names = "--until", paramLabel = "TIME", description = "Of a temporary account or project: its end, such as 2026-12-24T17:00:00Z.")
    @Nullable
    String until;

    Opening opening() {
      String end = until;
      String payee = main;
      return new Opening(kind, ownerKind == null ? OwnerKind.usual(kind) : ownerKind, owner, holder, name,
          !noOffline, siteOr(balance), siteOr(credit),
          payee == null ? 0 : AdminInput.account(payee),
          end == null ? 0 : AdminInput.time(end).toEpochMilli(), number);
    }

    private static long siteOr(String amount) {
      return amount.isEmpty() ? Opening.SITES : AdminInput.amount(amount);
    }
  }

  @Command(name = "open", description = "Open an account, or apply for one where accounts.require-approval is set.", mixinStandardHelpOptions = true)
  int open(@Mixin OpenOptions options) {
    Opening opening = options.opening();
    if (opening.openingMinor() > 0 && options.key.isEmpty()) {
      throw new AdminRefusal("BAD_INPUT", "an initial balance needs --key, so that it is booked once");
    }
    show(List.of(admin.desk().accounts().open(admin.site(), opening, options.key, admin.operator())));
    return 0;
  }

  @Command(name = "list", description = "Accounts by number, without deleted ones.", mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--after", defaultValue = "0", description = "Begin after this account.") long after,
      @Option(names = "--limit", defaultValue = "1000") int limit,
      @Option(names = "--owner", description = "Only this owner's.") @Nullable String owner) {
    if (owner != null) {
      show(admin.desk().reads().profiles().profilesOf(admin.site(), owner).stream()
          .filter(profile -> !profile.deleted())
          .map(profile -> AdminInput.known(admin, profile.account())).toList());
      return 0;
    }
    show(admin.desk().reads().accounts(admin.site(), after, Math.clamp(limit, 1, PAGE)).stream()
        .filter(row -> row.status() != AccountStatus.CANCELLED || !isDeleted(row)).toList());
    return 0;
  }

  private boolean isDeleted(AccountRow row) {
    return admin.desk().reads().profiles().profile(row.site(), row.account())
        .map(AccountProfileRow::deleted).orElse(false);
  }

  @Command(name = "show", description = "One account.", mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "ACCOUNT") String account) {
    long number = AdminInput.account(account);
    show(List.of(AdminInput.known(admin, number)));
    return 0;
  }

  @Command(name = "details", description = "All that is known of an account.", mixinStandardHelpOptions = true)
  int details(@Parameters(paramLabel = "ACCOUNT") String account) {
    admin.show(AccountDetails.table(admin, AdminInput.known(admin, AdminInput.account(account))));
    return 0;
  }

  @Command(name = "events", description = "Every change of an account's state, limits, credit and switches, the newest last.", mixinStandardHelpOptions = true)
  int events(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--last", defaultValue = "50", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).") int last) {
    AccountRow row = AdminInput.known(admin, AdminInput.account(account));
    var table = new AdminTable("at", "event", "before", "after", "detail");
    for (AccountEventRow event : admin.desk().reads().profiles().accountEvents(row.site(), row.account(),
        Math.clamp(last, 1, PAGE))) {
      table.row(Instant.ofEpochMilli(event.atMs()), event.event(), event.before(), event.after(),
          event.detail());
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "history", description = "Every change of an account's balance, in order.", mixinStandardHelpOptions = true)
  int history(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--after", defaultValue = "0", paramLabel = "N", description = "Begin after this movement.") long after,
      @Option(names = "--limit", defaultValue = "100", description = "Transactions (default: ${DEFAULT-VALUE}).") int limit) {
    AccountRow row = AdminInput.known(admin, AdminInput.account(account));
    var table = new AdminTable("change", "at", "movement", "type", "reason", "amount", "frozen", "before",
        "after", "purse", "operator", "remark", "transaction");
    for (BalanceChange change : new BalanceHistory(admin.desk().reads(), row).changes(after,
        Math.clamp(limit, 1, PAGE))) {
      table.row(change.id(), Instant.ofEpochMilli(change.transaction().atMs()), change.transfer(),
          change.type(), change.reason(), Money.decimal(change.change()), Money.decimal(change.frozen()),
          Money.decimal(change.before()), Money.decimal(change.after()), change.purse(), change.operator(),
          change.remark(),
          change.transaction().transaction());
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "approve", description = "Answer an application with yes.", mixinStandardHelpOptions = true)
  int approve(@Parameters(paramLabel = "ACCOUNT") String account) {
    return apply(account, new AccountEvent.Approved());
  }

  @Command(name = "reject", description = "Answer an application with no.", mixinStandardHelpOptions = true)
  int reject(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--reason", required = true, description = "Kept.") String reason) {
    return apply(account, new AccountEvent.Rejected(reason));
  }

  @Command(name = "activate", description = "Take an account into use that waits for its first recharge.", mixinStandardHelpOptions = true)
  int activate(@Parameters(paramLabel = "ACCOUNT") String account) {
    return apply(account, new AccountEvent.Activated());
  }

  @Command(name = "freeze", description = "No purchases until unfreeze; closed after accounts.frozen-at-most.", mixinStandardHelpOptions = true)
  int freeze(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--kind", defaultValue = "administrative", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).") FreezeKind kind,
      @Option(names = "--reason", defaultValue = "", description = "Kept; a freeze needs one.") String reason) {
    return apply(account, new AccountEvent.Frozen(kind, reason));
  }

  @Command(name = "unfreeze", description = "End a freeze, a loss report or a restriction.", mixinStandardHelpOptions = true)
  int unfreeze(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--kind", defaultValue = "manual", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).") UnfreezeKind kind,
      @Option(names = "--reason", defaultValue = "", description = "Kept; the end of a freeze needs one.") String reason) {
    AccountRow row = AdminInput.known(admin, AdminInput.account(account));
    boolean wasRestricted = row.restricted();
    if (wasRestricted) {
      row = admin.desk().accounts().liftRestriction(admin.site(), row.account(), admin.operator());
    }
    if (row.status() == AccountStatus.LOST) {
      return apply(account, new AccountEvent.LossLifted(reason));
    }
    if (row.status() == AccountStatus.NORMAL && wasRestricted) {
      show(List.of(row));
      return 0;
    }
    return apply(account, new AccountEvent.Unfrozen(kind, reason));
  }

  @Command(name = "close", description = "Close an account with nothing in it.", mixinStandardHelpOptions = true)
  int close(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--reason", defaultValue = "", description = "Kept.") String reason) {
    return apply(account, new AccountEvent.Closed(reason));
  }

  @Command(name = "loss", description = "The same as report-loss.", mixinStandardHelpOptions = true)
  int shortLoss(@Parameters(paramLabel = "ACCOUNT") String account) {
    return loss(account, "");
  }

  @Command(name = "report-loss", description = "Report a loss: refused online at once, offline within one list period; closed after accounts.lost-at-most.", mixinStandardHelpOptions = true)
  int loss(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--reason", defaultValue = "", description = "Kept.") String reason) {
    return apply(account, new AccountEvent.LossReported(reason));
  }

  @Command(name = "lift-loss", description = "Take a loss report back.", mixinStandardHelpOptions = true)
  int liftLoss(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--reason", defaultValue = "", description = "Kept.") String reason) {
    return apply(account, new AccountEvent.LossLifted(reason));
  }

  @Command(name = "delete", description = "Show a closed account no more; nothing of it is removed.", mixinStandardHelpOptions = true)
  int delete(@Parameters(paramLabel = "ACCOUNT") String account) {
    show(List.of(
        admin.desk().accounts().delete(admin.site(), AdminInput.account(account), admin.operator())));
    return 0;
  }

  @Command(name = "primary", description = "Make an account the first of its owner's.", mixinStandardHelpOptions = true)
  int primary(@Parameters(paramLabel = "ACCOUNT") String account) {
    show(List.of(
        admin.desk().accounts().makePrimary(admin.site(), AdminInput.account(account), admin.operator())));
    return 0;
  }

  @Command(name = "limits", description = "Set an account's own limits; 0 for the site's, which they may only tighten.", mixinStandardHelpOptions = true)
  int limits(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--single", defaultValue = "0", paramLabel = "AMOUNT") String single,
      @Option(names = "--daily", defaultValue = "0", paramLabel = "AMOUNT") String daily,
      @Option(names = "--monthly", defaultValue = "0", paramLabel = "AMOUNT") String monthly) {
    show(List.of(admin.desk().accounts().limits(admin.site(), AdminInput.account(account),
        AdminInput.amount(single), AdminInput.amount(daily), AdminInput.amount(monthly),
        admin.operator())));
    return 0;
  }

  @Command(name = "terms", description = "Set by which terms terminals price what an account buys.", mixinStandardHelpOptions = true)
  int terms(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--class", defaultValue = "1", paramLabel = "CLASS", description = "Class of its cards, 1 to 99 (default: ${DEFAULT-VALUE}).") int cardClass,
      @Option(names = "--discount", defaultValue = "0", paramLabel = "PERMILLE", description = "Off every price for this holder, 0 to 999 (default: ${DEFAULT-VALUE}).") int discount) {
    AccountRow row = admin.desk().accounts().terms(admin.site(), AdminInput.account(account),
        new PriceTerms(cardClass, discount), admin.operator());
    var table = new AdminTable("account", "number", "holder", "class", "discount_permille");
    table.row(row.account(), row.number(), row.holderName(), row.terms().cardClass(),
        row.terms().discountPermille());
    admin.show(table);
    return 0;
  }

  @Command(name = "credit", description = "Set how far below 0 purchases may bring an account.", mixinStandardHelpOptions = true)
  int credit(@Parameters(paramLabel = "ACCOUNT") String account,
      @Parameters(paramLabel = "AMOUNT") String amount) {
    show(List.of(admin.desk().accounts().credit(admin.site(), AdminInput.account(account),
        AdminInput.amount(amount), admin.operator())));
    return 0;
  }

  @Command(name = "channels", description = "Say which purchases an account may make at all; what is not named is denied.", mixinStandardHelpOptions = true)
  int channels(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--online", description = "Those that the server decides.") boolean online,
      @Option(names = "--offline", description = "Those that a terminal decides alone.") boolean offline) {
    show(List.of(admin.desk().accounts().channels(admin.site(), AdminInput.account(account),
        online || offline, online, offline, admin.operator())));
    return 0;
  }

  private int apply(String account, AccountEvent event) {
    show(List.of(admin.desk().accounts().apply(admin.site(), AdminInput.account(account), event,
        admin.operator())));
    return 0;
  }

  private void show(List<AccountRow> accounts) {
    var table = new AdminTable("account", "number", "holder", "status", "restricted", "offline", "balance",
        "available",
        "currency");
    for (AccountRow row : accounts) {
      var ledger = AdminInput.ledger(admin, row);
      table.row(row.account(), row.number(), row.holderName(), row.status(), row.restricted(),
          row.enableOffline(),
          Money.decimal(ledger.balance()), Money.decimal(ledger.available()), row.currency());
    }
    admin.show(table);
  }
}
