package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What somebody sends who looks for a hole: an answer of 4xx, one line in the log, nothing written.
class ApiAttackTest {

  private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.counterfoil.settlement.api");

  @TempDir
  Path folder;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private ApiRig rig;
  private String cashier;
  private long audited;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
    cashier = rig.operator("li.wei", Role.CASHIER);
    rig.server.holder(1, 1_000);
    audited = rig.server.store.auditChain(TestServer.SITE).number();
    lines.start();
    LOG.addAppender(lines);
  }

  @AfterEach
  void close() {
    LOG.detachAppender(lines);
    assertThat(rig.server.store.auditChain(TestServer.SITE).number()).as("nothing was written")
        .isEqualTo(audited);
    assertThat(rig.server.store.counters(TestServer.SITE).transfer()).isEqualTo(1);
    rig.close();
  }

  private void refused(ApiRig.Exchange exchange) {
    assertThat(exchange.status()).as("%s", exchange).isBetween(400, 499);
    assertThat(lines.list).as("%s", exchange).hasSize(1);
    assertThat(lines.list.getFirst().getFormattedMessage()).matches("[^\r\n]*").contains("event=api_refused")
        .contains("code=" + exchange.answer().path("code").stringValue());
    lines.list.clear();
  }

  @Test
  @Requirement({"SEC-04"})
  void bodiesThatAreNotWhatTheySeem() throws Exception {
    String recharge = "/accounts/1/recharge";
    for (String body : List.of("{\"amount\":-5}", "{\"amount\":\"-5.00\"}", "{\"amount\":\"0.001\"}",
        "{\"amount\":\"1e3\"}", "{\"amount\":\"+5\"}", "{\"amount\":\"٥.00\"}", "{\"amount\":\" 5.00\"}",
        "{\"amount\":\"0x10\"}", "{\"amount\":\"99999999999999999999\"}", "{\"amount\":[\"5.00\"]}",
        "{\"amount\":null}", "{\"amount\":true}", "{\"amount\":\"NaN\"}", "{\"amount\":\"5.00\",\"site\":2}",
        "{\"amount\":\"5.00\",\"__proto__\":{}}", "\u0000", "{\"amount\":\"5.00\"}{}",
        "[[[[[[[[[[1]]]]]]]]]]",
        "{\"amount\":\"5.00\",\"reason\":\"a\\nb\"}", "{\"amount\":\"5.00' OR '1'='1\"}")) {
      refused(rig.post(recharge, cashier, body));
    }
    refused(rig.post(recharge, cashier, "{\"amount\":\"" + "5".repeat(70_000) + "\"}"));
  }

  @Test
  @Requirement({"SEC-04"})
  void pathsAndQueriesThatLookForAnotherPlace() throws Exception {
    for (String path : List.of("/accounts/1%20OR%201=1", "/accounts/-1", "/accounts/1;drop", "/accounts/1%00",
        "/accounts/9223372036854775808", "/accounts/..%2f..%2fhealth", "/accounts/%2e%2e/operators/9",
        "/transactions?kind=';DROP%20TABLE%20account;--", "/transactions?accountId=1%20UNION%20SELECT%201",
        "/accounts?limit=501", "/accounts?after=-1", "/accounts?limit=5&limit=5", "/accounts?site=2",
        "/contacts?phone=%27%20OR%201=1", "/transactions/" + "g".repeat(32), "/nowhere",
        "/refund-applications?state=DONE%27--", "/audit/export")) {
      refused(rig.get(path, cashier));
    }
    refused(rig.send("DELETE", "/accounts/1", cashier, ""));
    refused(rig.send("GET", "/accounts", null, "", "Authorization", "Basic bGk6d2Vp"));
    refused(rig.send("GET", "/accounts", null, "", "Authorization", "Bearer 1." + "a".repeat(43)));
    refused(rig.send("GET", "/accounts", null, "", "Authorization", "Bearer 1." + "a".repeat(42) + "'"));
    refused(rig.send("POST", "/accounts/1/recharge", cashier, "{\"amount\":\"5.00\"}", "Idempotency-Key",
        "k".repeat(65)));
    refused(
        rig.send("POST", "/accounts/1/recharge", cashier, "{\"amount\":\"5.00\"}", "X-HTTP-Method-Override",
            "GET"));
    refused(rig.send("POST", "/accounts/1", cashier, "{}", "Idempotency-Key", "k", "X-HTTP-Method-Override",
        "DELETE"));
  }

  /// What no program for callers would send; the line goes to the server as it is.
  @Test
  @Requirement({"SEC-04"})
  void requestsThatAreBrokenOnTheWire() throws Exception {
    String token = "Authorization: Bearer " + rig.token(cashier) + "\r\n";
    String post = "POST /api/v1/accounts/1/recharge HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\n" + token;
    String body = "{\"amount\":\"5.00\"}";
    assertThat(rig.raw(post + "Content-Length: 17\r\nContent-Length: 3\r\n\r\n" + body))
        .as("two lengths").startsWith("HTTP/1.1 4");
    assertThat(rig.raw(post + "Transfer-Encoding: chunked\r\nContent-Length: 17\r\n\r\nzz\r\n" + body))
        .as("two lengths, one of them chunks").doesNotContain(" 2");
    assertThat(rig.raw("GET /api/v1/accounts HTTP/1.1\r\nHost: x\r\n" + token + "X: " + "y".repeat(9_000)
        + "\r\n\r\n")).as("headers of 9 kB").startsWith("HTTP/1.1 431");
    assertThat(rig.raw("GET /api/v1/accounts?after=" + "0".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n" + token
        + "\r\n")).as("a line of 5 kB").contains(" 414 ");
    assertThat(rig.raw("GET /api/v1/acc ounts HTTP/1.1\r\nHost: x\r\n" + token + "\r\n"))
        .doesNotContain(" 2");
    assertThat(rig.raw("TRACE /api/v1/accounts HTTP/1.1\r\nHost: x\r\n" + token + "\r\n"))
        .startsWith("HTTP/1.1 405");
  }

  @Test
  @Requirement({"SEC-04"})
  void textThatWouldBeSqlIsATextLikeAnyOther() throws Exception {
    String name = "Robert'); DROP TABLE account;--";
    var opened = rig.post("/accounts", cashier, "{\"ownerName\":\"" + name + "\"}");
    assertThat(opened.status()).isEqualTo(201);
    assertThat(rig.server.store.account(1, 2).orElseThrow().holderName()).isEqualTo(name);
    assertThat(rig.get("/accounts", cashier).answer().path("data").path("items").size()).isEqualTo(2);
    audited++;
  }
}
