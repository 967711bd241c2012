package dev.counterfoil.sim.device.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.card.RfField;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Frames given as hex come from UM0701-02 and published traces, see docs on the PN532 (hardware notes 2.1
/// and 2.5).
class Pn532ChipTest {
  private final RfField field = new RfField();
  private final Pn532Faults faults = new Pn532Faults();
  private final Pn532Chip chip = new Pn532Chip(field, faults, new SplittableRandom(7));

  @Test
  void firmwareVersionAnswersTheGoldenFrame() {
    HostSide host = HostSide.awake(chip);

    host.send("0000FF02FED4022A00");

    assertThat(host.pass(20_000)).isEqualTo("0000FF00FF00" + "0000FF06FAD50332010607E800");
  }

  @Test
  void samConfigurationAnswersTheGoldenFrame() {
    HostSide host = HostSide.awake(chip);

    host.send("0000FF05FBD4140100001700");

    assertThat(host.pass(20_000)).isEqualTo("0000FF00FF00" + "0000FF02FED5151600");
  }

  @Test
  void desfireSelectOfTheCardLevelAnswersTheGoldenFrame() {
    field.put(CardSpec.parse("desfire:04A1B2C3D4E5F6"));
    HostSide host = HostSide.awake(chip);
    host.send("0000FF04FCD44A0100E100");
    host.pass(30_000);

    host.send("0000FF07F9D440015A0000009100");

    assertThat(host.pass(30_000)).isEqualTo("0000FF00FF00" + "0000FF04FCD5410000EA00");
  }

  @Test
  void theAcknowledgeComesWithinFifteenMilliseconds() {
    HostSide host = HostSide.awake(chip);

    host.send("0000FF02FED4022A00");

    assertThat(host.pass(15_000)).startsWith(HostSide.ACK);
  }

  @Test
  void aListedClassicCardShowsAtqaSakAndUid() {
    field.put(CardSpec.parse("classic1k:04A1B2C3"));

    assertThat(HostSide.awake(chip).command("4A0100"))
        .isEqualTo("4B01" + "01" + "0004" + "08" + "04" + "04A1B2C3");
  }

  @Test
  void aListedDesfireCardBringsItsAnswerToSelect() {
    field.put(CardSpec.parse("desfire:04A1B2C3D4E5F6"));

    assertThat(HostSide.awake(chip).command("4A0100"))
        .isEqualTo("4B01" + "01" + "0344" + "20" + "07" + "04A1B2C3D4E5F6" + "067577810280");
  }

  @Test
  void withoutAutomaticRatsThereIsNoAnswerToSelect() {
    field.put(CardSpec.parse("desfire:04A1B2C3D4E5F6"));
    HostSide host = HostSide.awake(chip);

    host.command("1204");

    assertThat(host.command("4A0100")).isEqualTo("4B01" + "01" + "0344" + "20" + "07" + "04A1B2C3D4E5F6");
  }

  @Test
  void twoCardsAreListedTogetherAndOneByItsUid() {
    field.put(CardSpec.parse("classic1k:04A1B2C3"));
    field.put(CardSpec.parse("ntag:04112233445566"));
    HostSide host = HostSide.awake(chip);

    assertThat(host.command("4A0200")).startsWith("4B02").contains("04A1B2C3").contains("04112233445566");
    assertThat(host.command("4A0100" + "8804112233445566")).isEqualTo("4B01" + "01" + "0044" + "00" + "07"
        + "04112233445566");
    assertThat(host.command("4A0100" + "04A1B2C3")).contains("04A1B2C3");
  }

  @Test
  void pollingWaitsForEverUntilRetriesAreLimited() {
    HostSide host = HostSide.awake(chip);

    host.send(HostSide.frame("4A0100"));
    assertThat(host.pass(3_600_000_000L)).isEqualTo(HostSide.ACK);
    host.send(HostSide.ACK);
    host.command("3205FF0100");

    assertThat(host.command("4A0100")).isEqualTo("4B00");
  }

  @Test
  void aCardThatComesDuringAnEndlessPollIsReported() {
    HostSide host = HostSide.awake(chip);
    host.send(HostSide.frame("4A0100"));
    host.pass(700_000);

    field.put(CardSpec.parse("classic1k:04A1B2C3"));

    assertThat(host.pass(30_000)).contains("04A1B2C3");
  }

  @Test
  void eachRetryTakesAboutFiveMilliseconds() {
    HostSide host = HostSide.awake(chip);
    host.command("3205FF0109");

    host.send(HostSide.frame("4A0100"));

    assertThat(host.pass(48_000)).isEqualTo(HostSide.ACK);
    assertThat(host.pass(4_000)).startsWith("0000FF");
  }

  @Test
  void anAckAbortsTheRunningCommandWithoutAReply() {
    HostSide host = HostSide.awake(chip);
    host.send(HostSide.frame("4A0100"));
    host.pass(10_000);

    host.send(HostSide.ACK);
    field.put(CardSpec.parse("classic1k:04A1B2C3"));

    assertThat(host.pass(100_000)).isEmpty();
    assertThat(host.command("02")).isEqualTo("0332010607");
  }

  @Test
  void aNackBringsTheLastReplyAgain() {
    HostSide host = HostSide.awake(chip);
    host.command("02");

    host.send(HostSide.NACK);

    assertThat(host.pass(10_000)).isEqualTo("0000FF06FAD50332010607E800");
  }

  @Test
  void unknownCommandsAndImpossibleParametersAnswerTheErrorFrame() {
    HostSide host = HostSide.awake(chip);

    assertThat(host.exchange("99")).isEqualTo(HostSide.ACK + "0000FF01FF7F8100");
    assertThat(host.exchange("4A0300")).isEqualTo(HostSide.ACK + "0000FF01FF7F8100");
    assertThat(host.exchange("32FF")).isEqualTo(HostSide.ACK + "0000FF01FF7F8100");
  }

  @Test
  void aBrokenChecksumIsMetWithSilenceAndTheNextFrameWorks() {
    HostSide host = HostSide.awake(chip);

    host.send("0000FF02FED4022B00");

    assertThat(host.pass(50_000)).isEmpty();
    assertThat(host.command("02")).isEqualTo("0332010607");
  }

  @Test
  void extraPreamblesAndGarbageBeforeAFrameAreSkipped() {
    HostSide host = HostSide.awake(chip);

    host.send("0000000000" + "FF" + "5A00FF17" + "0000" + "0000FF02FED4022A00" + "00000000");

    assertThat(host.pass(20_000)).endsWith("0000FF06FAD50332010607E800");
  }

  @Test
  void aGoodFrameRightBehindABrokenStartIsFound() {
    HostSide host = HostSide.awake(chip);

    host.send("00FF0505" + "0000FF02FED4022A00");

    assertThat(host.pass(20_000)).endsWith("0000FF06FAD50332010607E800");
    assertThat(chip.brokenFrames()).isEqualTo(1);
  }

  @Test
  void anExtendedFrameIsUnderstood() {
    HostSide host = HostSide.awake(chip);

    host.send("0000FFFFFF0002FED4022A00");

    assertThat(host.pass(20_000)).endsWith("0000FF06FAD50332010607E800");
  }

  @Test
  void aReplyLongerThan255BytesIsExtended() {
    HostSide host = HostSide.awake(chip);
    String echo = "AB".repeat(260);

    byte[] length = {(byte) 0x01, (byte) 0x07};
    host.send(extended("D4" + "0000" + echo, length));

    String heard = host.pass(20_000);
    assertThat(heard).startsWith(HostSide.ACK + "0000FFFFFF" + "0107" + "F8" + "D5" + "01" + "00" + echo);
  }

  private static String extended(String body, byte[] length) {
    byte[] data = HexFormat.of().parseHex(body);
    int sum = 0;
    for (byte value : data) {
      sum += value;
    }
    return "0000FFFFFF%02X%02X%02X%s%02X00".formatted(length[0], length[1], -(length[0] + length[1]) & 0xFF,
        body,
        -sum & 0xFF);
  }

  @Test
  void theFirstFrameAfterPowerUpIsLostWithoutAWakeUp() {
    HostSide host = new HostSide(chip);

    host.send("0000FF02FED4022A00");

    assertThat(host.pass(50_000)).isEmpty();
    assertThat(host.command("02")).isEqualTo("0332010607");
  }

  @Test
  void eachPublishedWakeUpWorks() {
    for (String wakeUp : new String[] {"5555" + "00".repeat(14), "550000", "00".repeat(10)}) {
      Pn532Chip fresh = new Pn532Chip(field, faults, new SplittableRandom(1));
      HostSide host = new HostSide(fresh);

      host.send(wakeUp);
      if (wakeUp.length() == 6) {
        host.pass(2_000);
      }

      assertThat(host.command("02")).as("after %s", wakeUp).isEqualTo("0332010607");
    }
  }

  @Test
  void powerDownSleepsUntilWokenAndForgetsNothing() {
    HostSide host = HostSide.awake(chip);
    host.command("3205FF0100");

    assertThat(host.command("16" + "F0")).isEqualTo("1700");
    assertThat(host.exchange("02")).as("swallowed while waking").isEmpty();
    host.send("5555000000");
    host.pass(2_000);

    assertThat(host.command("4A0100")).as("retries still limited").isEqualTo("4B00");
  }

  @Test
  void aPowerCycleForgetsTheRetryLimit() {
    HostSide host = HostSide.awake(chip);
    host.command("3205FF0100");

    chip.powerCycle();
    HostSide again = HostSide.awake(chip);

    assertThat(again.exchange("4A0100")).isEqualTo(HostSide.ACK);
  }

  @Test
  void theRadioFindsNothingBeforeSamConfiguration() {
    field.put(CardSpec.parse("classic1k:04A1B2C3"));
    HostSide host = new HostSide(chip);
    host.send("55550000000000000000");
    host.pass(2_000);
    host.command("3205FF0100");

    assertThat(host.command("4A0100")).isEqualTo("4B00");
    host.command("1401");
    assertThat(host.command("4A0100")).contains("04A1B2C3");
  }

  @Test
  void aNewBaudRateHoldsFromTheHostsAckOn() {
    HostSide host = HostSide.awake(chip);

    assertThat(host.command("1008")).isEqualTo("11");
    assertThat(chip.baud()).isEqualTo(115_200);
    host.send(HostSide.ACK);

    assertThat(chip.baud()).isEqualTo(1_288_000);
    chip.hostBaud(115_200);
    assertThat(host.exchange("02")).doesNotContain("0332010607");
    chip.hostBaud(1_288_000);
    host.pass(30_000);
    assertThat(host.command("02")).isEqualTo("0332010607");
  }

  @Test
  void theWireTakesEightySevenMicrosecondsPerByte() {
    chip.wireTakesTime(true);
    HostSide host = HostSide.awake(chip);

    host.send("0000FF02FED4022A00");

    assertThat(host.pass(87 * (9 + 6))).as("command and ACK under way, chip time missing").isEmpty();
    assertThat(host.pass(400)).isEqualTo(HostSide.ACK);
    assertThat(host.pass(87 * 13 - 300)).isEmpty();
    assertThat(host.pass(1_000)).isEqualTo("0000FF06FAD50332010607E800");
  }

  @Test
  void diagnoseRegistersGpioAndStatusAnswer() {
    HostSide host = HostSide.awake(chip);

    assertThat(host.command("0000" + "CAFE")).isEqualTo("0100CAFE");
    assertThat(host.command("0001")).isEqualTo("0100");
    assertThat(host.command("08" + "6305" + "5A" + "6306" + "A5")).isEqualTo("09");
    assertThat(host.command("06" + "6305" + "6306" + "6307")).isEqualTo("07" + "5A" + "A5" + "00");
    assertThat(host.command("0C")).hasSize(8);
    assertThat(host.command("0E" + "8000")).isEqualTo("0F");
    assertThat(host.command("04")).startsWith("0500");
  }

  @Test
  void autoPollReportsTypesAndEndsAfterItsRounds() {
    HostSide host = HostSide.awake(chip);

    assertThat(host.command("60" + "02" + "01" + "10")).isEqualTo("6100");
    field.put(CardSpec.parse("classic1k:04A1B2C3"));
    field.put(CardSpec.parse("desfire:04A1B2C3D4E5F6"));

    assertThat(host.command("60" + "FF" + "01" + "10" + "20"))
        .isEqualTo("6102" + "10" + "09" + "01000408" + "04"
            + "04A1B2C3" + "20" + "12" + "02034420" + "07" + "04A1B2C3D4E5F6" + "067577810280");
  }

  @Test
  void aRemovedCardTimesOutAndMustBeListedAgain() {
    Card card = CardSpec.parse("ntag:04112233445566");
    field.put(card);
    HostSide host = HostSide.awake(chip);
    host.command("4A0100");

    field.remove(card);
    assertThat(host.command("40013000")).isEqualTo("4101");
    field.put(card);
    assertThat(host.command("40013000")).as("not selected again").isEqualTo("4101");
    host.command("4A0100");

    assertThat(host.command("40013000")).startsWith("4100").hasSize(4 + 32);
  }

  @Test
  void aCardTakenAwayDuringACommandDidNotDoIt() {
    Card card = CardSpec.parse("ntag:04112233445566");
    field.put(card);
    HostSide host = HostSide.awake(chip);
    host.command("4A0100");

    host.send(HostSide.frame("4001A20401020304"));
    host.pass(1_000);
    field.remove(card);

    assertThat(host.pass(200_000)).contains("D54101");
    field.put(card);
    host.command("4A0100");
    assertThat(host.command("40013004")).isEqualTo("4100" + "00".repeat(16));
  }

  @Test
  void classicAuthenticationGoesThroughDataExchange() {
    field.put(CardSpec.parse("classic1k:04A1B2C3"));
    HostSide host = HostSide.awake(chip);
    host.command("4A0100");

    assertThat(host.command("4001" + "6004" + "FFFFFFFFFFFF" + "04A1B2C3")).isEqualTo("4100");
    assertThat(host.command("4001" + "3004")).isEqualTo("4100" + "00".repeat(16));
    assertThat(host.command("4001" + "6004" + "A0A1A2A3A4A5" + "04A1B2C3")).isEqualTo("4114");
    assertThat(host.command("4001" + "6004" + "FFFFFFFFFFFF" + "04A1B2C3")).as("halted").isEqualTo("4101");
    host.command("4A0100");
    assertThat(host.command("4001" + "6004" + "FFFFFFFFFFFF" + "04A1B2C3")).isEqualTo("4100");
  }

  @Test
  void authenticationWithSevenUidBytesIsASyntaxError() {
    field.put(CardSpec.parse("classic1k:04A1B2C3D4E5F6"));
    HostSide host = HostSide.awake(chip);
    host.command("4A0100");

    assertThat(host.exchange("4001" + "6004" + "FFFFFFFFFFFF" + "04A1B2C3D4E5F6"))
        .endsWith("0000FF01FF7F8100");
    assertThat(host.command("4001" + "6004" + "FFFFFFFFFFFF" + "C3D4E5F6")).isEqualTo("4100");
  }

  @Test
  void deselectSilencesAndSelectBringsBack() {
    field.put(CardSpec.parse("desfire:04A1B2C3D4E5F6"));
    HostSide host = HostSide.awake(chip);
    host.command("4A0100");

    assertThat(host.command("4401")).isEqualTo("4500");
    assertThat(host.command("400160")).isEqualTo("4101");
    assertThat(host.command("5401")).isEqualTo("5500");
    assertThat(host.command("400160")).startsWith("4100AF");
    assertThat(host.command("5200")).isEqualTo("5300");
    assertThat(host.command("400160")).isEqualTo("4127");
  }

  @Test
  void aDeselectedCardLetsTheNextOneBeListed() {
    field.put(CardSpec.parse("classic1k:04A1B2C3"));
    field.put(CardSpec.parse("ntag:04112233445566"));
    HostSide host = HostSide.awake(chip);
    host.command("3205FF0100");

    assertThat(host.command("4A0100")).contains("04A1B2C3");
    host.command("4400");
    assertThat(host.command("4A0100")).contains("04112233445566");
    host.command("4400");
    assertThat(host.command("4A0100")).isEqualTo("4B00");
    host.command("320100");

    assertThat(host.command("4A0100")).as("the field was off").contains("04A1B2C3");
  }

  @Test
  void communicateThruSendsRawFrames() {
    field.put(CardSpec.parse("ntag:04112233445566"));
    HostSide host = HostSide.awake(chip);
    host.command("4A0100");

    assertThat(host.command("4260")).isEqualTo("4300" + "0004040201000F03");
  }

  @Test
  void aLongCommandCanBeChained() {
    field.put(CardSpec.parse("desfire:04A1B2C3D4E5F6"));
    HostSide host = HostSide.awake(chip);
    host.command("4A0100");

    assertThat(host.command("40" + "41" + "5A00")).isEqualTo("4100");
    assertThat(host.command("40" + "01" + "0000")).isEqualTo("410000");
  }

  @Test
  void aChainEndsWithAnotherCommandAndCannotGrowWithoutEnd() {
    field.put(CardSpec.parse("desfire:04A1B2C3D4E5F6"));
    HostSide host = HostSide.awake(chip);
    host.command("4A0100");

    host.command("40" + "41" + "5A00");
    host.command("02");
    assertThat(host.command("40" + "01" + "60")).as("not 5A 00 60").startsWith("4100AF");
    for (int i = 0; i < 18; i++) {
      host.command("40" + "41" + "00".repeat(220));
    }

    assertThat(host.command("40" + "41" + "00".repeat(220))).isEqualTo("4107");
  }

  @Test
  void withTheFieldOffNoTargetIsLeft() {
    field.put(CardSpec.parse("ntag:04112233445566"));
    HostSide host = HostSide.awake(chip);
    host.command("4A0100");

    host.command("320100");

    assertThat(host.command("40013000")).isEqualTo("4127");
  }
}
