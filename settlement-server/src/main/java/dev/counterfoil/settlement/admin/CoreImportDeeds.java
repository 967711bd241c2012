package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.imports.Faults;
import dev.counterfoil.settlement.imports.FileReader;
import dev.counterfoil.settlement.imports.ImportDesk;
import dev.counterfoil.settlement.imports.ImportFile;
import dev.counterfoil.settlement.imports.Planned;
import dev.counterfoil.settlement.imports.Progress;
import dev.counterfoil.settlement.imports.RowFault;
import dev.counterfoil.settlement.imports.Surroundings;
import dev.counterfoil.settlement.imports.Terms;
import dev.counterfoil.settlement.imports.TooLargeException;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.SiteRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Imports on the core: the file is read and checked on the command's thread, and only what is sound goes to the core's, as
/// one piece of work with one commit.
final class CoreImportDeeds implements ImportDeeds {

  private final Deeds deeds;
  private final SettlementReads reads;
  private final CoreAdminDesk.Tools tools;

  CoreImportDeeds(Deeds deeds, SettlementReads reads, CoreAdminDesk.Tools tools) {
    this.deeds = deeds;
    this.reads = reads;
    this.tools = tools;
  }

  @Override
  public Report run(int site, ImportOrder order, Progress listener, String operator) {
    Progress progress = Progress.every(tools.imports().progressRows(), listener);
    SiteRow row = reads.site(site).orElseThrow(() -> new AdminRefusal("NO_SUCH_SITE", "site=" + site));
    long now = tools.clock().millis();
    ImportFile file = read(site, order, now, progress);
    var terms = new Terms(order.source(), operator, deeds.ask(server -> server.imports().settings()),
        new ContactSeal(tools.recruitment().sealed()));
    Planned planned = ImportDesk.check(file, reads, row, terms, now, progress);
    requireSound(file.rows(), file.faults());
    if (!order.dryRun() && planned.count() > 0) {
      listener.at("booking", planned.count(), file.rows());
      book(site, order, file, planned, terms);
    }
    return new Report(file.hash(), file.rows(), planned);
  }

  private ImportFile read(int site, ImportOrder order, long now, Progress progress) {
    if (!Files.isRegularFile(order.file())) {
      throw new AdminRefusal("IMPORT_FILE",
          "file=" + order.file() + " reason=\"no file that the server sees\"");
    }
    var around = new Surroundings(site, order.zone(), now,
        uid -> CardToken.derive(tools.keys().cardKeyId(), tools.keys().cardKey(), uid));
    try (InputStream in = Files.newInputStream(order.file())) {
      return new FileReader(tools.imports(), around, progress).read(in, order.kind(), order.charset());
    } catch (TooLargeException e) {
      throw new AdminRefusal("IMPORT_TOO_LARGE", "file=" + order.file() + " " + e.getMessage());
    } catch (IOException e) {
      throw new AdminRefusal("IMPORT_FILE", "file=" + order.file() + " reason=\"" + e.getMessage() + "\"");
    }
  }

  private void book(int site, ImportOrder order, ImportFile file, Planned planned, Terms terms) {
    String command = "import " + order.kind().name().toLowerCase(Locale.ROOT);
    Faults now = deeds.change(site, terms.operator(), command, detail(order, file, planned), server -> {
      var faults = new Faults(tools.imports().faultsShown());
      server.imports().book(planned, site, terms, faults, tools.clock().millis());
      return faults;
    });
    requireSound(file.rows(), now);
  }

  private static String detail(ImportOrder order, ImportFile file, Planned planned) {
    return "file=" + order.file().getFileName() + " sha256=" + file.hash() + " source=" + order.source()
        + " rows=" + file.rows() + " " + planned.told();
  }

  private static void requireSound(int rows, Faults faults) {
    if (faults.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>(faults.kept().stream().map(RowFault::text).toList());
    long more = faults.count() - lines.size();
    if (more > 0) {
      lines.add("and " + more + " more");
    }
    throw new AdminRefusal("IMPORT_REFUSED", "rows=" + rows + " faults=" + faults.count()
        + " meaning=\"nothing was written; mend the rows below and import the whole file again\"", lines);
  }
}
