package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditEvent;
import dev.counterfoil.settlement.audit.AuditRoot;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.AuditExport;
import dev.counterfoil.settlement.store.AuditSearch;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The audit trail (AUD-05): its entries, the roots that the server signed, and the whole of it as a file that
/// `verify audit` reads.
final class AuditRoutes {

  private static final Access VIEW = new Access.Needs(Permission.AUDIT_VIEW);

  private AuditRoutes() {}

  static List<Route> routes() {
    return List.of(Route.read("/audit", VIEW, AuditRoutes::list),
        Route.read("/audit/roots", VIEW, AuditRoutes::roots),
        Route.download("/audit/export", VIEW, "audit.txt",
            (call, reads, lines) -> AuditExport.write(reads, call.site(), lines)));
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    Query query = call.query();
    Page page = Page.of(query);
    var search = new AuditSearch(query.text("actor").orElse(""), query.text("action").orElse(""),
        query.text("object").orElse(""), query.time("from").map(Instant::toEpochMilli).orElse(Long.MIN_VALUE),
        query.time("until").map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
    return page.of(reads.auditLinks(call.site(), search, page.after(), page.limit()),
        link -> link.event().number(), AuditRoutes::event);
  }

  private static ObjectNode event(AuditChain.Link link) {
    AuditEvent event = link.event();
    return Body.object().put("number", event.number()).put("at", event.entry().at().toString())
        .put("actor", event.entry().actor()).put("action", event.entry().action())
        .put("object", event.entry().object()).put("before", event.entry().before())
        .put("after", event.entry().after()).put("reason", event.entry().reason())
        .put("hash", link.hash().toString());
  }

  /// The cursor is a day, because that is what a root is of.
  private static ObjectNode roots(Call call, SettlementReads reads) {
    Query query = call.query();
    long after = query.date("after").map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE);
    int limit = Page.limit(query);
    List<AuditRoot.Signed> found = reads.auditRoots(call.site(), after, limit);
    ObjectNode node = Body.object();
    ArrayNode items = node.putArray("items");
    found.forEach(root -> items.add(root(root)));
    if (found.size() == limit) {
      node.put("next", found.getLast().root().day().toString());
    }
    return node;
  }

  private static ObjectNode root(AuditRoot.Signed signed) {
    AuditChain last = signed.root().last();
    return Body.object().put("day", signed.root().day().toString()).put("number", last.number())
        .put("hash", last.head().toString()).put("signature", HexFormat.of().formatHex(signed.signature()));
  }
}
