package dev.counterfoil.settlement.recharge;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// What a recharge's receipt says (RCH-12), read from the transfers themselves: there is none that the books do not know.
///
/// @param number such as `RCP_20251113_001`: the UTC day and the movement's number
/// @param amount what the holder got, minor units; the fee is the site's
/// @param before the balance before, minor units; the others likewise
/// @param feeMinor what the channel kept
/// @param operator who took it, empty when nobody noted it
/// @param reference the channel's own number, empty for cash
public record Receipt(String number, TransactionRow transaction, AccountRow account, RechargeMethod method,
    long amount, long before, long after, long feeMinor, String operator, String reference) {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  /// @return empty if the transaction is no recharge of these books
  public static Optional<Receipt> of(SettlementReads reads, int site, TransactionId id) {
    return reads.transaction(site, id).filter(row -> row.kind() == TransactionKind.RECHARGE)
        .flatMap(row -> of(reads, row));
  }

  private static Optional<Receipt> of(SettlementReads reads, TransactionRow row) {
    TransferRow moved = reads.transfersOf(row.site(), row.transaction()).getFirst();
    Optional<TransactionNoteRow> note = reads.money().note(row.site(), row.transaction());
    return RechargeMethod.ofReason(moved.reason()).flatMap(method -> reads
        .account(row.site(), row.account())
        .map(account -> new Receipt(number(row, moved), row, account, method, moved.amount(),
            moved.creditBefore(), moved.creditAfter(), fee(reads, row),
            note.map(TransactionNoteRow::operator).orElse(""),
            note.map(TransactionNoteRow::reason).orElse(""))));
  }

  private static long fee(SettlementReads reads, TransactionRow row) {
    return reads.transfersOf(row.site(), row.transaction()).stream().skip(1).mapToLong(TransferRow::amount)
        .sum();
  }

  private static String number(TransactionRow row, TransferRow moved) {
    return String.format(Locale.ROOT, "RCP_%s_%03d", DAY.format(Instant.ofEpochMilli(row.atMs())),
        moved.transfer());
  }
}
