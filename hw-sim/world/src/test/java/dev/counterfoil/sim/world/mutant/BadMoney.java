package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.store.AnswerRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.SiteMemory;
import dev.counterfoil.settlement.store.TillReferenceRow;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.settlement.transfer.TransferLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What seeded bugs of the ledger put in the place of sound parts.
public final class BadMoney {
  private static final int TERMINALS = 8;

  private BadMoney() {}

  /// m17: a till's number counts for all terminals.
  public static Optional<TillReferenceRow> anybodysTicket(Books books, int terminal, String reference) {
    return IntStream.rangeClosed(1, Math.max(terminal, TERMINALS))
        .mapToObj(each -> books.tillReference(each, reference)).flatMap(Optional::stream).findFirst();
  }

  /// m17b: a caller's key counts for all callers.
  public static Optional<AnswerRow> anybodysAnswer(SettlementReads reads, int site, String caller,
      String key) {
    return List.of(caller, "operator/1", "operator/2", "operator/3").stream()
        .map(each -> reads.answer(site, each, key)).flatMap(Optional::stream).findFirst();
  }

  /// m21: what was answered is looked up before the one that asks at the same time has committed.
  public static Optional<AnswerRow> notYet(SettlementReads reads, int site, String caller, String key) {
    Objects.requireNonNull(reads.answer(site, caller, key));
    return Optional.empty();
  }

  private static final Map<TransactionId, HoldRow> HELD = new HashMap<>();

  /// m24: a hold as it was when it was first looked at.
  public static Optional<HoldRow> asItWas(SiteMemory memory, TransactionId transaction) {
    memory.openHold(transaction).ifPresent(hold -> HELD.putIfAbsent(transaction, hold));
    return Optional.ofNullable(HELD.get(transaction));
  }

  /// m34: an audit entry without its actor.
  public static String nobody(AuditEntry entry) {
    return entry.actor().substring(entry.actor().length());
  }

  /// m36: a sum that is kept in 32 bits.
  public static long inAnInt(long sum, long amount) {
    return (int) (sum + amount);
  }

  private static boolean odd;

  /// m37: every other share is rounded half up.
  public static long halfUpNowAndThen(long of, long total, long sum) {
    odd = !odd;
    return (of * sum + (odd ? 0 : total / 2)) / total;
  }

  /// m39: of several movements to take back, all but the first.
  public static List<?> withoutTheFirst(Stream<?> legs) {
    List<?> all = legs.toList();
    return all.size() > 1 ? all.subList(1, all.size()) : all;
  }

  /// m39b: of several movements to take back, all but the last.
  public static List<?> withoutTheLast(Stream<?> legs) {
    List<?> all = legs.toList();
    return all.size() > 1 ? all.subList(0, all.size() - 1) : all;
  }

  /// m38: an amount without its sign.
  public static long unsigned(TransferLine line) {
    return Math.max(1, Math.abs(line.amount()));
  }

  /// m53: every card is a good one.
  public static CardStatus active(CardRow card) {
    Objects.requireNonNull(card);
    return CardStatus.ACTIVE;
  }

  /// m41: takes no more than there is, or 1 fen if there is nothing.
  public static TransferRow clipped(Books books, TransactionId transaction, int leg, long debit, long credit,
      long amount, String reason) {
    long there = Math.max(1, books.available(debit));
    return books.post(transaction, leg, debit, credit, Math.min(amount, there), reason);
  }
}
