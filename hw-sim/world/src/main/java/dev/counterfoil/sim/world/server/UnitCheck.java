package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.operator.Approval;
import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.settlement.store.ApprovalRow;
import dev.counterfoil.settlement.store.AnswerRow;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.settlement.store.CommitOutcome;
import dev.counterfoil.settlement.store.ArrivalRow;
import dev.counterfoil.settlement.store.ArrivalState;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.GatewayOrderRow;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.FreezeRow;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.HeadUpdate;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.RecordBatchRow;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.TillReferenceRow;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferLineRow;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditRoot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/// The unique keys and comparisons that decide whether a unit may become durable, checked before anything is applied.
final class UnitCheck {
  private final ModelSettlementStore store;
  private final ModelOffice office;
  private final ModelPredebits predebits;
  private final ModelMeals meals;

  UnitCheck(ModelSettlementStore store, ModelOffice office, ModelPredebits predebits, ModelMeals meals) {
    this.store = store;
    this.office = office;
    this.predebits = predebits;
    this.meals = meals;
  }

  private record Key(String table, Object first, Object second) {}

  Optional<CommitOutcome> refusal(CommitUnit unit) {
    for (HeadUpdate update : unit.heads()) {
      if (moved(update)) {
        return Optional.of(new CommitOutcome.HeadMoved(update.next().site(), update.next().terminal()));
      }
    }
    return conflict(unit, new HashSet<>()).map(CommitOutcome.KeyConflict::new);
  }

  private boolean moved(HeadUpdate update) {
    HeadRow next = update.next();
    HeadRow stored = store.table(next.site()).heads.get(next.terminal());
    if (stored == null || update.isNew()) {
      return stored != null || !update.isNew();
    }
    return stored.received().seq() != update.expected().seq()
        || !stored.received().hash().equals(update.expected().hash());
  }

  private Optional<String> conflict(CommitUnit unit, Set<Key> fresh) {
    for (RecordBatchRow row : unit.batches()) {
      if (!fresh.add(new Key("record_batch", row.terminal(), row.firstSeq()))
          || has(store.table(row.site()).batches.get(row.terminal()), row.firstSeq())) {
        return Optional.of("record_batch " + row.terminal() + "/" + row.firstSeq());
      }
    }
    for (RecordKeyRow row : unit.recordKeys()) {
      if (!fresh.add(new Key("record_key", row.terminal(), row.seq()))
          || has(store.table(row.site()).recordKeys.get(row.terminal()), row.seq())) {
        return Optional.of("record_key " + row.terminal() + "/" + row.seq());
      }
    }
    return moneyConflict(unit, fresh).or(() -> cardConflict(unit)).or(() -> importConflict(unit, fresh))
        .or(() -> codeConflict(unit))
        .or(() -> auditConflict(unit, fresh)).or(() -> operatorConflict(unit))
        .or(() -> operatorsMoneyConflict(unit, fresh))
        .or(() -> office.conflicts(unit) ? Optional.of("machine, nonce, application or notice")
            : Optional.empty());
  }

  private Optional<String> operatorsMoneyConflict(CommitUnit unit, Set<Key> fresh) {
    for (TransactionNoteRow row : unit.notes()) {
      if (!fresh.add(new Key("transaction_note", row.transaction(), 0))
          || store.table(row.site()).notes.containsKey(row.transaction())) {
        return Optional.of("transaction_note " + row.transaction());
      }
    }
    for (TransferLineRow row : unit.transferLines()) {
      if (!fresh.add(new Key("transfer_line", row.order(), row.line()))
          || store.table(row.site()).transferLines.containsKey(row.order())) {
        return Optional.of("transfer_line " + row.order() + "/" + row.line());
      }
    }
    return unit.freezes().stream().filter(this::isAnotherOrEnded).map(row -> "fund_freeze " + row.number())
        .findFirst()
        .or(() -> unit.moneyRequests().stream().filter(this::isAnotherOrClosed)
            .map(row -> "money_request " + row.number()).findFirst())
        .or(() -> unit.predebits().stream().filter(predebits::isAnotherOrEnded)
            .map(row -> "predebit " + row.number()).findFirst())
        .or(() -> meals.reusedReference(unit).map(row -> "meal_order " + row.number()))
        .or(() -> unit.gatewayOrders().stream().filter(this::isNotTheNext)
            .map(row -> "gateway_order " + row.transaction()).findFirst())
        .or(() -> unit.arrivals().stream().filter(this::isAnotherOrArrived)
            .map(row -> "arriving_recharge " + row.number()).findFirst());
  }

  private boolean isNotTheNext(GatewayOrderRow row) {
    return row.version() != store.recharges().order(row.site(), row.transaction())
        .map(old -> old.version() + 1).orElse(1L);
  }

  private boolean isAnotherOrArrived(ArrivalRow row) {
    Optional<ArrivalRow> old = store.recharges().arrival(row.site(), row.number());
    return old.isPresent()
        ? old.get().state() != ArrivalState.PENDING || row.state() == ArrivalState.PENDING
            || !old.get().transaction().equals(row.transaction())
        : store.recharges().arrival(row.site(), row.method(), row.reference()).isPresent()
            || store.recharges().arrival(row.site(), row.transaction()).isPresent();
  }

  private boolean isAnotherOrEnded(FreezeRow row) {
    return store.money().freeze(row.site(), row.number())
        .filter(old -> !old.isOpen() || row.isOpen() || !old.transaction().equals(row.transaction()))
        .isPresent();
  }

  private boolean isAnotherOrClosed(MoneyRequestRow row) {
    return store.money().request(row.site(), row.number()).filter(
        old -> old.state().isClosed() || old.state() == row.state()
            || !old.transaction().equals(row.transaction()))
        .isPresent();
  }

  private Optional<String> moneyConflict(CommitUnit unit, Set<Key> fresh) {
    for (LedgerAccountRow row : unit.ledgerAccounts()) {
      LedgerAccountRow old = store.table(row.site()).ledgers.get(row.ledger());
      if (fresh.add(new Key("ledger_account", row.ledger(), 0))
          && row.version() != (old == null ? 1 : old.version() + 1)) {
        return Optional.of("ledger_account " + row.ledger() + " version " + row.version());
      }
    }
    for (TransferRow row : unit.transfers()) {
      SiteTables site = store.table(row.site());
      boolean endsTwice = row.pending() != 0
          && (!fresh.add(new Key("pending", row.pending(), 0)) || site.endedHolds.containsKey(row.pending()));
      if (endsTwice || !fresh.add(new Key("transfer", row.transfer(), 0))
          || site.transfers.containsKey(row.transfer())) {
        return Optional.of("transfer " + row.transfer() + " pending " + row.pending());
      }
    }
    for (TransactionRow row : unit.transactions()) {
      SiteTables site = store.table(row.site());
      boolean voidsTwice = row.reverses() != null && row.kind().takesBack()
          && (!fresh.add(new Key("reverses", row.reverses(), 0))
              || site.reversals.containsKey(row.reverses()));
      if (voidsTwice || !fresh.add(new Key("transaction", row.transaction(), 0))
          || site.transactions.containsKey(row.transaction())) {
        return Optional.of("transaction " + row.transaction());
      }
    }
    for (TillReferenceRow row : unit.tillReferences()) {
      if (!fresh.add(new Key("till_reference", row.terminal(), row.reference()))
          || store.tillReference(row.site(), row.terminal(), row.reference()).isPresent()) {
        return Optional.of("till_reference " + row.terminal() + "/" + row.reference());
      }
    }
    return unit.authorizations().stream()
        .filter(row -> !fresh.add(new Key("authorization", row.transaction(), 0))
            || store.table(row.site()).authorizations.containsKey(row.transaction()))
        .map(row -> "authorization " + row.transaction()).findFirst();
  }

  private Optional<String> auditConflict(CommitUnit unit, Set<Key> fresh) {
    var last = new HashMap<Integer, Long>();
    for (AuditChain.Link row : unit.auditLinks()) {
      int site = row.event().site();
      long due = last.computeIfAbsent(site, _ -> store.auditChain(site).number()) + 1;
      if (row.event().number() != due) {
        return Optional.of("audit_event " + row.event().number() + " expected " + due);
      }
      last.put(site, due);
    }
    for (AuditRoot.Signed row : unit.auditRoots()) {
      long day = row.root().day().toEpochDay();
      int site = row.root().last().site();
      if (!fresh.add(new Key("audit_root", site, day)) || store.table(site).auditRoots.containsKey(day)) {
        return Optional.of("audit_root " + day);
      }
    }
    return Optional.empty();
  }

  private Optional<String> operatorConflict(CommitUnit unit) {
    for (AnswerRow row : unit.answers()) {
      if (store.answer(row.site(), row.caller(), row.key()).isPresent()) {
        return Optional.of("api_answer " + row.key());
      }
    }
    for (OperatorRow row : unit.operators()) {
      long number = row.operator().number();
      if (store.operator(row.operator().site(), row.operator().name())
          .filter(old -> old.operator().number() != number).isPresent()) {
        return Optional.of("operator " + row.operator().name());
      }
    }
    for (Session.State.Active row : unit.sessions()) {
      if (store.session(row.site(), row.token()).filter(old -> old instanceof Session.State.Ended)
          .isPresent()) {
        return Optional.of("operator_session has ended");
      }
    }
    for (Session.State.Ended row : unit.sessionEnds()) {
      if (store.session(row.site(), row.token()).filter(old -> old instanceof Session.State.Active)
          .isEmpty()) {
        return Optional.of("operator_session is not live");
      }
    }
    return unit.approvals().stream().filter(this::isAnotherOrClosed).map(row -> "approval " + row.number())
        .findFirst();
  }

  private boolean isAnotherOrClosed(ApprovalRow row) {
    Approval next = row.approval();
    return store.approval(next.site(), row.number()).map(ApprovalRow::approval)
        .filter(old -> !ModelSettlementStore.isOpen(old) || old.action() != next.action()
            || old.requester() != next.requester() || !old.content().equals(next.content())
            || !old.expires().equals(next.expires()))
        .isPresent();
  }

  /// A token is of one card only; the same card may be written again.
  private Optional<String> cardConflict(CommitUnit unit) {
    return unit.cards().stream()
        .filter(
            row -> store.card(row.site(), row.token()).filter(old -> old.card() != row.card()).isPresent())
        .map(row -> "card " + row.card()).findFirst();
  }

  private Optional<String> importConflict(CommitUnit unit, Set<Key> fresh) {
    return unit.importedAccounts().stream()
        .filter(row -> !fresh.add(new Key("imported_account", row.source(), row.reference()))
            || store.profiles().importedAccount(row.site(), row.source(), row.reference()).isPresent())
        .map(row -> "imported_account " + row.reference()).findFirst();
  }

  private Optional<String> codeConflict(CommitUnit unit) {
    for (EnrolmentCodeRow row : unit.enrolmentCodes()) {
      if (store.code(row.codeHash()).isPresent()) {
        return Optional.of("enrolment_code");
      }
    }
    for (EnrolmentCodeRow row : unit.enrolmentCodeUses()) {
      if (store.code(row.codeHash()).filter(code -> code.usedAtMs() == 0).isEmpty()) {
        return Optional.of("enrolment_code used");
      }
    }
    for (ExceptionRow row : unit.resolutions()) {
      ExceptionRow open = store.table(row.site()).exceptions.get(row.exception());
      if (open == null || !open.isOpen()) {
        return Optional.of("exception " + row.exception() + " is not open");
      }
    }
    return Optional.empty();
  }

  private static boolean has(@org.jspecify.annotations.Nullable NavigableMap<Long, ?> rows, long key) {
    return rows != null && ((Map<Long, ?>) rows).containsKey(key);
  }
}
