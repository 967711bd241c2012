package dev.counterfoil.settlement.request;

import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditLine;
import dev.counterfoil.settlement.audit.AuditRoot;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// Writes a site's trail as docs/AUDIT.md tells: events in their order, each root right behind its last event.
public final class AuditExport {

  private static final int PAGE = 1000;

  private AuditExport() {}

  /// @param lines takes each line, without its end
  public static void write(SettlementReads reads, int site, Consumer<String> lines) {
    lines.accept(AuditLine.HEADER);
    Deque<AuditRoot.Signed> roots = roots(reads, site);
    roots(roots, 0, lines);
    List<AuditChain.Link> page = reads.auditLinks(site, 0, PAGE);
    while (!page.isEmpty()) {
      for (AuditChain.Link link : page) {
        lines.accept(new AuditLine.Event(link).text());
        roots(roots, link.event().number(), lines);
      }
      page = reads.auditLinks(site, page.getLast().event().number(), PAGE);
    }
  }

  private static Deque<AuditRoot.Signed> roots(SettlementReads reads, int site) {
    var all = new ArrayDeque<AuditRoot.Signed>();
    List<AuditRoot.Signed> page = reads.auditRoots(site, Long.MIN_VALUE, PAGE);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = reads.auditRoots(site, page.getLast().root().day().toEpochDay(), PAGE);
    }
    return all;
  }

  private static void roots(Deque<AuditRoot.Signed> roots, long number, Consumer<String> lines) {
    while (!roots.isEmpty() && roots.getFirst().root().last().number() == number) {
      lines.accept(new AuditLine.Root(roots.removeFirst()).text());
    }
  }
}
