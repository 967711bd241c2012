package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountTotalRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.TransactionKind;
import java.util.List;
import java.util.Optional;

/// The figures of ACC-19 and ACC-20, counted from cards and transactions when somebody asks, so that no tap pays for
/// them. Times are server times, 0 for never; sums are minor units.
///
/// @param cards active cards
/// @param primaryCard number of the main card, 0 for none
/// @param totalRecharge all recharges
/// @param totalConsume purchases less what was taken or paid back, imported ones too
/// @param lastConsumeMs the last purchase here; imported ones were made elsewhere
public record AccountFigures(int cards, long primaryCard, long totalRecharge, long totalConsume,
    long lastTransactionMs, long lastConsumeMs, long lastRechargeMs) {

  /// @param cards of the account, by number
  public static AccountFigures of(AccountProfileRow profile, List<CardRow> cards,
      List<AccountTotalRow> totals) {
    List<CardRow> active = cards.stream().filter(card -> card.status() == CardStatus.ACTIVE).toList();
    Optional<CardRow> chosen = active.stream().filter(card -> card.card() == profile.primaryCard())
        .findFirst().or(() -> active.stream().findFirst());
    return new AccountFigures(active.size(), chosen.map(CardRow::card).orElse(0L),
        sum(totals, TransactionKind.RECHARGE), sum(totals, TransactionKind.SALE_CARD, TransactionKind.VOID,
            TransactionKind.REFUND, TransactionKind.SALE_IMPORTED),
        totals.stream().mapToLong(AccountTotalRow::lastMs).max().orElse(0),
        last(totals, TransactionKind.SALE_CARD), last(totals, TransactionKind.RECHARGE));
  }

  private static long sum(List<AccountTotalRow> totals, TransactionKind... kinds) {
    List<TransactionKind> wanted = List.of(kinds);
    return totals.stream().filter(row -> wanted.contains(row.kind())).mapToLong(AccountTotalRow::amount)
        .sum();
  }

  private static long last(List<AccountTotalRow> totals, TransactionKind kind) {
    return totals.stream().filter(row -> row.kind() == kind).mapToLong(AccountTotalRow::lastMs).max()
        .orElse(0);
  }
}
