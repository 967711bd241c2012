package dev.counterfoil.settlement.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.admin.TestRecruitment;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.password.HolderPasswords;
import dev.counterfoil.settlement.password.PasswordRules;
import dev.counterfoil.settlement.secret.PasswordCheck;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A purchase of 500.00 and more, and its holder's password.
class PasswordPurchaseTest extends TilledServer {

  private static final String RIGHT = "271828";
  private final HolderPasswords passwords = TestRecruitment.holders(new SplittableRandom(3));

  PasswordPurchaseTest() {
    super(1_000_000);
  }

  @BeforeEach
  void set() {
    server.core.accounts().passwords().set(TestServer.SITE, holder.account(), stored(RIGHT), server.now);
  }

  private String stored(String password) {
    return passwords.stored(password.toCharArray()).orElseThrow();
  }

  private static Authorize question(int card, long amount, String password) {
    return Authorize.newBuilder().setCardToken(ByteString.copyFrom(TestServer.token(card).bytes()))
        .setAmountMinor(amount).setCurrency("CNY").setMode(1).setPassword(password).build();
  }

  private Decision buy(TransactionId id, int card, long amount, String password) {
    Authorize question = question(card, amount, password);
    return switch (server.core.authorize(till.id, id, question, Optional.empty(), server.now)) {
      case PurchaseAnswer.Decided(var decision) -> decision;
      case PurchaseAnswer.Compare(var stored) -> compared(id, question, stored);
    };
  }

  private Decision compared(TransactionId id, Authorize question, String stored) {
    boolean right = passwords.hashes().verify(stored,
        question.getPassword().toCharArray()) != PasswordCheck.Match.WRONG;
    PurchaseAnswer answer = server.core.authorize(till.id, id, question,
        Optional.of(new PasswordTry(stored, right)), server.now);
    return ((PurchaseAnswer.Decided) answer).decision();
  }

  private String reason(long amount, String password) {
    return buy(server.transaction(), 1, amount, password).getReason();
  }

  @Test
  @Requirement({"PAY-28", "LIM-11", "CFG-06"})
  void from500OnThePasswordIsAskedForAndBelowItIsNot() {
    assertThat(reason(49_999, "")).isEmpty();
    TransactionId id = server.transaction();
    Decision asked = buy(id, 1, 50_000, "");
    assertThat(asked.getOutcome()).isEqualTo(Outcomes.OUTCOMES_ASK_PIN);
    assertThat(asked.getReason()).isEqualTo("PASSWORD_NEEDED");
    assertThat(server.available(holder)).isEqualTo(950_001);

    Decision again = buy(id, 1, 50_000, RIGHT);

    assertThat(again.getOutcome()).isEqualTo(Outcomes.OUTCOMES_APPROVED);
    assertThat(server.available(holder)).isEqualTo(900_001);
  }

  @Test
  @Requirement({"PAY-28"})
  void anAccountWithoutAPasswordBuysNothingThatNeedsOne() {
    server.holder(2, 1_000_000);
    assertThat(buy(server.transaction(), 2, 50_000, RIGHT).getReason()).isEqualTo("PASSWORD_NOT_SET");
    assertThat(buy(server.transaction(), 2, 49_999, "").getReason()).isEmpty();
  }

  @Test
  @Requirement({"LIM-16"})
  void fiveWrongOnesLockTheAccountForHalfAnHourAlsoOverARestart() {
    for (int i = 0; i < 4; i++) {
      assertThat(reason(50_000, "000000")).isEqualTo("PASSWORD_WRONG");
      server.restart();
    }
    assertThat(reason(50_000, "000000")).isEqualTo("PASSWORD_LOCKED");
    server.restart();
    server.now += 1_799_999;
    assertThat(reason(50_000, RIGHT)).isEqualTo("PASSWORD_LOCKED");
    assertThat(reason(100, "")).isEmpty();
    server.now += 1;

    assertThat(reason(50_000, RIGHT)).isEmpty();
    assertThat(server.available(holder)).isEqualTo(949_900);
  }

  @Test
  @Requirement({"LIM-16"})
  void triesCountByAccountAndARightOneEndsTheRow() {
    server.holder(2, 1_000_000);
    server.core.accounts().passwords().set(TestServer.SITE, 2, stored(RIGHT), server.now);
    for (int i = 0; i < 4; i++) {
      reason(50_000, "000000");
    }
    assertThat(buy(server.transaction(), 2, 50_000, "000000").getReason()).isEqualTo("PASSWORD_WRONG");
    assertThat(reason(50_000, RIGHT)).isEmpty();
    assertThat(reason(50_000, "000000")).isEqualTo("PASSWORD_WRONG");
  }

  @Test
  @Requirement({"PAY-17"})
  void aQuestionAskedAgainIsNoSecondTry() {
    TransactionId id = server.transaction();
    for (int i = 0; i < 9; i++) {
      assertThat(buy(id, 1, 50_000, "000000").getReason()).isEqualTo("PASSWORD_WRONG");
    }
    assertThat(reason(50_000, RIGHT)).isEmpty();
  }

  @Test
  void triesThatWereComparedAtTheSameTimeAllCount() {
    List<PurchaseAnswer> last = new ArrayList<>();
    String stored = server.store.profiles().password(TestServer.SITE, 1).orElseThrow().password();
    for (int i = 0; i < 6; i++) {
      last.add(server.core.authorize(till.id, server.transaction(), question(1, 50_000, "000000"),
          Optional.of(new PasswordTry(stored, i == 5)), server.now));
    }
    assertThat(((PurchaseAnswer.Decided) last.getLast()).decision().getReason()).isEqualTo("PASSWORD_LOCKED");
  }

  @Test
  void aPasswordThatWasChangedMeanwhileIsComparedAgain() {
    var old = new PasswordTry(stored("111111"), true);

    PurchaseAnswer answer = server.core.authorize(till.id, server.transaction(),
        question(1, 50_000, "111111"), Optional.of(old), server.now);

    assertThat(answer).isInstanceOf(PurchaseAnswer.Compare.class);
  }

  @Test
  void whatAnotherGateStopsCostsNoTry() {
    for (int i = 0; i < 6; i++) {
      assertThat(reason(2_000_000, "000000")).isEqualTo("LIMIT_PER_TRANSACTION");
    }
    assertThat(reason(50_000, RIGHT)).isEmpty();
  }

  @Test
  void anOperatorLiftsALockAndANewPasswordEndsIt() {
    for (int i = 0; i < 5; i++) {
      reason(50_000, "000000");
    }
    server.core.accounts().passwords().unlock(TestServer.SITE, 1, server.now);
    assertThat(reason(50_000, "000000")).isEqualTo("PASSWORD_WRONG");
    server.core.accounts().passwords().set(TestServer.SITE, 1, stored("314159"), server.now);
    assertThat(reason(50_000, RIGHT)).isEqualTo("PASSWORD_WRONG");
    assertThat(reason(50_000, "314159")).isEmpty();
  }

  @Test
  @Requirement({"CFG-06", "PAY-28"})
  void aSiteMayAskForItAtEveryPurchaseAndThenNothingIsSoldWithoutTheServer() throws Exception {
    Path own = folder.resolve("always");
    assertThat(own.toFile().mkdir()).isTrue();
    var rules = new PasswordRules(true, 50_000, 6, 5, PasswordRules.DEFAULT.lock());
    try (var strict = TestServer.at(own, TestServer.SETTINGS.withPasswords(rules))) {
      var other = strict.terminal();
      strict.holder(1, 100);
      assertThat(strict.authorize(other, strict.transaction(), 1, 1).getReason())
          .isEqualTo("PASSWORD_NOT_SET");
      long from = other.head.seq() + 1;
      other.cashSale(strict.transaction(), 1);
      assertThat(strict.acknowledged(other.push(from)).getAllowance().getPerTapMinor()).isZero();
    }
    long from = till.head.seq() + 1;
    till.cashSale(server.transaction(), 1);
    assertThat(server.acknowledged(till.push(from)).getAllowance().getPerTapMinor()).isEqualTo(10_000);
  }

  @Test
  @Requirement({"ACC-25"})
  void whatWasTypedStandsNowhereInTheDatabase() throws Exception {
    server.core.accounts().passwords().question(TestServer.SITE, 1, "First pet?",
        passwords.storedAnswer("Tiger the 2nd"), server.now);
    buy(server.transaction(), 1, 50_000, "987654");

    var row = server.store.profiles().password(TestServer.SITE, 1).orElseThrow();
    assertThat(row.question()).isEqualTo("First pet?");
    assertThat(row.answer()).startsWith("$argon2id$");
    assertThat(passwords.isAnswer(row.answer(), " tiger  THE 2nd ")).isTrue();
    assertThat(passwords.isAnswer(row.answer(), "Tiger")).isFalse();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String bytes = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain(RIGHT, "987654", "iger the 2nd");
      }
    }
    assertThat(row.toString()).doesNotContain("argon2id");
  }
}
