package dev.counterfoil.settlement.refund;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.RefundQuestion;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.receipt.ReceiptCode;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.ingest.RecordRun;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransactionSearch;
import java.util.Optional;

/// Finds the sale that somebody at a counter wants paid back: one of the same merchant, whatever names it. What is another
/// merchant's is not found, so that nobody learns of it.
final class SaleFinder {

  private final StoreMemory memory;

  SaleFinder(StoreMemory memory) {
    this.memory = memory;
  }

  /// @throws RefusedException TRANSACTION_NOT_FOUND
  TransactionRow find(TerminalRow terminal, RefundQuestion question) {
    return named(terminal, question).filter(row -> row.kind().isSale())
        .filter(row -> isOfMerchant(terminal, row)).orElseThrow(
            () -> new RefusedException("TRANSACTION_NOT_FOUND", "no such sale of this merchant"));
  }

  private Optional<TransactionRow> named(TerminalRow terminal, RefundQuestion question) {
    int site = terminal.site();
    if (!question.getOriginalTransactionId().isEmpty()) {
      return memory.reads().transaction(site,
          TerminalRefunds.transaction(question.getOriginalTransactionId()));
    }
    if (!question.getReceiptCode().isEmpty()) {
      return ReceiptCode.parse(question.getReceiptCode()).flatMap(code -> byReceipt(site, code));
    }
    return question.getSeq() > 0 ? byRecord(terminal, question.getSeq())
        : byCard(terminal, question.getCardToken());
  }

  private Optional<TransactionRow> byReceipt(int site, ReceiptCode code) {
    return memory.reads().terminals(site).stream()
        .flatMap(terminal -> RecordRun.read(memory.reads(), site, terminal.terminal(), code.seq(), code.seq(),
            1, 1).stream().filter(code::matches).map(record -> terminal))
        .findFirst().flatMap(terminal -> byRecord(terminal, code.seq()));
  }

  private Optional<TransactionRow> byRecord(TerminalRow terminal, long seq) {
    TransactionId id = memory.reads().recordKey(terminal.site(), terminal.terminal(), seq)
        .map(RecordKeyRow::transaction).orElse(null);
    return id == null ? Optional.empty() : memory.reads().transaction(terminal.site(), id);
  }

  private Optional<TransactionRow> byCard(TerminalRow terminal, ByteString token) {
    Optional<CardToken> card = TerminalRefunds.token(token);
    return card.flatMap(memory.site(terminal.site())::card).map(CardRow::account).flatMap(
        account -> memory.reads().transactions(terminal.site(),
            TransactionSearch.ALL.ofAccount(account).ofTerminal(terminal.terminal())
                .ofKind(TransactionKind.SALE_CARD),
            TransactionSearch.Place.FIRST, 1).stream().findFirst());
  }

  private boolean isOfMerchant(TerminalRow terminal, TransactionRow sale) {
    return sale.terminal() == terminal.terminal()
        || memory.reads().terminal(terminal.site(), sale.terminal())
            .filter(other -> other.merchantLedger() == terminal.merchantLedger()).isPresent();
  }
}
