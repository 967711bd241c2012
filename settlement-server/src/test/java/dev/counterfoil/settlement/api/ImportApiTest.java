package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of another system over the API.
class ImportApiTest {

  private static final String SALES = """
      reference,account,amount,time
      A-1,1,2.50,2025-10-01 12:30
      """;
  private static final String ZONE = "?zone=Asia/Shanghai";

  @TempDir
  Path folder;
  private ApiRig rig;
  private String finance;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
    finance = rig.operator("wang", Role.FINANCE);
    rig.server.holder(1, 10_000);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private long balance() {
    return rig.server.balance(LedgerKind.CASH, 1);
  }

  private ApiRig.Exchange sent(String path, String key, String file) throws Exception {
    return rig.send("POST", path, finance, file, "Idempotency-Key", key);
  }

  @Test
  @Requirement({"PAY-17", "AUD-02"})
  void aFileIsBookedOnceForItsKey() throws Exception {
    var first = sent("/imports/records" + ZONE, "k-1", SALES);
    var again = sent("/imports/records" + ZONE, "k-1", SALES);

    assertThat(first.status()).as("%s", first.answer()).isEqualTo(200);
    assertThat(again.answer()).isEqualTo(first.answer());
    assertThat(first.answer().path("data").path("items").path(0).toString())
        .isEqualTo("{\"what\":\"SALE_IMPORTED\",\"count\":1,\"amount\":\"2.50\"}");
    assertThat(balance()).isEqualTo(9_750);
    assertThat(sent("/imports/records" + ZONE + "&source=other", "k-1", SALES).answer().path("code")
        .stringValue()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    var known = sent("/imports/records" + ZONE, "k-2", SALES);
    assertThat(known.answer().path("data").path("present").intValue()).isEqualTo(1);
    assertThat(known.answer().path("data").path("fresh").intValue()).isZero();
    assertThat(balance()).isEqualTo(9_750);
    assertThat(rig.server.store.auditLinks(TestServer.SITE, 0, 100).stream().map(AuditChain.Link::event)
        .filter(event -> event.entry().action().equals("IMPORT_RECORDS"))).hasSize(2).first()
        .satisfies(event -> assertThat(event.entry().object())
            .matches("records sha256=[0-9a-f]{64} source=import rows=1 present=0 SALE_IMPORTED=1/2\\.50"));
  }

  @Test
  void aDryRunNeedsNoKeyAndWritesNothing() throws Exception {
    var answer = rig.send("POST", "/imports/accounts?dryRun=true", finance,
        "reference,holder_name,opening_balance\nR-1,=1+1,5.00\n");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.answer().path("data").path("fresh").intValue()).isEqualTo(1);
    assertThat(rig.server.store.accounts(TestServer.SITE, 0, 10)).hasSize(1);
    assertThat(rig.send("POST", "/imports/accounts", finance, "reference,holder_name\nR-1,Li\n").answer()
        .path("code").stringValue()).isEqualTo("IDEMPOTENCY_KEY_MISSING");
    assertThat(rig.server.store.accounts(TestServer.SITE, 0, 10)).hasSize(1);
  }

  @Test
  void whatIsWrongIsToldRowByRow() throws Exception {
    var answer = sent("/imports/records" + ZONE, "k-1", SALES + "A-2,1,-1,2025-10-01 12:30\n");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.answer().path("code").stringValue()).isEqualTo("IMPORT_REFUSED");
    assertThat(answer.answer().path("facts").stringValue())
        .startsWith("faults=1; row 3, column amount: AMOUNT_WRONG ");
    assertThat(balance()).isEqualTo(10_000);
    assertThat(sent("/imports/records" + ZONE, "k-1", SALES).status()).as("the key is still free")
        .isEqualTo(200);
  }

  @Test
  void whatIsTooLargeIsNotRead() throws Exception {
    String row = "A-%d,1,0.01,2025-10-01T12:30:00Z\n";
    assertThat(sent("/imports/records", "k-1", SALES + row.repeat(60)).answer().path("code").stringValue())
        .isEqualTo("BODY_TOO_LARGE");
    assertThat(sent("/imports/records", "k-2", "reference,holder_name\n" + "x,\n".repeat(30)).answer()
        .path("code").stringValue()).isEqualTo("IMPORT_REFUSED");
    assertThat(sent("/imports/accounts?dryRun=true", "k-3", "reference,holder_name\n" + "x,\n".repeat(30))
        .answer().path("code").stringValue()).isEqualTo("IMPORT_TOO_LARGE");
    for (String wrong : java.util.List.of("dryRun=yes", "source=A%20B", "charset=EBCDIC", "zone=Mars",
        "x=1")) {
      assertThat(sent("/imports/records?" + wrong, "k-4", SALES).status()).as(wrong).isEqualTo(400);
    }
    assertThat(balance()).isEqualTo(10_000);
  }
}
