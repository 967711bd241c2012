package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.settlement.copy.SegmentReader;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TerminalRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Feeds the records of the safe copy to the books, for a server that was restored to before records which terminals
/// have pruned. One thread, for one command; what is taken in goes through the core, batch by batch, as pushed records do.
///
/// Each batch is its own commit, so a replay that breaks off is simply run again: what is there counts as present.
final class SafeReplay {

  private final CoreAccess core;
  private final SettlementReads reads;
  private final CoreAdminDesk.Tools tools;

  SafeReplay(CoreAccess core, SettlementReads reads, CoreAdminDesk.Tools tools) {
    this.core = core;
    this.reads = reads;
    this.tools = tools;
  }

  /// What is asked for.
  ///
  /// @param dryRun verifies everything and writes nothing
  record Order(int site, Path copy, boolean dryRun, String operator) {}

  /// @return one entry for every terminal of the copy
  List<AdminDesk.Replayed> run(Order order) {
    var reader = new SegmentReader(order.copy());
    var reports = new ArrayList<AdminDesk.Replayed>();
    for (int number : reader.terminals(order.site())) {
      Optional<TerminalRow> row = reads.terminal(order.site(), number);
      List<Path> files = reader.segments(order.site(), number);
      reports.add(row.isPresent() ? replay(order, row.get(), files) : unknown(number, files));
    }
    return reports;
  }

  private AdminDesk.Replayed replay(Order order, TerminalRow row, List<Path> files) {
    var feed = new ReplayFeed(core, reads, tools, row, order.dryRun(),
        new AdminRow(order.site(), 0, tools.clock().millis(), order.operator(), "safe replay",
            "terminal=" + row.terminal() + " copy=" + order.copy()));
    for (Path file : files) {
      SegmentReader.Segment segment = SegmentReader.read(file, file.equals(files.getLast()));
      segment.records().forEach(feed::add);
      segment.damaged().forEach(at -> feed.damaged(file, at));
    }
    return feed.end();
  }

  /// Enrolled after the backup was made: nobody can tell whose key is good any more.
  private static AdminDesk.Replayed unknown(int number, List<Path> files) {
    long read = files.stream().mapToLong(file -> SegmentReader.read(file, true).records().size()).sum();
    return new AdminDesk.Replayed(number, "", read, 0, 0, read, List.of(ReasonCode.NOT_ENROLLED.name()));
  }
}
