package dev.counterfoil.settlement.request;

import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditRoot;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.StoreMemory;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/// Signs, when a site's day has ended, how far its audit trail has come. A day on which no server ran has no root of its
/// own: the next one covers it. Belongs to the core's thread.
public final class AuditDays {

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final Signer signer;
  private final Map<Integer, Long> signed = new HashMap<>();

  public AuditDays(StoreMemory memory, CoreSettings settings, Signer signer) {
    this.memory = memory;
    this.settings = settings;
    this.signer = signer;
  }

  /// To be called often; does something once a day.
  public void tick(int site, long nowMs) {
    long ended = settings.dayAt(nowMs) - 1;
    if (signed.getOrDefault(site, Long.MIN_VALUE) >= ended) {
      return;
    }
    AuditChain chain = memory.reads().auditChain(site);
    boolean due = chain.number() > 0 && memory.reads().auditRoots(site, ended - 1, 1).isEmpty();
    if (!due || commit(new AuditRoot(LocalDate.ofEpochDay(ended), chain))) {
      signed.put(site, ended);
    }
  }

  private boolean commit(AuditRoot root) {
    return memory.commit(new CommitUnit().insertAuditRoot(root.signedBy(signer))).isCommitted();
  }
}
