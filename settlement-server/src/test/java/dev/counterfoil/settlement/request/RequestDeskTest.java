package dev.counterfoil.settlement.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.trace.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was done, its answer and its audit entry stand or fall together, once for each key.
class RequestDeskTest {

  @TempDir
  Path folder;
  private TestServer server;
  private AccountRow holder;

  @BeforeEach
  void open() {
    server = TestServer.at(folder);
    holder = server.holder(1, 1000);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static KeyedRequest request(String key, String content) {
    Hash hash = Sha256.hash(content.getBytes(StandardCharsets.UTF_8));
    return new KeyedRequest(TestServer.SITE, "operator/3", "li.wei", key, "RECHARGE", "at the desk", hash,
        TestServer.NOW);
  }

  private Function<SettlementCore, Done> recharge(KeyedRequest request, long amount) {
    return core -> {
      TransferRow moved = core.accounts().rechargeByCash(TestServer.SITE, holder.account(), amount,
          request.transaction(), request.nowMs());
      return new Done(201, "{\"after\":" + moved.creditAfter() + "}", "account 1",
          Long.toString(moved.creditBefore()), Long.toString(moved.creditAfter()));
    };
  }

  private long balance() {
    return server.store.ledgerAccount(TestServer.SITE, holder.cashLedger()).orElseThrow().balance();
  }

  private List<AuditChain.Link> trail() {
    return server.store.auditLinks(TestServer.SITE, 0, 100);
  }

  @Test
  @Requirement({"PAY-17", "AUD-01"})
  void aRepeatGetsTheSameAnswerAndChangesNothingEvenAfterARestart() {
    KeyedRequest request = request("k1", "5.00");
    Reply first = server.core.once(request, recharge(request, 500));
    server.restart();
    Reply again = server.core.once(request, recharge(request, 500));

    assertThat(first).isEqualTo(new Reply(201, "{\"after\":1500}", false));
    assertThat(again).isEqualTo(new Reply(201, "{\"after\":1500}", true));
    assertThat(balance()).isEqualTo(1500);
    assertThat(trail()).hasSize(1);
    assertThat(trail().getFirst().event().entry())
        .extracting("actor", "action", "object", "before", "after", "reason")
        .containsExactly("li.wei", "RECHARGE", "account 1", "1000", "1500", "at the desk");
  }

  @Test
  void aKeyStandsForOneContentOnly() {
    server.core.once(request("k1", "5.00"), recharge(request("k1", "5.00"), 500));
    assertThatThrownBy(() -> server.core.once(request("k1", "6.00"), recharge(request("k1", "6.00"), 600)))
        .isInstanceOf(RefusedException.class).hasMessageStartingWith("IDEMPOTENCY_KEY_REUSED");
    assertThat(balance()).isEqualTo(1500);
  }

  @Test
  void anotherCallersKeyIsAnotherKey() {
    KeyedRequest mine = request("k1", "5.00");
    var other = new KeyedRequest(mine.site(), "operator/4", "wang.fang", "k1", mine.action(), "",
        mine.content(), mine.nowMs());
    server.core.once(mine, recharge(mine, 500));
    assertThat(server.core.once(other, recharge(other, 500)).repeated()).isFalse();
    assertThat(balance()).isEqualTo(2000);
  }

  @Test
  void whatIsRefusedLeavesNoTraceAndTheKeyFree() {
    KeyedRequest request = request("k1", "0");
    assertThatThrownBy(() -> server.core.once(request, recharge(request, 0)))
        .hasMessageStartingWith("RECHARGE_LIMIT");
    assertThat(trail()).isEmpty();
    assertThat(server.store.answer(TestServer.SITE, "operator/3", "k1")).isEmpty();
    assertThat(server.core.once(request, recharge(request, 500)).status()).isEqualTo(201);
  }

  @Test
  void theAnswerToWorkThatFoundNothingToChangeIsKeptToo() {
    KeyedRequest request = request("k1", "look");
    Function<SettlementCore, Done> nothing = _ -> new Done(200, "{}", "account 1", "", "");
    server.core.once(request, nothing);

    Reply again = server.core.once(request, nothing);

    assertThat(again.repeated()).isTrue();
    assertThat(trail()).hasSize(1);
  }

  @Test
  void workThatWouldCommitTwiceIsAMistakeAndChangesNothing() {
    KeyedRequest request = request("k1", "twice");
    assertThatThrownBy(() -> server.core.once(request, core -> {
      Done first = recharge(request, 500).apply(core);
      assertThat(first.status()).isEqualTo(201);
      return recharge(request("k2", "twice"), 500).apply(core);
    })).isInstanceOf(IllegalStateException.class).hasMessageContaining("commits once");
    assertThat(balance()).isEqualTo(1000);
    assertThat(trail()).isEmpty();
  }
}
