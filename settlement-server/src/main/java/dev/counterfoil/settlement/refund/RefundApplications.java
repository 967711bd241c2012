package dev.counterfoil.settlement.refund;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.TwoOperators;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.NoticeRow;
import dev.counterfoil.settlement.store.RefundApplicationRow;
import dev.counterfoil.settlement.store.RefundApplicationRow.State;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.Optional;

/// Refunds by application (F-08): the amount is checked, then the eligibility; what is unusual is looked at by a person,
/// and every rejection leaves a notice for the holder (RFD-01, RFD-02, A-14, A-15). Money goes back by the commit that
/// closes the application. Every method commits before it returns, or throws {@link RefusedException} and has changed
/// nothing. Belongs to the core's thread.
public final class RefundApplications {

  private static final String REJECTED = "REFUND_REJECTED";

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final RefundDesk refunds;

  public RefundApplications(StoreMemory memory, CoreSettings settings, RefundDesk refunds) {
    this.memory = memory;
    this.settings = settings;
    this.refunds = refunds;
  }

  /// What is asked for.
  ///
  /// @param account whose sale it is said to be, 0 if nobody says
  /// @param amount minor units
  /// @param reason in the applicant's words, never blank
  /// @param applicant who brings it in
  public record Wish(TransactionId sale, long account, long amount, String reason, String applicant) {}

  /// Why a person looks at it, or a rule rejects it. Stable codes.
  public enum Why {
    /// More than what is left of the sale.
    ABOVE_REFUNDABLE,
    /// More of this sale than one operator pays back alone.
    ABOVE_LIMIT,
    SALE_OLD,
    /// Of somebody else.
    NOT_OWN,
    /// Not a completed sale: voided, declined, or never booked to a holder.
    NOT_REFUNDABLE,
    SALE_TOO_OLD
  }

  /// @param id names the application and its refund; a second call with the same one changes nothing, so a retry is safe
  /// @throws RefusedException PARAMETER_ERROR, TRANSACTION_NOT_FOUND, KEY_REUSED, SYSTEM_BUSY (try again)
  public RefundApplicationRow apply(int site, Wish wish, TransactionId id, long nowMs) {
    Optional<RefundApplicationRow> before = memory.reads().office().application(site, id);
    if (before.isPresent()) {
      return repeated(before.get(), wish);
    }
    if (wish.amount() <= 0 || wish.reason().isBlank()) {
      throw new RefusedException("PARAMETER_ERROR", "an application has a reason and an amount of more than 0");
    }
    TransactionRow sale = memory.reads().transaction(site, wish.sale())
        .orElseThrow(() -> new RefusedException("TRANSACTION_NOT_FOUND", "no transaction " + wish.sale()));
    Optional<Why> unusual = unusual(sale, wish, nowMs);
    if (unusual.isPresent()) {
      return put(row(sale, wish, id, nowMs, State.REVIEW, unusual.get().name()));
    }
    Optional<Why> ineligible = ineligible(sale, wish, nowMs);
    if (ineligible.isPresent()) {
      return reject(row(sale, wish, id, nowMs, State.REJECTED, ineligible.get().name()));
    }
    return pay(row(sale, wish, id, nowMs, State.DONE, ""), nowMs);
  }

  /// A person agrees, and the money goes back.
  ///
  /// @throws RefusedException REQUEST_UNKNOWN, REQUEST_OWN, REQUEST_STATE, and what {@link RefundDesk#refund} says; the
  /// application stays open then
  public RefundApplicationRow approve(int site, long number, String by, String said, long nowMs) {
    return pay(reviewed(site, number, by).decided(State.DONE, TwoOperators.name(by), said, nowMs), nowMs);
  }

  /// @param said why, never blank
  /// @throws RefusedException REQUEST_UNKNOWN, REQUEST_OWN, REQUEST_STATE, REASON_MISSING, SYSTEM_BUSY
  public RefundApplicationRow reject(int site, long number, String by, String said, long nowMs) {
    if (said.isBlank()) {
      throw new RefusedException("REASON_MISSING", "say why: the holder is told");
    }
    return reject(reviewed(site, number, by).decided(State.REJECTED, TwoOperators.name(by), said, nowMs));
  }

  private RefundApplicationRow reviewed(int site, long number, String by) {
    RefundApplicationRow row = memory.reads().office().application(site, number)
        .orElseThrow(() -> new RefusedException("REQUEST_UNKNOWN", "no refund application " + number));
    if (TwoOperators.areOne(row.applicant(), by)) {
      throw new RefusedException("REQUEST_OWN", "refund application " + number + " was brought in by "
          + row.applicant());
    }
    if (row.state() != State.REVIEW) {
      throw new RefusedException("REQUEST_STATE", "refund application " + number + " is " + row.state());
    }
    return row;
  }

  private Optional<Why> unusual(TransactionRow sale, Wish wish, long nowMs) {
    long refunded = RefundDesk.refunded(memory.reads(), sale);
    if (wish.amount() > sale.amount() - refunded) {
      return Optional.of(Why.ABOVE_REFUNDABLE);
    }
    if (refunded + wish.amount() > settings.refunds().aloneMinor()) {
      return Optional.of(Why.ABOVE_LIMIT);
    }
    long age = nowMs - sale.atMs();
    return age >= settings.refunds().reviewAfter().toMillis() && age < settings.refunds().notAfter().toMillis()
        ? Optional.of(Why.SALE_OLD)
        : Optional.empty();
  }

  private Optional<Why> ineligible(TransactionRow sale, Wish wish, long nowMs) {
    if (wish.account() != 0 && wish.account() != sale.account()) {
      return Optional.of(Why.NOT_OWN);
    }
    if (!refunds.isRefundable(sale)) {
      return Optional.of(Why.NOT_REFUNDABLE);
    }
    return nowMs - sale.atMs() >= settings.refunds().notAfter().toMillis() ? Optional.of(Why.SALE_TOO_OLD)
        : Optional.empty();
  }

  private RefundApplicationRow row(TransactionRow sale, Wish wish, TransactionId id, long nowMs, State state,
      String why) {
    return new RefundApplicationRow(sale.site(), memory.reads().office().lastApplication(sale.site()) + 1, id,
        sale.transaction(), sale.account(), wish.amount(), wish.reason(), TwoOperators.name(wish.applicant()),
        nowMs, state, why, "", "", state == State.REVIEW ? 0 : nowMs);
  }

  private RefundApplicationRow pay(RefundApplicationRow row, long nowMs) {
    memory.alongside(unit -> unit.putRefundApplication(row));
    try {
      refunds.refund(row.site(), row.sale(), row.amount(), row.transaction(), nowMs);
    } finally {
      memory.alongside(null);
    }
    return row;
  }

  private RefundApplicationRow reject(RefundApplicationRow row) {
    var notice = new NoticeRow(row.site(), memory.reads().office().lastNotice(row.site()) + 1, row.account(),
        REJECTED, "refund application " + row.number(), row.said().isEmpty() ? row.why() : row.said(),
        row.decidedMs());
    RefusedException.unlessCommitted(
        memory.commit(new CommitUnit().putRefundApplication(row).insertNotice(notice)));
    return row;
  }

  private RefundApplicationRow put(RefundApplicationRow row) {
    RefusedException.unlessCommitted(memory.commit(new CommitUnit().putRefundApplication(row)));
    return row;
  }

  private static RefundApplicationRow repeated(RefundApplicationRow before, Wish wish) {
    if (!before.sale().equals(wish.sale()) || before.amount() != wish.amount()) {
      throw new RefusedException("KEY_REUSED", "refund application " + before.number() + " was another one");
    }
    return before;
  }
}
