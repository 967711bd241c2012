package dev.counterfoil.settlement.machine;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.MachineRow;
import dev.counterfoil.settlement.store.NonceRow;
import dev.counterfoil.settlement.store.StoreMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps machines and what they used up of their nonces. A nonce is a row, so that neither a restart nor a second server
/// on the same database forgets it; rows older than any request that would still be taken are dropped. Every method
/// commits before it returns, or throws {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class MachineDesk {

  /// How far a request's time may be from the server's, either way.
  public static final Duration WINDOW = Duration.ofSeconds(300);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final StoreMemory memory;
  private final Map<Integer, Long> forgotten = new HashMap<>();

  public MachineDesk(StoreMemory memory) {
    this.memory = memory;
  }

  /// @param wanted its number is given here
  /// @throws RefusedException MACHINE_NAME_TAKEN, SYSTEM_BUSY
  public MachineRow add(MachineRow wanted, String by) {
    List<MachineRow> known = memory.reads().office().machines(wanted.site());
    if (known.stream().anyMatch(row -> row.name().equals(wanted.name()))) {
      throw new RefusedException("MACHINE_NAME_TAKEN", "there is a machine " + wanted.name());
    }
    long number = known.stream().mapToLong(MachineRow::number).max().orElse(0) + 1;
    MachineRow row = wanted.numbered(number);
    commit(row, new AuditEntry(Instant.ofEpochMilli(row.createdMs()), by, "MACHINE_ADD", object(row), "",
        "scopes=" + row.scopes() + " expires=" + Instant.ofEpochMilli(row.expiresMs()), ""));
    return row;
  }

  /// For ever; a repeat changes nothing.
  ///
  /// @throws RefusedException MACHINE_UNKNOWN, SYSTEM_BUSY
  public MachineRow revoke(int site, long number, String by, Instant at) {
    MachineRow row = memory.reads().office().machines(site).stream().filter(each -> each.number() == number)
        .findFirst().orElseThrow(() -> new RefusedException("MACHINE_UNKNOWN", "no machine " + number));
    if (row.revokedMs() != 0) {
      return row;
    }
    MachineRow next = row.revoked(at.toEpochMilli());
    commit(next, new AuditEntry(at, by, "MACHINE_REVOKE", object(row), "valid", "revoked", ""));
    return next;
  }

  /// Uses a nonce up.
  ///
  /// @throws RefusedException MACHINE_REPLAY if it was used before, SYSTEM_BUSY (try again with the same one)
  public void use(NonceRow nonce) {
    if (memory.reads().office().hasNonce(nonce.site(), nonce.machine(), nonce.nonce())) {
      throw new RefusedException("MACHINE_REPLAY", "machine=" + nonce.machine());
    }
    RefusedException.unlessCommitted(memory.commit(new CommitUnit().insertNonce(nonce)));
  }

  /// Drops nonces of requests that are too old by now. To be called often; does something once a minute.
  public void forget(int site, long nowMs) {
    if (nowMs >= forgotten.getOrDefault(site, Long.MIN_VALUE) + EVERY.toMillis()) {
      // A request may carry a time ahead of ours, and is good until that is over too.
      long before = nowMs - WINDOW.multipliedBy(2).toMillis();
      if (memory.reads().office().hasNonceBefore(site, before)) {
        memory.commit(new CommitUnit().forgetNonces(new NonceRow.Before(site, before)));
      }
      forgotten.put(site, nowMs);
    }
  }

  private void commit(MachineRow row, AuditEntry entry) {
    RefusedException.unlessCommitted(memory.commit(new CommitUnit().putMachine(row)
        .appendAudit(memory.reads().auditChain(row.site()).append(entry))));
  }

  private static String object(MachineRow row) {
    return "machine " + row.number() + " " + row.name();
  }
}
