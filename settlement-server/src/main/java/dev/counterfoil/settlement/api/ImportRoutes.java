package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.imports.Faults;
import dev.counterfoil.settlement.imports.FileReader;
import dev.counterfoil.settlement.imports.ImportDesk;
import dev.counterfoil.settlement.imports.ImportFile;
import dev.counterfoil.settlement.imports.ImportKind;
import dev.counterfoil.settlement.imports.ImportLimits;
import dev.counterfoil.settlement.imports.ImportSource;
import dev.counterfoil.settlement.imports.Planned;
import dev.counterfoil.settlement.imports.RowFault;
import dev.counterfoil.settlement.imports.Surroundings;
import dev.counterfoil.settlement.imports.Tally;
import dev.counterfoil.settlement.imports.Terms;
import dev.counterfoil.settlement.imports.TooLargeException;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Files of accounts, of another system's sales and of ordered meals, in the body of a request.
final class ImportRoutes {

  private static final Access IMPORT = new Access.Needs(Permission.IMPORT);

  private final CoreAccess core;
  private final Readers readers;
  private final Function<byte[], CardToken> tokens;
  private final ContactSeal seal;
  private final ImportLimits limits;

  ImportRoutes(CoreAccess core, Readers readers, Function<byte[], CardToken> tokens, ContactSeal seal,
      ImportLimits limits) {
    this.core = core;
    this.readers = readers;
    this.tokens = tokens;
    this.seal = seal;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.upload("/imports/accounts", IMPORT, "IMPORT_ACCOUNTS",
            (call, file) -> plan(ImportKind.ACCOUNTS, call, file)),
        Route.upload("/imports/records", IMPORT, "IMPORT_RECORDS",
            (call, file) -> plan(ImportKind.RECORDS, call, file)),
        Route.upload("/imports/orders", IMPORT, "IMPORT_ORDERS",
            (call, file) -> plan(ImportKind.ORDERS, call, file)));
  }

  private Route.Received plan(ImportKind kind, Call call, byte[] bytes) {
    boolean dryRun = dryRun(call);
    Terms terms = terms(call);
    ImportFile file = read(kind, call, bytes);
    call.query().refuseUnknown();
    Planned planned = readers.read(reads -> ImportDesk.check(file, reads,
        reads.site(call.site()).orElseThrow(), terms, call.nowMs(), (_, _, _) -> {
        }));
    requireSound(file.faults());
    ObjectNode answer = answer(file, planned, dryRun);
    return new Route.Received(answer, dryRun ? Optional.empty()
        : Optional.of(server -> book(server, call, planned, terms, new Done(200, answer.toString(),
            told(kind, file, planned, terms), "", Long.toString(planned.count())))));
  }

  private static boolean dryRun(Call call) {
    String text = call.query().text("dryRun").orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw new ApiException("FIELD_INVALID", "query=dryRun allowed=true, false");
    }
    return text.equals("true");
  }

  private Terms terms(Call call) {
    String source = call.query().text("source").orElse(ImportSource.USUAL);
    if (!ImportSource.isName(source)) {
      throw new ApiException("FIELD_INVALID", "query=source allowed=" + ImportSource.ALLOWED);
    }
    return new Terms(source, call.operator(), core.call(server -> server.imports().settings()), seal);
  }

  private ImportFile read(ImportKind kind, Call call, byte[] bytes) {
    String charset = call.query().text("charset").orElse("UTF-8");
    var around = new Surroundings(call.site(), zone(call), call.nowMs(), tokens);
    try {
      return new FileReader(limits, around, (_, _, _) -> {
      }).read(new ByteArrayInputStream(bytes), kind, ImportSource.charset(charset)
          .orElseThrow(() -> new ApiException("FIELD_INVALID", "query=charset allowed=UTF-8, GB18030")));
    } catch (TooLargeException e) {
      throw new ApiException("IMPORT_TOO_LARGE", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes of memory cannot fail", e);
    }
  }

  private static Optional<ZoneId> zone(Call call) {
    try {
      return call.query().text("zone").map(ZoneId::of);
    } catch (DateTimeException _) {
      throw new ApiException("FIELD_INVALID", "query=zone allowed=such as Asia/Shanghai");
    }
  }

  private Done book(SettlementCore server, Call call, Planned planned, Terms terms, Done done) {
    if (planned.count() > 0) {
      var faults = new Faults(limits.faultsShown());
      server.imports().book(planned, call.site(), terms, faults, call.nowMs());
      requireSound(faults);
    }
    return done;
  }

  private static void requireSound(Faults faults) {
    if (!faults.isEmpty()) {
      throw new ApiException("IMPORT_REFUSED", "faults=" + faults.count() + "; "
          + faults.kept().stream().map(RowFault::text).collect(Collectors.joining("; ")));
    }
  }

  private static String told(ImportKind kind, ImportFile file, Planned planned, Terms terms) {
    return kind.name().toLowerCase(Locale.ROOT) + " sha256=" + file.hash() + " source=" + terms.source()
        + " rows=" + file.rows() + " " + planned.told();
  }

  private static ObjectNode answer(ImportFile file, Planned planned, boolean dryRun) {
    ObjectNode node = Body.object().put("sha256", file.hash().toString()).put("dryRun", dryRun)
        .put("rows", file.rows()).put("present", planned.present()).put("fresh", planned.count());
    ArrayNode items = node.putArray("items");
    for (Tally each : planned.tallies()) {
      items.addObject().put("what", each.what()).put("count", each.count()).put("amount",
          Money.decimal(each.amount()));
    }
    return node;
  }
}
