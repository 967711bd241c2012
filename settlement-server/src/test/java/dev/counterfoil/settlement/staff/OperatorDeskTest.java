package dev.counterfoil.settlement.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.operator.SessionToken;
import dev.counterfoil.settlement.operator.SignIn;
import dev.counterfoil.settlement.operator.SignInRules;
import dev.counterfoil.settlement.secret.RecoveryCodes;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorDeskTest {

  private static final Instant NOW = Instant.ofEpochMilli(TestServer.NOW);

  @TempDir
  Path folder;
  private final SplittableRandom random = new SplittableRandom(7);
  private final RecoveryCodes.Issue recovery = RecoveryCodes.issue(random);
  private final SessionToken token = SessionToken.create(random);
  private TestServer server;
  private long number;

  @BeforeEach
  void open() {
    server = TestServer.at(folder);
    number = add("li.wei", Role.FINANCE).operator().number();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private OperatorRow add(String name, Role role) {
    return server.core.operators().add(new OperatorDesk.Newcomer(TestServer.SITE, name, role, "$argon2id$",
        new byte[] {1}, recovery.stored()), "root", TestServer.NOW);
  }

  private SignIn.Answer password(boolean right, Instant at) {
    return server.core.operators().passwordTried(TestServer.SITE, number, right, at);
  }

  private SignIn.Pending pending(Instant at) {
    return ((SignIn.Answer.WantsCode) password(true, at)).pending();
  }

  private boolean signIn(SessionToken with, Instant at, long step) {
    return server.core.operators().codeTried(TestServer.SITE, pending(at), OptionalLong.of(step), with,
        at) instanceof SignIn.Answer.SignedIn;
  }

  private java.util.List<String> trail() {
    return server.store.auditLinks(TestServer.SITE, 0, 100).stream()
        .map(link -> link.event().entry().action()).toList();
  }

  @Test
  @Requirement({"SEC-07"})
  void fiveWrongTriesLockAcrossARestartAndTheTrailSaysSo() {
    for (int i = 0; i < SignInRules.DEFAULT.tries(); i++) {
      assertThat(password(false, NOW)).isInstanceOf(SignIn.Answer.Refused.class);
      server.restart();
    }
    assertThat(password(true, NOW.plus(SignInRules.DEFAULT.lock()).minusMillis(1)))
        .isInstanceOf(SignIn.Answer.Refused.class);
    assertThat(password(true, NOW.plus(SignInRules.DEFAULT.lock())))
        .isInstanceOf(SignIn.Answer.WantsCode.class);
    assertThat(trail()).containsExactly("OPERATOR_ADD", "SIGN_IN_FAILED", "SIGN_IN_FAILED", "SIGN_IN_FAILED",
        "SIGN_IN_FAILED", "SIGN_IN_LOCKED", "SIGN_IN_WHILE_LOCKED");
  }

  @Test
  void aSessionBeginsWithACodeOnceAndEndsByItself() {
    SignIn.Pending pending = pending(NOW);
    assertThat(server.core.operators().codeTried(TestServer.SITE, pending, OptionalLong.empty(), token, NOW))
        .isInstanceOf(SignIn.Answer.Refused.class);
    assertThat(server.core.operators().used(TestServer.SITE, token.hash(), NOW)).isEmpty();

    assertThat(signIn(token, NOW, 5)).isTrue();
    assertThat(signIn(SessionToken.create(random), NOW, 5)).as("a code is used once").isFalse();
    assertThat(server.core.operators().used(TestServer.SITE, token.hash(), NOW.plusSeconds(3599)))
        .isPresent();
    assertThat(server.core.operators().used(TestServer.SITE, token.hash(),
        NOW.plusSeconds(3599).plus(SignInRules.DEFAULT.idle()))).isEmpty();
  }

  @Test
  void aRecoveryCodeLetsInOnce() {
    String code = recovery.shown().get(3);
    var desk = server.core.operators();
    assertThat(desk.recoveryTried(TestServer.SITE, pending(NOW), code, token, NOW))
        .isInstanceOf(SignIn.Answer.SignedIn.class);
    assertThat(desk.recoveryTried(TestServer.SITE, pending(NOW), code, SessionToken.create(random), NOW))
        .isInstanceOf(SignIn.Answer.Refused.class);
    assertThat(desk.existing(TestServer.SITE, number).recovery().unused()).hasSize(RecoveryCodes.COUNT - 1);
  }

  @Test
  void anotherRoleEndsEverySessionAndAnotherPasswordAllButOne() {
    SessionToken second = SessionToken.create(random);
    signIn(token, NOW, 5);
    signIn(second, NOW, 6);
    var desk = server.core.operators();

    desk.changePassword(TestServer.SITE, number, "$other$", second.hash(), NOW);
    assertThat(desk.used(TestServer.SITE, token.hash(), NOW)).isEmpty();
    assertThat(desk.used(TestServer.SITE, second.hash(), NOW)).isPresent();
    assertThat(desk.existing(TestServer.SITE, number).passwordDue()).isFalse();

    desk.changeRole(TestServer.SITE, number, Role.CASHIER, "root", NOW);
    assertThat(desk.used(TestServer.SITE, second.hash(), NOW)).isEmpty();
    assertThat(desk.existing(TestServer.SITE, number).operator().role()).isEqualTo(Role.CASHIER);
  }

  @Test
  void whoHasLeftIsNotLetIn() {
    signIn(token, NOW, 5);
    server.core.operators().leave(TestServer.SITE, number, "root", NOW);
    assertThat(server.core.operators().used(TestServer.SITE, token.hash(), NOW)).isEmpty();
    assertThat(signIn(SessionToken.create(random), NOW.plus(Duration.ofMinutes(1)), 9)
        && server.core.operators().existing(TestServer.SITE, number).operator().active()).isFalse();
    assertThat(server.store.openSessions(TestServer.SITE, number)).isEmpty();
  }

  @Test
  void namesAreGivenOnceAndNumbersCountOn() {
    assertThat(number).isEqualTo(1);
    assertThat(add("wang.fang", Role.CASHIER).operator().number()).isEqualTo(2);
    assertThatThrownBy(() -> add("li.wei", Role.CASHIER)).hasMessageStartingWith("OPERATOR_NAME_TAKEN");
  }
}
