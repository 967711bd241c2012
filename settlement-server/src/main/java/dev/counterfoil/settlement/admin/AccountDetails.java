package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.AccountFigures;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountReads;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.FreezeKind;
import java.time.Instant;

/// All that is known of one account (ACC-27), as one table of names and values.
final class AccountDetails {

  private AccountDetails() {}

  static AdminTable table(AdminCommands admin, AccountRow row) {
    AccountReads reads = admin.desk().reads().profiles();
    AccountProfileRow profile = reads.profile(row.site(), row.account())
        .orElseThrow(() -> new IllegalStateException("account " + row.account() + " has no profile"));
    var figures = AccountFigures.of(profile, admin.desk().reads().cardsOf(row.site(), row.account()),
        reads.accountTotals(row.site(), row.account()));
    var table = new AdminTable("field", "value");
    who(table, row, profile);
    money(table, admin, row, figures);
    state(table, profile);
    table.row("cards", text(figures.cards())).row("primary_card", text(figures.primaryCard()));
    table.row("last_transaction", time(figures.lastTransactionMs()))
        .row("last_consume", time(figures.lastConsumeMs()))
        .row("last_recharge", time(figures.lastRechargeMs()));
    table.row("permissions", text(reads.permissions(row.site(), row.account()).size())).row("relations",
        text(reads.relationsBelow(row.site(), row.account()).size()
            + reads.relationsAbove(row.site(), row.account()).size()));
    return table;
  }

  private static void who(AdminTable table, AccountRow row, AccountProfileRow profile) {
    table.row("account", text(row.account())).row("number", row.number()).row("kind", profile.kind())
        .row("status", row.status()).row("owner_kind", profile.ownerKind()).row("owner", profile.owner())
        .row("holder", row.holderName()).row("name", profile.accountName())
        .row("primary", profile.primary()).row("restricted", row.restricted())
        .row("may_spend", row.maySpend()).row("online", row.enableOnline())
        .row("offline", row.enableOffline());
  }

  private static void money(AdminTable table, AdminCommands admin, AccountRow row, AccountFigures figures) {
    var ledger = AdminInput.ledger(admin, row);
    table.row("currency", row.currency()).row("balance", Money.decimal(ledger.balance()))
        .row("held", Money.decimal(ledger.held())).row("credit_limit", Money.decimal(-ledger.floor()))
        .row("limit_single", Money.decimal(row.perTapMinor()))
        .row("limit_daily", Money.decimal(row.perDayMinor()))
        .row("limit_monthly", Money.decimal(row.perMonthMinor()))
        .row("card_class", text(row.terms().cardClass()))
        .row("discount_permille", text(row.terms().discountPermille()))
        .row("total_recharge", Money.decimal(figures.totalRecharge()))
        .row("total_consume", Money.decimal(figures.totalConsume()));
  }

  private static void state(AdminTable table, AccountProfileRow profile) {
    FreezeKind freeze = profile.freeze();
    table.row("approved", profile.approved()).row("opened", time(profile.openedMs()))
        .row("since", time(profile.changedMs())).row("expires", time(profile.expiresMs()))
        .row("freeze", freeze == null ? "" : freeze).row("reason", profile.reason())
        .row("next_look", time(profile.dueMs())).row("deleted", profile.deleted());
  }

  /// A column of numbers would be set to the right, and this one holds words.
  private static String text(long number) {
    return Long.toString(number);
  }

  private static Object time(long atMs) {
    return atMs == 0 ? "" : Instant.ofEpochMilli(atMs);
  }
}
