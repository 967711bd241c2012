package dev.counterfoil.terminal.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Outcomes;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.policy.DeclineReason;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.journal.JournalFixture;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A code from the scanner to the server and back, over the real core and journal.
class ScannedCodeTest {

  private static final PaymentCode CODE = PaymentCode.of(new byte[12], new byte[32]);
  private static final Effect APPROVE = new Effect.Indicate(Signal.APPROVE);

  @TempDir
  Path folder;

  @Test
  @Requirement({"PAY-01"})
  void aScannedCodeTravelsInAuthorizeAndIsRecordedAsAScan() throws IOException {
    try (var rig = connected(1)) {
      rig.keys("8#");

      scan(rig);
      var question = question(rig);
      answer(rig, approval(question).setCardToken(ByteString.copyFrom(JournalFixture.CARD.bytes())));

      assertThat(question.getPaymentCode()).isEqualTo(CODE.text());
      assertThat(question.getCardToken()).isEmpty();
      assertThat(question.getAmountMinor()).isEqualTo(800);
      assertThat(rig.effects).contains(APPROVE);
      var sale = Sale.parseFrom(lastSale(rig).body());
      assertThat(sale.getPresentation()).isEqualTo(3);
      assertThat(sale.getCardToken().toByteArray()).isEqualTo(JournalFixture.CARD.bytes());
      assertThat(sale.getHoldId()).isEqualTo(4);
      assertThat(new String(lastSale(rig).bytes(), StandardCharsets.ISO_8859_1))
          .doesNotContain(CODE.text());
    }
  }

  @Test
  @Requirement({"MCH-07"})
  void aCodeScannedFirstPaysThePriceThatIsKeyedNext() throws IOException {
    try (var rig = connected(2)) {
      scan(rig);
      assertThat(lastScreen(rig)).isEqualTo(new Screen.CodeRead());

      rig.keys("12#");

      assertThat(question(rig).getPaymentCode()).isEqualTo(CODE.text());
      assertThat(question(rig).getAmountMinor()).isEqualTo(1_200);
    }
  }

  @Test
  void aCodeScannedFirstPaysForNobodyElse() throws IOException {
    try (var rig = connected(3)) {
      scan(rig);
      rig.keys("D8#");
      assertThat(rig.sent).noneMatch(Frame::hasAuthorize);

      rig.keys("D");
      scan(rig);
      rig.until(rig.now + 61_000);
      assertThat(lastScreen(rig)).isEqualTo(new Screen.Ready(true));
      rig.keys("8#");
      assertThat(rig.sent).noneMatch(Frame::hasAuthorize);

      rig.keys("D");
      scan(rig);
      rig.tap();
      rig.keys("8#");
      assertThat(rig.sent).noneMatch(Frame::hasAuthorize);
    }
  }

  @Test
  @Requirement({"MCH-08"})
  void withoutTheServerACodeIsRefusedAndTheCardStillPays() throws IOException {
    try (var rig = connected(4)) {
      rig.networkUp = false;
      List.of(Channel.CHANNEL_DESK, Channel.CHANNEL_JOURNAL).forEach(channel -> rig.happen(
          new Event.LinkDown(channel, connection(rig, channel), "cut")));
      rig.keys("8#");

      scan(rig);
      assertThat(lastScreen(rig)).isEqualTo(new Screen.Declined(DeclineReason.OFFLINE_NOT_ALLOWED));
      rig.tap();

      assertThat(rig.effects).contains(APPROVE);
      assertThat(rig.sent).noneMatch(Frame::hasAuthorize);
    }
  }

  @Test
  @Requirement({"MCH-08"})
  void theServersRefusalIsShownInItsOwnWords() throws IOException {
    for (var reason : List.of(DeclineReason.METHOD_UNSUPPORTED, DeclineReason.QR_EXPIRED,
        DeclineReason.QR_INVALID, DeclineReason.INSUFFICIENT_BALANCE)) {
      try (var rig = connected(50 + reason.ordinal())) {
        rig.keys("8#");
        scan(rig);

        answer(rig, Decision.newBuilder().setTransactionId(question(rig).getTransactionId())
            .setOutcome(Outcomes.OUTCOMES_DECLINED).setReason(reason.name()));

        assertThat(lastScreen(rig)).isEqualTo(new Screen.Declined(reason));
        assertThat(rig.effects).doesNotContain(APPROVE);
      }
    }
  }

  @Test
  void anAnswerThatComesTooLateOrNamesNoCardLeavesNoHold() throws IOException {
    try (var rig = connected(6)) {
      rig.keys("8#");
      scan(rig);
      var late = question(rig);
      rig.until(rig.now + 900);
      assertThat(lastScreen(rig)).isEqualTo(new Screen.Declined(DeclineReason.SYSTEM_BUSY));
      assertThat(rig.sent.getLast().hasCancel()).isTrue();
      answer(rig, approval(late).setCardToken(ByteString.copyFrom(JournalFixture.CARD.bytes())));

      rig.keys("9#");
      scan(rig);
      answer(rig, approval(question(rig)));

      assertThat(rig.sent.stream().filter(Frame::hasCancel)).hasSize(3);
      assertThat(rig.effects).doesNotContain(APPROVE);
    }
  }

  @Test
  void whatIsNoneOfOursSaysSoAndLeadsNowhere() throws IOException {
    try (var rig = connected(7)) {
      rig.keys("8#");

      rig.happen(new Event.Input(new SaleEvent.Misread(Screen.Mistake.FOREIGN_CODE)));

      assertThat(lastScreen(rig)).isEqualTo(new Screen.Rejected(Screen.Mistake.FOREIGN_CODE));
      assertThat(rig.sent).noneMatch(Frame::hasAuthorize);
      rig.until(rig.now + 3_000);
      assertThat(lastScreen(rig)).isEqualTo(new Screen.PresentCard(800));
    }
  }

  /// The clock is looked at for many reasons: the link, the journal's rest, the next minute.
  @Test
  @Requirement({"MCH-08"})
  void aHintStandsAsLongAsAResultWhoeverLooksAtTheClock() throws IOException {
    try (var rig = connected(8)) {
      rig.happen(new Event.Input(new SaleEvent.SeveralCards()));
      long shownAt = rig.now;

      rig.happen(new Event.Tick());
      rig.until(shownAt + 2_400);
      assertThat(lastScreen(rig)).isEqualTo(new Screen.SeveralCards());

      rig.until(shownAt + 2_600);
      assertThat(lastScreen(rig)).isEqualTo(new Screen.Ready(true));

      rig.happen(new Event.Input(new SaleEvent.SeveralCards()));
      rig.keys("7");
      assertThat(lastScreen(rig)).as("what is done next is shown at once")
          .isEqualTo(new Screen.Typing("7", 0));
    }
  }

  private ServedTerminal connected(long seed) throws IOException {
    var rig = new ServedTerminal(Files.createDirectory(folder.resolve("t" + seed)), seed);
    rig.start();
    rig.until(1_000);
    assertThat(rig.core.online()).isTrue();
    return rig;
  }

  private static void scan(ServedTerminal rig) {
    rig.happen(new Event.Input(new SaleEvent.CodePresented(CODE)));
  }

  private static Authorize question(ServedTerminal rig) {
    return rig.sent.stream().filter(Frame::hasAuthorize).toList().getLast().getAuthorize();
  }

  private static Decision.Builder approval(Authorize question) {
    return Decision.newBuilder().setTransactionId(question.getTransactionId())
        .setOutcome(Outcomes.OUTCOMES_APPROVED).setHoldId(4).setAccountId(JournalFixture.ACCOUNT)
        .setBalanceMinor(5_000);
  }

  private static void answer(ServedTerminal rig, Decision.Builder decision) {
    rig.reply(Channel.CHANNEL_DESK, Frame.newBuilder().setDecision(decision).build());
  }

  private static JournalRecord lastSale(ServedTerminal rig) {
    rig.until(rig.now + 5_000);
    return rig.atServer.stream().filter(record -> record.is(RecordKind.SALE)).toList().getLast();
  }

  private static Screen lastScreen(ServedTerminal rig) {
    return rig.all(Effect.Show.class).getLast().screen();
  }

  private static long connection(ServedTerminal rig, Channel channel) {
    return rig.effects.stream()
        .filter(effect -> effect instanceof Effect.Connect(var to, _) && to == channel)
        .mapToLong(effect -> ((Effect.Connect) effect).connection()).max().orElseThrow();
  }
}
