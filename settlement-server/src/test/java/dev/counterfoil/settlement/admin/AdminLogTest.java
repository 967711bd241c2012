package dev.counterfoil.settlement.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.proto.v1.Result;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.engine.TerminalLine;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminLogTest {

  @TempDir
  Path folder;
  private TestServer server;
  private CoreAdminDesk desk;
  private Optional<Result> result = Optional.empty();
  private boolean connected;
  private final List<String> ordered = new ArrayList<>();
  private final TerminalLine terminals = new TerminalLine() {
    @Override
    public boolean isConnected(TerminalId terminal) {
      return connected;
    }

    @Override
    public Optional<Result> order(TerminalId terminal, String command) {
      assertThat(log()).as("logged before it is sent").isNotEmpty();
      ordered.add(command);
      return result;
    }
  };

  @BeforeEach
  void open() {
    server = TestServer.at(folder);
    server.terminal();
    var random = new SecureRandom();
    var keys = ServerKeys.openOrCreate(folder.resolve("ca"), List.of("localhost"),
        InstantSource.system().instant(), random);
    var tools = new CoreAdminDesk.Tools(keys, server.signatures, () -> java.time.Instant.ofEpochMilli(42),
        random, Duration.ofMinutes(1), TestRecruitment.of(random),
        TestRecruitment.holders(random));
    desk = new CoreAdminDesk(new CoreAccess() {
      @Override
      public <T> T call(Function<SettlementCore, T> work) {
        return work.apply(server.core);
      }
    }, server.store, tools, terminals);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private AdminAnswer admin(String... words) {
    return AdminCommands.run(List.of(words), desk);
  }

  private List<AdminRow> log() {
    return server.store.deeds(TestServer.SITE, 100);
  }

  @Test
  @Requirement({"AUD-02"})
  void everyChangeIsLoggedWithItsOperator() {
    admin("site", "set", "--name", "Mensa", "--currency", "CNY", "--operator", "li");
    admin("account", "open", "--holder", "Wang", "--operator", "wu");
    admin("card", "issue", "04A1B2C3", "--account", "1", "--operator", "wu");
    admin("card", "lost", "04A1B2C3", "--operator", "wu");
    admin("recharge", "1", "50.00", "--key", "r-1", "--operator", "chen");
    admin("terminal", "freeze", "1", "--reason", "stolen", "--operator", "li");
    admin("terminal", "unfreeze", "1", "--operator", "zhao");
    admin("code", "create", "--name", "Till-2", "--operator", "li");

    assertThat(log()).extracting(AdminRow::operator).containsExactly("li", "wu", "wu", "wu", "chen", "li",
        "zhao", "li");
    assertThat(log()).extracting(AdminRow::command).containsExactly("site set", "account open", "card issue",
        "card lost", "recharge", "terminal freeze", "terminal unfreeze", "code create");
    assertThat(log().get(4)).isEqualTo(
        new AdminRow(TestServer.SITE, 5, 42, "chen", "recharge", "account=1 amount=50.00 key=r-1"));
    assertThat(log()).noneSatisfy(row -> assertThat(row.detail()).containsIgnoringCase("04A1B2C3"));
  }

  @Test
  void whatChangedNothingIsNotLogged() {
    admin("account", "open", "--holder", "Wang");
    admin("recharge", "1", "50.00", "--key", "r-1");
    int before = log().size();

    admin("recharge", "1", "50.00", "--key", "r-1");
    assertThat(admin("recharge", "1", "60.00", "--key", "r-1").exitCode()).isEqualTo(2);
    assertThat(admin("terminal", "freeze", "77").exitCode()).isEqualTo(2);
    admin("terminal", "list");
    server.terminal();

    assertThat(log()).hasSize(before);
  }

  @Test
  void theLogIsShownTheNewestLast() {
    admin("account", "open", "--holder", "Wang", "--operator", "li");
    admin("account", "open", "--holder", "Zhou", "--operator", "wu");

    assertThat(admin("log", "--last", "1").text()).contains("wu", "holder=Zhou")
        .doesNotContain("holder=Wang");
    assertThat(admin("log").text().lines().skip(1)).hasSize(2);
  }

  @Test
  void syncsAreShownWithAnAlertAfterThreeFailures() {
    var terminal = server.terminal();
    server.core.hello(terminal.id, terminal.hello(null).toBuilder().setFailures(3).build(),
        dev.counterfoil.settlement.terminals.OtherSession.NONE, server.now);
    server.core.tick(server.now);

    String shown = admin("sync", "log", "--terminal", "2").text();

    assertThat(shown.lines().skip(1)).hasSize(2);
    assertThat(shown).contains("OK", "FAILED", "ALERT");
    assertThat(admin("sync", "log", "--last", "1", "--json").text()).contains("\"failures\":3");
  }

  @Test
  void aCommandToATerminalIsLoggedWithItsOperatorAndItsResultShown() {
    connected = true;
    result = Optional.of(Result.newBuilder().setOk(true).setDetail("seq=12\u001b[2J").build());

    AdminAnswer answer = admin("terminal", "rotate", "1", "--operator", "li");

    assertThat(answer.exitCode()).isZero();
    assertThat(answer.text()).contains("rotate", "seq=12?[2J").doesNotContain("\u001b");
    assertThat(log()).containsExactly(
        new AdminRow(TestServer.SITE, 1, 42, "li", "terminal rotate", "terminal=1"));
    for (String command : List.of("lock", "unlock", "diagnose")) {
      assertThat(admin("terminal", command, "1").exitCode()).isZero();
    }
    assertThat(ordered).containsExactly("rotate", "lock", "unlock", "diagnose");
  }

  @Test
  void aCommandThatReachesNobodyOrIsNotAnsweredOrRefusedSaysWhich() {
    assertThat(admin("terminal", "lock", "1").text()).startsWith("ERROR code=NOT_CONNECTED terminal=1 ");
    assertThat(log()).isEmpty();
    assertThat(ordered).isEmpty();

    connected = true;
    assertThat(admin("terminal", "lock", "1").text()).startsWith("ERROR code=NO_ANSWER terminal=1 ");
    assertThat(log()).hasSize(1);

    result = Optional.of(Result.newBuilder().setCode("DISK_FULL").setDetail("commit").build());
    AdminAnswer refused = admin("terminal", "rotate", "1");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.text()).isEqualTo("ERROR code=DISK_FULL terminal=1 detail=\"commit\"\n");
  }
}
