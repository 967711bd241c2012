package dev.counterfoil.settlement.request;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.store.AnswerRow;
import dev.counterfoil.settlement.store.AnswersBefore;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.StoreMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Does requests once. Invariant: what was done, the answer to it and its entry in the audit trail become durable in one
/// commit, so a crash at any point leaves either all of them or none, and a repeat finds the answer or does the work.
/// Belongs to the core's thread.
public final class RequestDesk {

  /// How long a repeat is recognised.
  public static final Duration KEPT_FOR = Duration.ofDays(30);
  private static final Duration EVERY = Duration.ofHours(1);

  private final StoreMemory memory;
  private final Map<Integer, Long> forgotten = new HashMap<>();

  public RequestDesk(StoreMemory memory) {
    this.memory = memory;
  }

  /// @param work commits once or changes nothing; not run at all for a repeat
  /// @throws RefusedException IDEMPOTENCY_KEY_REUSED, SYSTEM_BUSY (try again), and whatever the work throws; nothing was
  /// changed then, and the key is still free
  public Reply once(KeyedRequest request, Supplier<Done> work) {
    Optional<AnswerRow> before = memory.reads().answer(request.site(), request.caller(), request.key());
    if (before.isPresent()) {
      return repeated(before.get(), request);
    }
    Done done = memory.inOneUnit(work, (unit, result) -> {
      unit.insertAnswer(new AnswerRow(request.site(), request.caller(), request.key(), request.content(),
          result.status(), result.body(), request.nowMs()));
      unit.sign(request.name(), request.reason());
      enter(unit, request, result);
    }).orElseThrow(RefusedException::busy);
    return new Reply(done.status(), done.first(), false);
  }

  /// Enters that a request was refused, which changed nothing else; its key is still free.
  ///
  /// @param action stable code, such as `TRANSFER_CANCELLED`
  /// @param target what was asked for
  /// @return whether it is durable
  public boolean refused(KeyedRequest request, String action, String target, RefusedException why) {
    var entry = new AuditEntry(Instant.ofEpochMilli(request.nowMs()), request.name(), action, target, "",
        why.code() + " " + why.facts(), request.reason());
    return memory
        .commit(new CommitUnit().appendAudit(memory.reads().auditChain(request.site()).append(entry)))
        .isCommitted();
  }

  /// Drops answers that are too old to be asked for again. To be called often; does something once an hour.
  public void forget(int site, long nowMs) {
    if (nowMs >= forgotten.getOrDefault(site, Long.MIN_VALUE) + EVERY.toMillis()) {
      memory.commit(new CommitUnit().forgetAnswers(new AnswersBefore(site, nowMs - KEPT_FOR.toMillis())));
      forgotten.put(site, nowMs);
    }
  }

  private static Reply repeated(AnswerRow before, KeyedRequest request) {
    if (!before.content().equals(request.content())) {
      throw new RefusedException("IDEMPOTENCY_KEY_REUSED",
          "key " + request.key() + " was used for something else");
    }
    return new Reply(before.status(), before.body(), true);
  }

  private void enter(CommitUnit unit, KeyedRequest request, Done done) {
    var entry = new AuditEntry(Instant.ofEpochMilli(request.nowMs()), request.name(), request.action(),
        done.object(), done.before(), done.after(), request.reason());
    // A desk may have entered something of its own, which comes first.
    AuditChain chain = unit.auditLinks().isEmpty() ? memory.reads().auditChain(request.site())
        : unit.auditLinks().getLast().end();
    unit.appendAudit(chain.append(entry));
  }
}
