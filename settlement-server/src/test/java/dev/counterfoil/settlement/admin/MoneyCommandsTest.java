package dev.counterfoil.settlement.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.core.MoneyServer;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.engine.TerminalLine;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators type about money, and what they get: the core's rules have tests of their own.
class MoneyCommandsTest extends MoneyServer {

  private static final InstantSource NOON = InstantSource.fixed(Instant.ofEpochMilli(TestServer.NOW));

  @TempDir
  private Path elsewhere;
  private CoreAdminDesk desk;

  @BeforeEach
  void sit() {
    var random = new SecureRandom();
    var keys = ServerKeys.openOrCreate(elsewhere.resolve("ca"), List.of("localhost"), NOON.instant(), random);
    var tools = new CoreAdminDesk.Tools(keys, server.signatures, NOON, random, Duration.ofMinutes(1),
        TestRecruitment.of(random),
        TestRecruitment.holders(random));
    desk = new CoreAdminDesk(new CoreAccess() {
      @Override
      public <T> T call(Function<SettlementCore, T> work) {
        return work.apply(server.core);
      }
    }, server.store, tools, TerminalLine.NOBODY);
  }

  private String admin(String operator, String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.add("--operator=" + operator);
    return AdminCommands.run(line, desk).text();
  }

  private List<String> log() {
    return server.store.deeds(SITE, 100).stream().map(AdminRow::command).toList();
  }

  @Test
  @Requirement({"SUB-10", "SUB-11"})
  void aSubsidyIsGrantedOnceAndShownPurseByPurse() {
    String first = admin("wang", "subsidy", "grant", "1", "25.00", "--name", "meal/2026-11", "--until",
        "2026-12-01T00:00:00Z", "--key", "s-1");
    assertThat(admin("wang", "subsidy", "grant", "1", "25.00", "--name", "meal/2026-11", "--until",
        "2026-12-01T00:00:00Z", "--key", "s-1")).isEqualTo(first)
        .contains("CASH", "100.00", "SUBSIDY", "meal/2026-11", "25.00", "2026-12-01");
    assertThat(admin("wang", "subsidy", "grant", "1", "1.00", "--name", "meal/2026-11", "--key", "s-2"))
        .startsWith("ERROR code=SUBSIDY_GRANTED ");
    assertThat(admin("wang", "balance", "1")).contains("125.00");
    assertThat(admin("wang", "account", "show", "1")).contains("125.00");
    assertThat(log()).containsExactly("subsidy grant");
  }

  @Test
  @Requirement({"PAY-28"})
  void aPasswordIsGivenOnceAndStandsInNoLog() {
    String shown = admin("wang", "account", "password", "reset", "1");
    String digits = shown.replaceAll("(?s).*\\b(\\d{6})\\b.*", "$1");
    assertThat(digits).matches("\\d{6}");
    admin("wang", "account", "password", "unlock", "1");
    admin("wang", "account", "password", "question", "1", "--question", "Pet?", "--answer", "Tiger");
    assertThat(server.store.profiles().password(1, 1).orElseThrow().isSet()).isTrue();
    admin("wang", "account", "password", "remove", "1");
    assertThat(server.store.profiles().password(1, 1).orElseThrow().isSet()).isFalse();
    assertThat(server.store.deeds(1, 10).toString()).contains("account password reset")
        .doesNotContain(digits, "Tiger");
  }

  @Test
  void aTransferIsDoneOnceForItsKey() {
    String first = admin("wang", "transfer", "send", "1", "ACCT0000000002", "12.50", "--key", "t-1");
    String second = admin("wang", "transfer", "send", "1", "2", "12.50", "--key", "t-1");

    assertThat(second).isEqualTo(first).contains("12.50");
    assertThat(balances()).containsExactly(8_750L, 2_250L, 0L);
    assertThat(log()).containsExactly("transfer send");
  }

  @Test
  @Requirement({"PAY-26"})
  void transactionsAreSearchedPageByPageTheNewestFirst() {
    server.now += 1_000;
    push(() -> till.cashSale(server.transaction(), 350));
    server.now += 1_000;
    push(() -> till.cardSale(server.transaction(), TestServer.token(1), 1_200, true));

    String both = admin("wang", "transaction", "search", "--terminal", "1");
    String newest = admin("wang", "transaction", "search", "--limit", "1");
    String next = admin("wang", "transaction", "search", "--limit", "1", "--after",
        newest.lines().toList().get(1).split(" +")[1]);

    assertThat(both.lines().skip(1)).hasSize(2).first().asString().contains("SALE_CARD", "12.00", "true");
    assertThat(next.lines().skip(1)).hasSize(1).first().asString().contains("SALE_CASH", "3.50");
    assertThat(admin("wang", "transaction", "search", "--kind", "SALE_CASH", "--least", "3.51"))
        .isEqualTo("none\n");
    assertThat(
        admin("wang", "transaction", "search", "--account", "ACCT0000000001", "--most", "12.00").lines()
            .skip(1))
        .hasSize(1);
    assertThat(admin("wang", "transaction", "search", "--from", "2025-11-20T00:53:21Z", "--until",
        "2025-11-20T00:53:22Z").lines().skip(1)).hasSize(1);
    assertThat(admin("wang", "transaction", "search", "--after", "0".repeat(32)))
        .startsWith("ERROR code=BAD_TRANSACTION ");
  }

  @Test
  void aTransferThatIsRefusedStandsInTheOperatorsLog() {
    String answer = admin("wang", "transfer", "send", "2", "1", "10.01", "--key", "t-1");

    assertThat(answer).startsWith("ERROR code=BALANCE_INSUFFICIENT ");
    AdminRow row = server.store.deeds(SITE, 1).getFirst();
    assertThat(row.operator()).isEqualTo("wang");
    assertThat(row.detail())
        .isEqualTo("payer=2 payee=1 amount=10.01 key=t-1 refused=BALANCE_INSUFFICIENT");
    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
  }

  @Test
  void aGroupAndABatchTellTheOutcomeOfEachLine() throws Exception {
    Path file = Files.writeString(elsewhere.resolve("payout.txt"), "1,3,1.00\n1,99,1.00\n2,3,0.50\n");

    String group = admin("wang", "transfer", "group", "1", "2=3.00", "1=2.00", "--key", "g-1");
    String batch = admin("wang", "transfer", "batch", "@" + file, "--key", "b-1");

    assertThat(group.lines().skip(1)).hasSize(2).element(0).asString().contains("DONE");
    assertThat(group).contains("TRANSFER_SELF");
    assertThat(batch).contains("PAYEE_UNKNOWN");
    assertThat(balances()).containsExactly(9_600L, 1_250L, 150L);
    assertThat(admin("wang", "transfer", "batch", "1,2", "--key", "b-2"))
        .isEqualTo("ERROR code=BAD_LINE found=1,2 allowed=PAYER,PAYEE,AMOUNT\n");
  }

  @Test
  void aTransferIsGivenBack() {
    String sent = admin("wang", "--json", "transfer", "send", "1", "3", "9.00", "--key", "t-1");
    String id = sent.replaceAll("(?s).*\"transfer\":\"([0-9a-f]{32})\".*", "$1");

    String back = admin("wang", "transfer", "back", id, "4.00", "--key", "t-2");

    assertThat(back).contains("4.00");
    assertThat(balances()).containsExactly(9_500L, 1_000L, 500L);
  }

  @Test
  @Requirement({"FRZ-03"})
  void aFreezeIsListedAndLoggedWithItsReasons() {
    admin("wang", "freeze", "amount", "1", "40.00", "--kind", "SECURITY", "--reason", "odd taps", "--only-if",
        "a call", "--key", "f-1");
    assertThat(admin("zhao", "unfreeze", "1", "--reason", "fine")).startsWith("ERROR code=FREEZE_CONDITION ");
    assertThat(availables()).containsExactly(6_000L, 1_000L, 0L);
    admin("zhao", "unfreeze", "1", "--reason", "called", "--condition-met");

    assertThat(availables()).containsExactly(10_000L, 1_000L, 0L);
    assertThat(admin("li", "freeze", "list", "1")).contains("40.00", "SECURITY", "odd taps", "a call", "wang",
        "CONDITIONAL", "called", "zhao");
    assertThat(log()).containsExactly("freeze", "unfreeze");
  }

  @Test
  void aWholeAccountIsFrozenUntilATime() {
    Instant until = NOON.instant().plusSeconds(60);
    admin("wang", "freeze", "account", "1", "--kind", "ADMINISTRATIVE", "--reason", "on leave", "--until",
        until.toString(), "--key", "f-1");

    assertThat(admin("li", "account", "show", "1")).contains("FROZEN");
    assertThat(admin("li", "freeze", "list", "1")).contains("all", until.toString());
    server.core.tick(until.toEpochMilli());
    assertThat(admin("li", "account", "show", "1")).contains("NORMAL");
  }

  @Test
  void aWithdrawalGoesFromHandToHand() {
    String asked = admin("wang", "withdrawal", "request", "1", "30.00", "--way", "BANK", "--reason", "leaves",
        "--key", "w-1");
    assertThat(asked).contains("REQUESTED");
    assertThat(admin("Wang", "withdrawal", "approve", "1")).startsWith("ERROR code=REQUEST_OWN ");
    assertThat(admin("zhao", "withdrawal", "list")).contains("leaves");
    admin("zhao", "withdrawal", "approve", "1");
    assertThat(admin("zhao", "withdrawal", "list")).isEqualTo("none\n");

    String paid = admin("li", "withdrawal", "paid", "1", "--reference", "BK-99");

    assertThat(paid).contains("DONE", "zhao", "BK-99");
    assertThat(balances()).containsExactly(7_000L, 1_000L, 0L);
    assertThat(log()).containsExactly("withdrawal request", "withdrawal approve", "withdrawal paid");
  }

  @Test
  void aWithdrawalThatIsRejectedOrFailedIsFreeAgain() {
    for (String key : List.of("w-1", "w-2")) {
      admin("wang", "withdrawal", "request", "1", "30.00", "--way", "DRAWER", "--reason", "leaves", "--key",
          key);
    }
    assertThat(availables().getFirst()).isEqualTo(4_000);
    admin("zhao", "withdrawal", "reject", "1", "--reason", "no papers");
    admin("zhao", "withdrawal", "approve", "2");
    admin("li", "withdrawal", "failed", "2", "--reason", "no coins");

    assertThat(availables().getFirst()).isEqualTo(10_000);
    assertThat(admin("li", "withdrawal", "list", "--state", "FAILED")).contains("no coins");
    assertThat(admin("li", "withdrawal", "list", "--state", "REJECTED")).contains("no papers");
  }

  @Test
  void anAdjustmentTakesASecondOperatorAndCanBeTakenBack() {
    admin("wang", "adjust", "give", "1", "7.00", "--reason", "counted twice", "--key", "a-1");
    admin("wang", "adjust", "take", "2", "2.00", "--reason", "counted twice", "--key", "a-2");
    assertThat(admin("wang", "adjust", "approve", "1")).startsWith("ERROR code=REQUEST_OWN ");
    admin("zhao", "adjust", "approve", "1");
    admin("zhao", "adjust", "reject", "2", "--reason", "no proof");
    assertThat(balances()).containsExactly(10_700L, 1_000L, 0L);
    String history = admin("li", "--json", "account", "history", "1");
    String id = history.replaceAll("(?s).*\"transaction\":\"([0-9a-f]{32})\".*", "$1");

    admin("wang", "adjust", "reverse", id, "--reason", "wrong one", "--key", "r-1");

    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
    assertThat(admin("li", "adjust", "list", "--state", "DONE")).contains("7.00");
  }

  @Test
  void aReversalOfWhatIsSpentIsForcedByTwo() {
    admin("wang", "recharge", "3", "50.00", "--key", "c-1");
    String history = admin("li", "--json", "account", "history", "3");
    String id = history.replaceAll("(?s).*\"transaction\":\"([0-9a-f]{32})\".*", "$1");
    admin("wang", "transfer", "send", "3", "2", "50.00", "--key", "t-1");
    assertThat(admin("wang", "adjust", "reverse", id, "--reason", "wrong one", "--key", "r-1"))
        .startsWith("ERROR code=BALANCE_INSUFFICIENT ");

    admin("wang", "adjust", "reverse", id, "--force", "--reason", "wrong one", "--key", "r-2");
    admin("zhao", "adjust", "approve", "1");

    assertThat(balances()).containsExactly(10_000L, 6_000L, -5_000L);
    assertThat(admin("li", "adjust", "list", "--kind", "REVERSAL", "--state", "DONE")).contains("wrong one");
  }

  @Test
  @Requirement({"BAL-05"})
  void theHistoryTellsWhoDidWhatAndWhy() {
    admin("wang", "recharge", "1", "5.00", "--key", "c-1");
    admin("li", "transfer", "send", "1", "2", "3.00", "--reason", "lunch", "--key", "t-1");

    List<String> lines = admin("li", "account", "history", "1").lines().toList();

    assertThat(lines.getFirst().split(" +")).containsExactly("change", "at", "movement", "type", "reason",
        "amount", "frozen", "before", "after", "purse", "operator", "remark", "transaction");
    assertThat(lines.get(2)).containsPattern("RECHARGE +RECHARGE_CASH +5.00 +0.00 +100.00 +105.00 +wang");
    assertThat(lines.get(3))
        .containsPattern("TRANSFER_OUT +TRANSFER +-3.00 +0.00 +105.00 +102.00 +li +lunch");
  }
}
