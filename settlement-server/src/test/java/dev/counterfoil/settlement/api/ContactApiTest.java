package dev.counterfoil.settlement.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.trace.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Telephone numbers: found, and nowhere in clear.
class ContactApiTest {

  private static final String PHONE = "13800138000";
  private static final String CONTACT = "{\"phone\":\"138 0013-8000\"}";

  @TempDir
  Path folder;
  private ApiRig rig;
  private String cashier;

  @BeforeEach
  void open() throws Exception {
    rig = new ApiRig(folder);
    cashier = rig.operator("li.wei", Role.CASHIER);
    rig.server.holder(1, 0);
    rig.server.holder(2, 0);
    done(rig.send("PUT", "/accounts/2/contact", cashier, CONTACT, "Idempotency-Key", "k"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static JsonNode done(ApiRig.Exchange exchange) {
    assertThat(exchange.answer().path("code").stringValue()).as("%s", exchange).isEqualTo("OK");
    return exchange.answer().path("data");
  }

  private static String code(ApiRig.Exchange exchange) {
    return exchange.answer().path("code").stringValue();
  }

  @Test
  @Requirement({"SEC-02"})
  void nothingOfItIsInTheDatabaseOrTheTrailInClear() throws Exception {
    for (Path file : files()) {
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertThat(bytes).as("%s", file).doesNotContain(PHONE).doesNotContain("138 0013");
    }
  }

  @Test
  @Requirement({"SEC-02"})
  void theStoredAnswerHoldsNoHashThatCouldBeGuessed() {
    byte[] target = "PUT /api/v1/accounts/2/contact\0".getBytes(StandardCharsets.UTF_8);
    Hash guessed = Sha256.hash(target, CONTACT.getBytes(StandardCharsets.UTF_8));
    assertThat(rig.server.store.answer(1, "operator/1", "k").orElseThrow().content()).isNotEqualTo(guessed);
  }

  private Iterable<Path> files() throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> each.getFileName().toString().startsWith("server.db")).toList();
    }
  }

  @Test
  @Requirement({"SEC-02"})
  void aHolderIsFoundByTheExactNumber() throws Exception {
    JsonNode found = done(rig.get("/contacts?phone=" + PHONE, cashier)).path("items");
    assertThat(found.size()).isEqualTo(1);
    assertThat(found.path(0).path("accountId").longValue()).isEqualTo(2);
    assertThat(done(rig.get("/contacts?phone=13800138001", cashier)).path("items").size()).isZero();
    assertThat(done(rig.get("/accounts/2/contact", cashier)).path("phone").stringValue()).isEqualTo(PHONE);
    assertThat(done(rig.get("/accounts/1/contact", cashier)).path("phone").stringValue()).isEmpty();
    assertThat(code(rig.send("PUT", "/accounts/2/contact", cashier, "{\"phone\":\"call me\"}",
        "Idempotency-Key", "l"))).isEqualTo("FIELD_INVALID");
    assertThat(code(rig.send("PUT", "/accounts/9/contact", cashier, "{}", "Idempotency-Key", "m")))
        .isEqualTo("ACCOUNT_UNKNOWN");
    done(rig.send("PUT", "/accounts/2/contact", cashier, "{}", "Idempotency-Key", "n"));
    assertThat(done(rig.get("/contacts?phone=" + PHONE, cashier)).path("items").size()).isZero();
  }
}
