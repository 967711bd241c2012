package dev.counterfoil.settlement.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.engine.TerminalLine;
import dev.counterfoil.settlement.machine.MachineIssue;
import dev.counterfoil.settlement.secret.Argon2Cost;
import dev.counterfoil.settlement.secret.PasswordHash;
import dev.counterfoil.settlement.secret.SealKeys;
import dev.counterfoil.settlement.secret.SealedColumn;
import dev.counterfoil.settlement.staff.Recruitment;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.MachineRow;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import dev.counterfoil.trace.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `admin machine` and `admin seal rotate`, as an operator types them.
class MachineCommandsTest {

  private static final InstantSource NOON = InstantSource.fixed(Instant.ofEpochMilli(TestServer.NOW));
  private static final String FIRST = "1 " + "ab".repeat(32);
  private static final String SECOND = "2 " + "cd".repeat(32);
  private static final long MORE_THAN_A_PAGE = 201;
  private static final String UNTIL = "--until=2027-12-31T00:00:00Z";

  @TempDir
  Path folder;
  private final SecureRandom random = new SecureRandom();
  private TestServer server;
  private ServerKeys keys;

  @BeforeEach
  void open() {
    server = TestServer.at(folder);
    keys = ServerKeys.openOrCreate(folder.resolve("ca"), List.of("localhost"), NOON.instant(), random);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private SealedColumn sealed(String sealKeys) {
    return new SealedColumn(SealKeys.parse("test", sealKeys), random);
  }

  private AdminAnswer admin(String sealKeys, String... words) {
    var passwords = new PasswordHash(new Argon2Cost(8, 1, 1), new byte[0], random);
    var tools = new CoreAdminDesk.Tools(keys, server.signatures, NOON, random, Duration.ofMinutes(1),
        new Recruitment(passwords, sealed(sealKeys), random), TestRecruitment.holders(random));
    var desk = new CoreAdminDesk(new CoreAccess() {
      @Override
      public <T> T call(Function<SettlementCore, T> work) {
        return work.apply(server.core);
      }
    }, server.store, tools, TerminalLine.NOBODY);
    List<String> line = new ArrayList<>(List.of(words));
    line.add("--operator=root");
    return AdminCommands.run(line, desk);
  }

  private String refused(String... words) {
    AdminAnswer answer = admin(FIRST, words);
    assertThat(answer.exitCode()).isEqualTo(2);
    return answer.text();
  }

  private MachineRow machine() {
    return server.store.office().machines(TestServer.SITE).getFirst();
  }

  /// The words of the answer's last line.
  private static String[] last(AdminAnswer answer) {
    assertThat(answer.exitCode()).as(answer.text()).isZero();
    return answer.text().lines().toList().getLast().split(" +");
  }

  private List<String> audited() {
    return server.store.auditLinks(TestServer.SITE, 0, 100).stream().map(AuditChain.Link::event)
        .map(event -> event.entry().actor() + " " + event.entry().action()).toList();
  }

  @Test
  @Requirement({"SEC-02", "AUD-02"})
  void aProgramIsLetInListedAndShutOut() {
    String[] shown = last(admin(FIRST, "machine", "add", "erp", "--scope=ACCOUNT_VIEW,RECHARGE", UNTIL));

    assertThat(shown).hasSize(3).startsWith("erp");
    assertThat(shown[1]).startsWith(TestServer.SITE + ".");
    assertThat(shown[2]).matches("[0-9a-f]{64}");
    assertThat(new String(machine().key(), StandardCharsets.ISO_8859_1)).doesNotContain(shown[2]);
    assertThat(sealed(FIRST).open(MachineIssue.cell(TestServer.SITE, "erp"), machine().key()))
        .isEqualTo(shown[2]);
    assertThat(admin(FIRST, "machine", "list").text()).contains("erp", "[ACCOUNT_VIEW, RECHARGE]",
        "2027-12-31T00:00:00Z", "-").doesNotContain(shown[1], shown[2]);

    assertThat(admin(FIRST, "machine", "revoke", "1").exitCode()).isZero();
    assertThat(machine().revokedMs()).isEqualTo(TestServer.NOW);
    assertThat(last(admin(FIRST, "machine", "list"))).endsWith(NOON.instant().toString());
    assertThat(audited()).containsExactly("root MACHINE_ADD", "root MACHINE_REVOKE");
  }

  @Test
  void whatCannotBeLetInIsRefusedAndNothingIsWritten() {
    admin(FIRST, "machine", "add", "erp", "--scope=RECHARGE", UNTIL);

    assertThat(refused("machine", "add", "erp", "--scope=RECHARGE", UNTIL))
        .startsWith("ERROR code=MACHINE_NAME_TAKEN ");
    assertThat(refused("machine", "add", "E R P", "--scope=RECHARGE", UNTIL))
        .startsWith("ERROR code=BAD_NAME ");
    assertThat(refused("machine", "add", "oa", "--scope=OPERATOR_APPROVE", UNTIL))
        .startsWith("ERROR code=BAD_INPUT ");
    assertThat(refused("machine", "add", "oa", "--scope=RECHARGE", "--until=2020-01-01T00:00:00Z"))
        .startsWith("ERROR code=BAD_INPUT ");
    assertThat(refused("machine", "add", "oa", "--scope=RECHARGE", "--until=tomorrow"))
        .startsWith("ERROR code=BAD_TIME ");
    assertThat(refused("machine", "add", "oa", "--scope=RECHARGE", UNTIL, "--site=9"))
        .startsWith("ERROR code=NO_SUCH_SITE ");
    assertThat(refused("machine", "revoke", "9")).startsWith("ERROR code=MACHINE_UNKNOWN ");
    assertThat(server.store.office().machines(TestServer.SITE)).hasSize(1);
    assertThat(audited()).hasSize(1);
  }

  @Test
  @Requirement({"SEC-02"})
  void afterSealRotateTheNewestKeyIsEnough() {
    String key = last(admin(FIRST, "machine", "add", "erp", "--scope=RECHARGE", UNTIL))[2];
    admin(FIRST, "operator", "add", "li.wei", "--role", "CASHIER", "--no-qr");
    server.holder(1, 0);
    server.core.contacts().put(new ContactSeal(sealed(FIRST)).seal(TestServer.SITE, 1, "138"));

    var more = new CommitUnit();
    for (long account = 2; account <= MORE_THAN_A_PAGE; account++) {
      more.putContact(new ContactSeal(sealed(FIRST)).seal(TestServer.SITE, account, "138"));
    }
    server.store.commit(more);

    assertThat(last(admin(FIRST + ";" + SECOND, "seal", "rotate"))).endsWith("1", "1", "201");
    assertThat(last(admin(FIRST + ";" + SECOND, "seal", "rotate"))).endsWith("0", "0", "0");

    SealedColumn next = sealed(SECOND);
    assertThat(next.open(MachineIssue.cell(TestServer.SITE, "erp"), machine().key())).isEqualTo(key);
    for (long account : List.of(1L, MORE_THAN_A_PAGE)) {
      assertThat(new ContactSeal(next)
          .open(server.store.office().contact(TestServer.SITE, account).orElseThrow())).isEqualTo("138");
    }
    assertThat(server.store.deeds(TestServer.SITE, 10)).extracting(AdminRow::command).contains("seal rotate");
  }
}
