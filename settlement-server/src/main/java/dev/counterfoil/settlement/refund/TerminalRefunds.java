package dev.counterfoil.settlement.refund;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.RefundAnswer;
import dev.counterfoil.proto.v1.RefundQuestion;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ledger.TerminalRefundPosting;
import dev.counterfoil.settlement.store.AuthorizationOutcome;
import dev.counterfoil.settlement.store.AuthorizationRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TerminalStatus;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.List;
import java.util.Optional;

/// Decides about refunds that an operator wants at a terminal (RFD-03 to RFD-06, MCH-09). An approval moves no money: the
/// terminal's REFUND record does, booked once by [TerminalRefundPosting]. One that no record follows is worth nothing
/// after [ApprovedRefunds#LIFE_MS]. Belongs to the core's thread.
public final class TerminalRefunds {

  private final StoreMemory memory;
  private final RefundDesk refunds;
  private final SaleFinder finder;
  private final ApprovedRefunds approved = new ApprovedRefunds();

  public TerminalRefunds(StoreMemory memory, RefundDesk refunds) {
    this.memory = memory;
    this.refunds = refunds;
    this.finder = new SaleFinder(memory);
  }

  /// Looks a sale up, or approves a refund of it. The same refund gets the same answer, so a retry is safe.
  ///
  /// @throws RefusedException REFUND_NOT_PERMITTED (not an operator's card, or a terminal that may not sell),
  /// REFUND_TAKES_TWO, PARAMETER_ERROR, and those of {@link RefundDesk#refundable}; nothing was kept then
  public RefundAnswer answer(TerminalId id, RefundQuestion question, long nowMs) {
    TerminalRow terminal = permitted(id, question, nowMs);
    TransactionRow sale = finder.find(terminal, question);
    if (question.getTransactionId().isEmpty()) {
      return facts(sale).setLeftMinor(left(sale, nowMs)).build();
    }
    TransactionId refund = transaction(question.getTransactionId());
    Optional<AuthorizationRow> before = memory.reads().authorizations(sale.site(), List.of(refund)).stream()
        .findFirst();
    if (before.isPresent()) {
      return repeated(before.get(), terminal, sale, question, nowMs);
    }
    decide(terminal, sale, refund, question.getAmountMinor(), nowMs);
    return facts(sale).setTransactionId(question.getTransactionId()).setLeftMinor(left(sale, nowMs)).build();
  }

  private TerminalRow permitted(TerminalId id, RefundQuestion question, long nowMs) {
    TerminalRow terminal = memory.terminal(id).map(TerminalMemory::row)
        .filter(row -> row.status() == TerminalStatus.ACTIVE)
        .orElseThrow(() -> new RefusedException("REFUND_NOT_PERMITTED", "terminal " + id));
    boolean operator = token(question.getOperatorToken()).flatMap(memory.site(terminal.site())::card)
        .filter(CardRow::operatorCard).filter(card -> card.status() == CardStatus.ACTIVE)
        .filter(card -> !card.isOver(nowMs)).isPresent();
    if (!operator) {
      throw new RefusedException("REFUND_NOT_PERMITTED", "not an operator's card");
    }
    return terminal;
  }

  private void decide(TerminalRow terminal, TransactionRow sale, TransactionId refund, long amount,
      long nowMs) {
    long open = approved.of(sale.transaction(), memory.reads(), sale.site(), nowMs);
    refunds.refundable(sale.site(), sale.transaction(), amount);
    // What was approved and is not booked yet counts, or two counters could each pay the whole back.
    refunds.refundable(sale.site(), sale.transaction(), Math.addExact(amount, open));
    if (refunds.takesTwo(sale.site(), sale.transaction(), Math.addExact(amount, open))) {
      throw new RefusedException("REFUND_TAKES_TWO", "more than one operator may pay back alone");
    }
    if (memory.reads().transaction(sale.site(), refund).isPresent()) {
      throw new RefusedException("KEY_REUSED", "transaction " + refund + " was something else");
    }
    var unit = new CommitUnit();
    unit.insertAuthorization(new AuthorizationRow(sale.site(), refund, terminal.terminal(), 0, amount,
        sale.asset(), AuthorizationOutcome.APPROVED, TerminalRefundPosting.approvalOf(sale.transaction()), 0,
        0, 0, nowMs));
    RefusedException.unlessCommitted(memory.commit(unit));
    approved.add(sale.transaction(), refund, amount, nowMs);
  }

  private RefundAnswer repeated(AuthorizationRow before, TerminalRow terminal, TransactionRow sale,
      RefundQuestion question, long nowMs) {
    if (before.terminal() != terminal.terminal() || before.amount() != question.getAmountMinor()
        || !before.reason().equals(TerminalRefundPosting.approvalOf(sale.transaction()))) {
      throw new RefusedException("KEY_REUSED", "transaction " + before.transaction() + " was something else");
    }
    return facts(sale).setTransactionId(question.getTransactionId()).setLeftMinor(left(sale, nowMs)).build();
  }

  /// @throws RefusedException TRANSACTION_STATUS
  private long left(TransactionRow sale, long nowMs) {
    if (!refunds.isRefundable(sale)) {
      throw new RefusedException("TRANSACTION_STATUS", sale.transaction() + " cannot be paid back");
    }
    return sale.amount() - RefundDesk.refunded(memory.reads(), sale)
        - approved.of(sale.transaction(), memory.reads(), sale.site(), nowMs);
  }

  private RefundAnswer.Builder facts(TransactionRow sale) {
    var answer = RefundAnswer.newBuilder().setOriginalTransactionId(Wire.bytes(sale.transaction()))
        .setPaidMinor(sale.amount()).setAccountId(sale.account());
    if (sale.kind() != TransactionKind.SALE_CASH) {
      memory.reads().cardsOf(sale.site(), sale.account()).stream()
          .filter(card -> card.card() == sale.details().card()).findFirst()
          .ifPresent(card -> answer.setCardToken(ByteString.copyFrom(card.token().bytes())));
    }
    return answer;
  }

  static Optional<CardToken> token(ByteString bytes) {
    return bytes.size() == CardToken.LENGTH ? Optional.of(CardToken.of(bytes.toByteArray()))
        : Optional.empty();
  }

  static TransactionId transaction(ByteString bytes) {
    try {
      return Wire.transaction(bytes);
    } catch (LinkViolation e) {
      throw new RefusedException("PARAMETER_ERROR", String.valueOf(e.getMessage()));
    }
  }
}
