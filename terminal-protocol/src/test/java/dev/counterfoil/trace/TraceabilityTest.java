package dev.counterfoil.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Traceability.Outcome;
import dev.counterfoil.trace.Traceability.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceabilityTest {

  @Test
  void theCatalogueHas384DifferentIds() {
    assertThat(Traceability.catalogue()).hasSize(384).doesNotHaveDuplicates();
  }

  @Test
  void anIdWithOnlySkippedTestsIsOpen() {
    String table = Traceability.table(List.of(new Outcome("PAY-17", "A.b", Result.SKIPPED)));

    assertThat(table).contains("| PAY-17 |  | open |").contains("0 of 384 requirements");
  }

  @Test
  void oneFailureOutweighsAnyNumberOfPasses() {
    String table = Traceability.table(List.of(new Outcome("PAY-17", "A.b", Result.PASSED),
        new Outcome("PAY-17", "A.c", Result.FAILED)));

    assertThat(table).contains("| PAY-17 | A.b<br>A.c | failed |");
  }

  @Test
  void aPassingTestProvesItsId() {
    String table = Traceability.table(List.of(new Outcome("OFF-08", "A.b", Result.PASSED)));

    assertThat(table).contains("| OFF-08 | A.b | passed |").contains("1 of 384 requirements");
  }
}
