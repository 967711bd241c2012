package dev.counterfoil.sim.device.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.card.RfField;
import dev.counterfoil.sim.device.pn532.Pn532Faults.Hang;
import dev.counterfoil.sim.device.pn532.Pn532Faults.Shot;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pn532FaultsTest {
  private static final String VERSION = "0000FF06FAD50332010607E800";

  private final RfField field = new RfField();
  private final Pn532Faults faults = new Pn532Faults();
  private final Pn532Chip chip = new Pn532Chip(field, faults, new SplittableRandom(7));
  private HostSide host = HostSide.awake(chip);

  @Test
  void aSilentChipAnswersAgainOnlyAfterAPowerCycle() {
    faults.hangAfter(2, Hang.SILENT);
    host.command("02");
    host.command("02");

    assertThat(host.exchange("02")).isEmpty();
    host.send(HostSide.ACK);
    host.send("5555000000000000");
    assertThat(host.exchange("14010000")).isEmpty();
    chip.powerCycle();
    host = HostSide.awake(chip);

    assertThat(host.command("02")).isEqualTo("0332010607");
    assertThat(faults.hangs()).isEqualTo(1);
  }

  @Test
  void aBusyChipAcknowledgesAndNeverReplies() {
    faults.hang(Hang.BUSY);

    assertThat(host.exchange("02")).isEqualTo(HostSide.ACK);
    host.send(HostSide.ACK);
    assertThat(host.exchange("02")).isEqualTo(HostSide.ACK);
    chip.powerCycle();

    assertThat(HostSide.awake(chip).command("02")).isEqualTo("0332010607");
  }

  @Test
  void hangingStopsTheRunningCommand() {
    host.send(HostSide.frame("4A0100"));
    host.pass(10_000);

    faults.hang(Hang.BUSY);
    field.put(CardSpec.parse("classic1k:04A1B2C3"));

    assertThat(host.pass(100_000)).isEmpty();
  }

  @Test
  void aHostKilledDuringACommandLeavesAChipThatNeedsAnAbort() {
    faults.hangsWhenInterrupted(true);
    host.send(HostSide.frame("4A0100"));
    host.pass(20_000);

    assertThat(host.exchange("02")).as("the restarted host's first command").isEqualTo(HostSide.ACK);
    assertThat(host.exchange("02")).isEqualTo(HostSide.ACK);
    host.send(HostSide.ACK);

    assertThat(host.command("02")).isEqualTo("0332010607");
  }

  @Test
  void withoutThatFaultANewCommandReplacesTheRunningOne() {
    host.send(HostSide.frame("4A0100"));
    host.pass(20_000);

    assertThat(host.command("02")).isEqualTo("0332010607");
  }

  @Test
  void aLostCommandIsNotAcknowledgedAndTheNextIs() {
    faults.next(Shot.COMMAND_LOST, 1);

    assertThat(host.exchange("02")).isEmpty();
    assertThat(host.command("02")).isEqualTo("0332010607");
    assertThat(faults.seen(Shot.COMMAND_LOST)).isEqualTo(1);
  }

  @Test
  void aNackMayComeInPlaceOfTheAck() {
    faults.next(Shot.NACK_INSTEAD_OF_ACK, 1);

    assertThat(host.exchange("02")).startsWith(HostSide.NACK);
  }

  @Test
  void theAckMayBeMissing() {
    faults.next(Shot.ACK_LOST, 1);

    assertThat(host.exchange("02")).isEqualTo(VERSION);
  }

  @Test
  void theAckMayComeLaterThanFifteenMilliseconds() {
    faults.next(Shot.ACK_LATE, 1);
    host.send(HostSide.frame("02"));

    assertThat(host.pass(15_000)).isEmpty();
    assertThat(host.pass(30_000)).isEqualTo(HostSide.ACK + VERSION);
  }

  @Test
  void theErrorFrameMayAnswerAGoodCommand() {
    faults.next(Shot.ERROR_FRAME, 1);

    assertThat(host.exchange("02")).isEqualTo(HostSide.ACK + "0000FF01FF7F8100");
  }

  @Test
  void garbageMayComeBeforeTheReply() {
    faults.next(Shot.GARBAGE, 1);

    String heard = host.exchange("02");

    assertThat(heard).startsWith(HostSide.ACK).endsWith(VERSION);
    assertThat(heard.length()).isGreaterThan(HostSide.ACK.length() + VERSION.length());
  }

  @Test
  void aReplyWithABadChecksumComesRightAfterANack() {
    faults.next(Shot.BAD_CHECKSUM, 1);

    assertThat(host.exchange("02")).isEqualTo(HostSide.ACK + "0000FF06FAD50332010607E900");
    host.send(HostSide.NACK);

    assertThat(host.pass(10_000)).isEqualTo(VERSION);
  }

  @Test
  void aTruncatedReplyComesWholeAfterANack() {
    faults.next(Shot.TRUNCATED, 1);

    assertThat(host.exchange("02")).isEqualTo(HostSide.ACK + VERSION.substring(0, 12));
    host.send(HostSide.NACK);

    assertThat(host.pass(10_000)).isEqualTo(VERSION);
  }

  @Test
  void aLostReplyComesAfterANack() {
    faults.next(Shot.REPLY_LOST, 1);

    assertThat(host.exchange("02")).isEqualTo(HostSide.ACK);
    host.send(HostSide.NACK);

    assertThat(host.pass(10_000)).isEqualTo(VERSION);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
  void afterAnyGarbageTheNextGoodCommandIsAnswered(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    field.put(CardSpec.parse("classic1k:04A1B2C3"));
    for (int round = 0; round < 300; round++) {
      chip.receive(garbage(random), host.now());
      host.pass(random.nextInt(30_000));
      if (chip.asleep()) {
        continue;
      }
      host.pass(30_000);
      host.send(HostSide.ACK);
      host.pass(100_000);
      host.send("00000000000000");
      host.pass(30_000);

      assertThat(host.exchange("02")).as("seed %d round %d", seed, round).endsWith(VERSION);
    }
  }

  /// Noise, and pieces of frames whose checksums fit, so that the fuzz reaches the commands too.
  private static byte[] garbage(SplittableRandom random) {
    byte[] bytes = new byte[1 + random.nextInt(60)];
    random.nextBytes(bytes);
    if (random.nextInt(3) == 0) {
      return bytes;
    }
    // PowerDown and a new baud rate are lawful ways to stop answering; everything else must not be.
    byte code = (byte) (random.nextInt(0x70) & 0xFE);
    byte[] body = Arrays.copyOf(bytes, Math.min(bytes.length, 2 + random.nextInt(8)));
    if (body.length < 2 || code == 0x16 || code == 0x10 || code == 0x12) {
      return bytes;
    }
    body[0] = (byte) 0xD4;
    body[1] = code;
    byte[] frame = ChipFrames.information(body, true);
    return random.nextInt(4) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length)) : frame;
  }
}
