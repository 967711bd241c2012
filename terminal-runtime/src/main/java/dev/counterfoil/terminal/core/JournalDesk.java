package dev.counterfoil.terminal.core;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.MealOrder;
import dev.counterfoil.proto.v1.Refund;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.proto.v1.TestRecord;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.proto.v1.UseOf;
import dev.counterfoil.proto.v1.Void;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordFormatException;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.journal.CardFound;
import dev.counterfoil.terminal.journal.Entry;
import dev.counterfoil.terminal.journal.JournalRecovery;
import dev.counterfoil.terminal.journal.JournalStore;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.journal.MealCollections;
import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.terminal.journal.RunTime;
import dev.counterfoil.terminal.journal.Spend;
import dev.counterfoil.terminal.journal.StateChange;
import dev.counterfoil.terminal.journal.StoreException;
import dev.counterfoil.terminal.journal.StoredAck;
import dev.counterfoil.terminal.journal.TillReferences;
import dev.counterfoil.terminal.journal.Visits;
import dev.counterfoil.terminal.journal.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Does [JournalTask]s, one after the other. Runs on the journal writer thread of a device, and inline in the
/// simulator; blocks for as long as the medium takes.
public final class JournalDesk {

  private final JournalWriter writer;
  private final JournalRecovery recovery;
  private final JournalStore store;
  private final TillReferences references;
  private final Visits visits;
  private final MealCollections collections;
  private final ShiftRecords shifts;
  /// The last record approved without the server; of an earlier run unknown, and then taken as the head found.
  private long lastOfflineSeq;

  public JournalDesk(JournalWriter writer, JournalRecovery recovery, JournalStore store) {
    this.writer = writer;
    this.recovery = recovery;
    this.store = store;
    this.shifts = new ShiftRecords(store);
    this.references = new TillReferences(store, writer.settings().referenceRecords());
    this.visits = new Visits(store, writer.settings().referenceRecords());
    this.collections = new MealCollections(store, writer.settings().referenceRecords());
    this.lastOfflineSeq = writer.state().head().seq();
  }

  /// Does one task. A failing medium is an outcome, not an exception.
  public JournalAnswer handle(JournalRequest request) {
    JournalAnswer.Outcome outcome;
    try {
      outcome = carryOut(request);
    } catch (StoreException e) {
      outcome = new JournalAnswer.Failed(e.failure().refusal().name(), String.valueOf(e.getMessage()));
    }
    return new JournalAnswer(request.task(), outcome, writer.state(), writer.refusal());
  }

  private JournalAnswer.Outcome carryOut(JournalRequest request) {
    var now = request.now();
    return switch (request.task()) {
      case JournalTask.LookUp look -> new JournalAnswer.Found(facts(look));
      case JournalTask.FindReference(var basket, _) -> new JournalAnswer.Referenced(
          references.find(basket.externalReference()));
      case JournalTask.RecordSale sale -> sell(sale, request);
      case JournalTask.RecordUse use -> remembered(
          outcome(writer.append(entry(use, request.runTime()), now)));
      case JournalTask.RecordVoid taken -> remembered(
          outcome(writer.append(entry(taken, request.runTime()), now)));
      case JournalTask.RecordRefund(var _, var refund) ->
        outcome(writer.append(entry(refund, request.runTime()), now));
      case JournalTask.SaleTold(var seq, var _) -> told(seq);
      case JournalTask.RecordTest(var _, var test) -> outcome(writer.append(tested(test), now));
      case JournalTask.RecordShift shift -> outcome(writer.append(shifts.entry(shift, now), now));
      case JournalTask.ShiftAnswered(var answer) -> shiftAnswered(answer.getCloseSeq());
      case JournalTask.RecordDecline(var decline) -> outcome(writer.decline(decline, now));
      case JournalTask.KeepAck(var ack) -> outcome(writer.keep(afterAck(StoredAck.of(ack))));
      case JournalTask.AdoptEpoch(var _, var epoch) -> outcome(recovery.adopt(epoch, now));
      case JournalTask.TakeAnchor(var anchor, var body) -> outcome(writer.append(
          new Entry(RecordDraft.of(RecordKind.TIME_ANCHOR, body),
              _ -> List.of(new StateChange.AnchorTaken(anchor))),
          now));
      case JournalTask.KeepCache(var part) -> outcome(writer.keep(List.of(part)));
      case JournalTask.CountRunTime _ -> outcome(
          writer.keep(List.of(new StateChange.RunTimeTicked(request.runTime()))));
      case JournalTask.Load(var _, var from, var records, var bytes) ->
        new JournalAnswer.Loaded(store.records(from, records, bytes));
      case JournalTask.Restore(var _, var records) -> restore(records);
      case JournalTask.RolledBack _ -> outcome(recovery.rolledBack());
      case JournalTask.Freeze _ -> outcome(
          writer.keep(List.of(new StateChange.Barred(Optional.of(Refusal.FROZEN)))));
      case JournalTask.Rotate _ -> outcome(writer.rotate(now));
      case JournalTask.Lock(var _, var locked) -> outcome(
          writer.keep(List.of(new StateChange.Locked(locked))));
      case JournalTask.Diagnose _ -> new JournalAnswer.Diagnosed(writer.settings().capacityRecords(),
          store.storedBytes(), writer.mirrorFault().isEmpty());
      case JournalTask.Resume _ -> outcome(writer.resume(now));
      case JournalTask.Reopen _ -> {
        references.forget();
        visits.forget();
        collections.forget();
        var found = writer.reopen();
        references.willBeTakenBack(found.landed());
        yield new JournalAnswer.Reopened(found.known(), found.landed());
      }
      case JournalTask.Rest _ -> rest(now);
      case JournalTask.Stop _ -> {
        writer.stop(now);
        yield new JournalAnswer.Done(List.of());
      }
    };
  }

  private JournalAnswer.Outcome told(long seq) {
    var kept = outcome(writer.keep(List.of(new StateChange.SaleTold(seq))));
    return kept instanceof JournalAnswer.Done
        ? new JournalAnswer.Done(store.record(seq).stream().toList())
        : kept;
  }

  private JournalAnswer.Outcome shiftAnswered(long closeSeq) {
    var shift = writer.state().shift();
    if (shift.closeSeq() != closeSeq) {
      return new JournalAnswer.Failed("SHIFT_UNKNOWN", "record " + closeSeq + " waits for no answer");
    }
    var kept = outcome(writer.keep(List.of(new StateChange.ShiftChanged(shift.answered()))));
    return kept instanceof JournalAnswer.Done
        ? new JournalAnswer.Done(store.record(closeSeq).stream().toList())
        : kept;
  }

  private JournalAnswer.Outcome sell(JournalTask.RecordSale task, JournalRequest request) {
    var result = writer.append(entry(task, request.runTime(), request.now().wallMillis()), request.now());
    if (task.sale().getOffline()) {
      lastOfflineSeq = writer.state().head().seq();
    }
    return remembered(outcome(result));
  }

  private JournalAnswer.Outcome remembered(JournalAnswer.Outcome outcome) {
    if (outcome instanceof JournalAnswer.Done(var records)) {
      references.committed(records);
      visits.committed(records);
      collections.committed(records);
    }
    return outcome;
  }

  private static JournalAnswer.Outcome outcome(WriteResult result) {
    return switch (result) {
      case WriteResult.Committed committed -> new JournalAnswer.Done(committed.records());
      case WriteResult.Refused(var reason, var detail, var inDoubt) ->
        new JournalAnswer.Failed(reason.name(), detail, inDoubt);
      case WriteResult.Rejected(var reason, var detail) -> new JournalAnswer.Failed(reason.name(), detail);
    };
  }

  private CardFacts facts(JournalTask.LookUp look) {
    var found = store.find(look.token(), look.settledSeq());
    return new CardFacts(look.token(), found.entry(), found.denied(), found.use(), found.spentMinor(),
        found.unsettledMinor(), look.withVisit() ? visits.of(look.token()) : Optional.empty(),
        collections.of(orders(found)));
  }

  private static List<Long> orders(CardFound found) {
    return found.entry().map(entry -> entry.getOrdersList().stream().map(MealOrder::getOrderId).toList())
        .orElse(List.of());
  }

  private Entry entry(JournalTask.RecordUse task, RunTime runTime) {
    Use use = task.use();
    return new Entry(RecordDraft.of(RecordKind.USE, use), _ -> use.getOf() == UseOf.USE_OF_COUNT
        ? List.of(
            new StateChange.CardUsed(store.cardUse(task.token()).plus(task.epochDay(), stretch(), false, 0,
                use.getMealPeriod())),
            new StateChange.RunTimeTicked(runTime))
        : List.of(new StateChange.RunTimeTicked(runTime)));
  }

  private Entry entry(JournalTask.RecordSale task, RunTime runTime, long now) {
    Sale sale = task.sale();
    boolean offline = sale.getOffline() && task.token().isPresent();
    return new Entry(RecordDraft.of(RecordKind.SALE, sale, sale.getAmountMinor()), seq -> {
      var changes = new ArrayList<StateChange>();
      changes.add(new StateChange.SaleKept(Optional.of(kept(seq, task, now))));
      if (sale.getAccountId() != 0) {
        changes
            .add(new StateChange.SpendRecorded(new Spend(seq, sale.getAccountId(), sale.getAmountMinor())));
      }
      task.token().ifPresent(token -> changes
          .add(new StateChange.CardUsed(store.cardUse(token).plus(task.epochDay(), stretch(), offline,
              sale.getAmountMinor(), sale.getMealPeriod()))));
      if (offline) {
        changes.add(new StateChange.OfflineUsed(writer.state().offlineUse().plus(sale.getAmountMinor())));
      }
      changes.add(new StateChange.RunTimeTicked(runTime));
      return changes;
    });
  }

  private static LastSale kept(long seq, JournalTask.RecordSale task, long wallMillis) {
    Sale sale = task.sale();
    return new LastSale(seq, task.transaction(), sale.getTender(), sale.getCardToken(), sale.getAccountId(),
        sale.getAmountMinor(), sale.getCurrency(), sale.getOffline(), wallMillis, false);
  }

  private long stretch() {
    return writer.state().offlineUse().contact();
  }

  private Entry entry(JournalTask.RecordVoid task, RunTime runTime) {
    LastSale original = task.original();
    var body = Void.newBuilder().setTransactionId(ByteString.copyFrom(task.transaction().bytes()))
        .setOriginalTransactionId(ByteString.copyFrom(original.transactionId().bytes()))
        .setOriginalSeq(original.seq())
        .setOperatorToken(
            task.operator().map(token -> ByteString.copyFrom(token.bytes())).orElse(ByteString.EMPTY))
        .setAmountMinor(original.amountMinor()).setCurrency(original.currency()).setTender(original.tender())
        .setCardToken(original.cardToken()).setAccountId(original.accountId()).build();
    return new Entry(RecordDraft.of(RecordKind.VOID, body, -original.amountMinor()), seq -> {
      var changes = new ArrayList<StateChange>();
      changes.add(new StateChange.SaleKept(Optional.empty()));
      if (original.accountId() != 0) {
        changes.add(
            new StateChange.SpendRecorded(new Spend(seq, original.accountId(), -original.amountMinor())));
      }
      // The terminal's own count and sum stay as they are: a void is one more thing that the server has not seen.
      if (original.tender() == Tender.TENDER_CARD && original.cardToken().size() == CardToken.LENGTH) {
        changes.add(
            new StateChange.CardUsed(store.cardUse(CardToken.of(original.cardToken().toByteArray()))
                .minus(task.epochDay(), stretch(), original.offline(), original.amountMinor())));
      }
      changes.add(new StateChange.RunTimeTicked(runTime));
      return changes;
    });
  }

  private static Entry tested(TestRecord test) {
    return new Entry(RecordDraft.of(RecordKind.TEST, test, 0), _ -> test.hasMode()
        ? List.of(new StateChange.TestModeSet(test.getMode().getOn()))
        : List.of());
  }

  /// A sale that was paid back, if only in part, is not taken back as a whole any more.
  private Entry entry(Refund refund, RunTime runTime) {
    return new Entry(RecordDraft.of(RecordKind.REFUND, refund, -refund.getAmountMinor()), seq -> {
      var changes = new ArrayList<StateChange>();
      writer.state().lastSale()
          .filter(sale -> ByteString.copyFrom(sale.transactionId().bytes())
              .equals(refund.getOriginalTransactionId()))
          .ifPresent(_ -> changes.add(new StateChange.SaleKept(Optional.empty())));
      if (refund.getAccountId() != 0) {
        changes.add(
            new StateChange.SpendRecorded(new Spend(seq, refund.getAccountId(), -refund.getAmountMinor())));
      }
      changes.add(new StateChange.RunTimeTicked(runTime));
      return changes;
    });
  }

  /// The allowance starts anew only once the server holds every record approved without it: renewed at a mere
  /// greeting, a link that breaks at once would let the unseen sum grow beyond the cap (I-30).
  private List<StateChange> afterAck(StoredAck ack) {
    var state = writer.state();
    boolean seen = ack.receivedSeq() >= lastOfflineSeq;
    return seen && state.offlineUse().count() > 0
        ? List.of(new StateChange.AckStored(ack), new StateChange.OfflineUsed(state.offlineUse().renewed()))
        : List.of(new StateChange.AckStored(ack));
  }

  private JournalAnswer.Outcome restore(List<byte[]> records) {
    var parsed = new ArrayList<JournalRecord>(records.size());
    references.forget();
    visits.forget();
    collections.forget();
    try {
      records.forEach(bytes -> parsed.add(JournalRecord.parse(bytes)));
    } catch (RecordFormatException e) {
      return new JournalAnswer.Failed(ReasonCode.BAD_MESSAGE.name(), String.valueOf(e.getMessage()));
    }
    return outcome(recovery.reinsert(parsed));
  }

  private JournalAnswer.Outcome rest(RecordCircumstances now) {
    writer.tick(now);
    writer.rest(now);
    writer.prune();
    return new JournalAnswer.Done(List.of());
  }
}
