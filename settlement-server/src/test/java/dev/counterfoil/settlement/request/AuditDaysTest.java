package dev.counterfoil.settlement.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.audit.AuditRoot;
import dev.counterfoil.settlement.audit.AuditVerification;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators do is in the trail, the end of each day is signed, and the export is one that a stranger verifies.
class AuditDaysTest {

  private static final long DAY = 86_400_000;

  @TempDir
  Path folder;
  private TestServer server;

  @BeforeEach
  void open() {
    server = TestServer.at(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void open(String holder) {
    var deed = new AdminRow(TestServer.SITE, 0, server.now, "li", "account open", "holder=" + holder);
    Function<SettlementCore, Object> work = core -> server.holder(holder.length(), 0);
    assertThat(server.core.byOperator(deed, work)).isNotNull();
  }

  private List<AuditRoot.Signed> roots() {
    return server.store.auditRoots(TestServer.SITE, Long.MIN_VALUE, 100);
  }

  private List<String> export() {
    List<String> lines = new ArrayList<>();
    AuditExport.write(server.store, TestServer.SITE, lines::add);
    return lines;
  }

  @Test
  @Requirement({"AUD-06"})
  void eachDaysEndIsSignedOnceAndTheExportVerifies() {
    server.core.tick(server.now);
    assertThat(roots()).as("nothing happened yet").isEmpty();
    open("a");
    open("bb");
    server.core.tick(server.now);
    assertThat(roots()).as("the day has not ended").isEmpty();

    server.now += DAY;
    server.core.tick(server.now);
    server.restart();
    server.core.tick(server.now);
    open("ccc");
    server.now += 3 * DAY;
    server.core.tick(server.now);

    LocalDate first = LocalDate.ofEpochDay(TestServer.NOW / DAY);
    assertThat(roots()).extracting(root -> root.root().day()).containsExactly(first, first.plusDays(3));
    assertThat(roots()).extracting(root -> root.root().last().number()).containsExactly(2L, 3L);
    assertThat(fault(export())).isEmpty();
  }

  @Test
  @Requirement({"AUD-06"})
  void aChangedLineOfTheExportIsFound() {
    open("a");
    server.now += DAY;
    server.core.tick(server.now);
    List<String> lines = export();
    assertThat(lines).hasSize(3);
    lines.set(1, lines.get(1).replace("holder=a", "holder=z"));
    assertThat(fault(lines)).isPresent();
  }

  private Optional<AuditVerification.Fault> fault(List<String> lines) {
    var verification = new AuditVerification(server.ackKey.key(), server.signatures);
    return lines.stream().map(verification::next).flatMap(Optional::stream).findFirst().or(verification::end);
  }
}
