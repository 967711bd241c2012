package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.request.AuditExport;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The audit trail: who did what, as one chain a site.
@Command(name = "audit", description = "Look at the audit trail, export it.", mixinStandardHelpOptions = true)
final class AuditCommands {

  private static final int PAGE = 1000;

  private final AdminCommands admin;

  AuditCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "list", description = "Events in their order.", mixinStandardHelpOptions = true)
  int list(@Option(names = "--after", defaultValue = "0", description = "Begin after this event.") long after,
      @Option(names = "--limit", defaultValue = "100") int limit) {
    var table = new AdminTable("number", "at", "actor", "action", "object", "before", "after", "reason");
    for (AuditChain.Link link : admin.desk().reads().auditLinks(admin.site(), after,
        Math.clamp(limit, 1, PAGE))) {
      AuditEntry entry = link.event().entry();
      table.row(link.event().number(), entry.at(), entry.actor(), entry.action(), entry.object(),
          entry.before(), entry.after(), entry.reason());
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "export", description = "The whole trail with its signed roots, for `counterfoil verify audit`.", mixinStandardHelpOptions = true)
  int export() {
    AuditExport.write(admin.desk().reads(), admin.site(), line -> admin.print(line + "\n"));
    return 0;
  }
}
