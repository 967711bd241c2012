package dev.counterfoil.terminal.driver.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.PaymentCode;
import dev.counterfoil.sim.device.scanner.De2120Scanner;
import dev.counterfoil.sim.device.scanner.Gm65Scanner;
import dev.counterfoil.sim.device.scanner.PaymentCodes;
import dev.counterfoil.sim.device.serial.SerialModel;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings.Family;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings.Mode;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.ModelLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The drivers against models written from the manuals alone, on virtual time.
class ScannerTest {

  /// Held, or the level set on it would be forgotten with the logger.
  private static final Logger UPKEEP_LOG = Logger.getLogger(Upkeep.class.getName());

  private final FakeClock clock = new FakeClock();
  private final List<CodeEvent> events = new ArrayList<>();

  @BeforeAll
  static void keepTheLogShort() {
    UPKEEP_LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    UPKEEP_LOG.setLevel(null);
  }

  /// GM65 manual and public copies of it, see design page hardware.md 2.7.
  @Test
  void commandsAndAnswersAreThoseOfTheManual() {
    assertThat(hex(Gm65Frames.command(0x09, 0, 0))).isEqualTo("7E000901000000DEC8");
    assertThat(hex(Gm65Frames.command(Gm65Frames.READ, 0x2A, 2))).isEqualTo("7E000701002A02D80F");
    assertThat(Gm65Frames.answer(HexFormat.of().parseHex("0D02000001003331"), 1)).get()
        .satisfies(found -> assertThat(found.data()).containsExactly(0))
        .satisfies(found -> assertThat(found.from()).isEqualTo(1));
    assertThat(Gm65Frames.answer(HexFormat.of().parseHex("02000001003332"), 1)).isEmpty();
    assertThat(
        hex(new Gm65Scanner().hear(HexFormat.of().parseHex("7E0008010002 01ABCD".replace(" ", "")), 0)))
        .as("AB CD is not checked").isEqualTo("02000001003331");
    assertThat(new Gm65Scanner().hear(HexFormat.of().parseHex("7E000801002A39A7EA"), 0)).isEmpty();
  }

  @Test
  void aGm65IsSetUpAtStartAndKeepsWhatTheInstallerSet() throws InterruptedException {
    var model = new Gm65Scanner();
    var rig = rig(model, Family.GM65, Mode.MOTION);

    rig.upkeep.turn();

    assertThat(model.zone(0)).isEqualTo(0xD7);
    assertThat(model.zone(0x13)).isZero();
    assertThat(events).containsExactly(new CodeEvent.CodeReaderRecovered());
  }

  @Test
  void aDe2120IsSetUpByItsWords() throws InterruptedException {
    var model = new De2120Scanner();
    var rig = rig(model, Family.DE2120, Mode.CONTINUOUS);

    rig.upkeep.turn();

    assertThat(model.setting("SCM")).isEqualTo("CNT");
    assertThat(model.setting("CNTALW")).isEqualTo("2");
    assertThat(events).containsExactly(new CodeEvent.CodeReaderRecovered());
  }

  @Test
  void aCodeEndsWithCrLfBothOrSilenceAndIsToldOnceWhileItIsHeldThere() throws InterruptedException {
    for (String tail : List.of("\r", "\n", "\r\n", "")) {
      events.clear();
      var rig = rig(new Gm65Scanner(), Family.GM65, Mode.CONTINUOUS);
      rig.upkeep.turn();

      for (int held = 0; held < 5; held++) {
        rig.scan("6901234567892" + tail);
      }
      clock.advance(3_500);
      rig.scan("6901234567892" + tail);

      assertThat(texts()).as("tail %s", hex(tail.getBytes(StandardCharsets.US_ASCII)))
          .containsExactly("6901234567892", "6901234567892");
    }
  }

  @Test
  void halfACodeAndTwoGluedTogetherAreNeverTakenForOne() throws InterruptedException {
    var rig = rig(new Gm65Scanner(), Family.GM65, Mode.CONTINUOUS);
    rig.upkeep.turn();
    String code = PaymentCodes.draw(new Random(1));

    rig.scan(code.substring(0, 33));
    rig.scan(code + code + "\r");
    rig.scan("x".repeat(5_000) + code + "\r");
    rig.scan(code + "\r");

    assertThat(texts()).hasSize(4);
    assertThat(texts().stream().map(PaymentCode::read)).filteredOn(PaymentCode.Reading.Ours.class::isInstance)
        .containsExactly(new PaymentCode.Reading.Ours(new PaymentCode(code)));
    assertThat(events.toString()).doesNotContain(code);
  }

  @Test
  void aScannerThatLostItsSettingsIsSetUpAnewAndACodeMeanwhileIsKept() throws InterruptedException {
    var model = new Gm65Scanner();
    var rig = rig(model, Family.GM65, Mode.CONTINUOUS);
    rig.upkeep.turn();

    model.powerCycle();
    rig.turns(40);
    assertThat(model.looks()).isTrue();
    assertThat(faults()).containsExactly(FaultCode.SCANNER_REFUSED);
    assertThat(events.getLast()).isEqualTo(new CodeEvent.CodeReaderRecovered());

    rig.line.say("4006381333931\r".getBytes(StandardCharsets.US_ASCII));
    clock.advance(20_000);
    rig.turns(3);
    assertThat(texts()).containsExactly("4006381333931");
  }

  @Test
  void eachWayOfNotWorkingHasItsCodeAndEndsByItself() throws InterruptedException {
    var model = new Gm65Scanner();
    var rig = rig(model, Family.GM65, Mode.CONTINUOUS);
    model.deaf(true);
    rig.turns(3);
    model.deaf(false);
    rig.turns(2);
    rig.line.unplugged(true);
    rig.turns(3);
    rig.line.unplugged(false);
    rig.turns(2);
    model.stubborn(true);
    model.powerCycle();
    rig.turns(40);

    assertThat(faults()).containsExactly(FaultCode.SCANNER_SILENT, FaultCode.LINE_LOST,
        FaultCode.LINE_MISSING, FaultCode.SCANNER_REFUSED);

    events.clear();
    var wrongSpeed = rig((bytes, _) -> new byte[] {(byte) 0xF8, 0x1E}, Family.GM65);
    wrongSpeed.turns(2);
    var refusing = new De2120Scanner();
    refusing.refusing(true);
    rig(refusing, Family.DE2120, Mode.CONTINUOUS).turns(2);
    assertThat(faults()).containsExactly(FaultCode.SCANNER_GARBLED, FaultCode.SCANNER_REFUSED);
  }

  @Test
  void aDamagedLineNeverGivesAValueThatIsNotInTheScanner() {
    exchanges(5_000, 11);
  }

  /// The figures of docs/reliability.md.
  @Test
  @Tag("nightly")
  void aHundredThousandExchangesWithOneByteInAHundredDamaged() {
    System.out.println(exchanges(100_000, 12));
  }

  /// Reads of zones over a line on which 1 % of the bytes are turned, and 0.1 % lost, doubled or led by a foreign one.
  private String exchanges(int count, long seed) {
    var random = new Random(seed);
    var model = new Gm65Scanner();
    int right = 0;
    int faults = 0;
    for (int i = 0; i < count; i++) {
      var line = new ModelLine(clock, random, model::hear).damage(0.01, 0.001);
      int zone = random.nextInt(0x60);
      model.powerCycle();
      try {
        line.open();
        var data = new ScannerTalk(line, clock).ask("zone", Gm65Frames.command(Gm65Frames.READ, zone, 1),
            bytes -> Gm65Frames.answer(bytes, 1));
        assertThat(data[0] & 0xFF).as("seed %d exchange %d zone %d", seed, i, zone)
            .isEqualTo(model.zone(zone));
        right++;
      } catch (DeviceFaultException e) {
        assertThat(e.fault().code()).isIn(FaultCode.SCANNER_SILENT, FaultCode.SCANNER_GARBLED);
        faults++;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(right).isGreaterThan(count * 9 / 10);
    return "GM65: " + count + " exchanges, " + right + " right, " + faults + " faults, 0 misread";
  }

  /// Codes of ours on a line that damages one byte in twenty: the right one, or none.
  @Test
  void aDamagedCodeIsNeverAnotherCode() throws InterruptedException {
    for (long seed = 1; seed <= 100; seed++) {
      var random = new Random(seed);
      events.clear();
      var rig = rig((_, _) -> new byte[0], Family.PLAIN);
      rig.line.damage(0.01 * random.nextDouble(), 0.01 * random.nextDouble());
      var sent = new ArrayList<PaymentCode.Reading>();
      for (int i = 0; i < 20; i++) {
        String code = PaymentCodes.draw(random);
        sent.add(PaymentCode.read(code));
        rig.scan(random.nextInt(4) == 0 ? code : code + "\r\n");
      }
      assertThat(texts().stream().map(PaymentCode::read)
          .filter(PaymentCode.Reading.Ours.class::isInstance)).as("seed %d", seed).isNotEmpty()
          .allMatch(sent::contains);
    }
  }

  private record Rig(Upkeep upkeep, ModelLine line) {

    void turns(int count) throws InterruptedException {
      for (int i = 0; i < count; i++) {
        upkeep.turn();
      }
    }

    void scan(String text) throws InterruptedException {
      line.say(text.getBytes(StandardCharsets.ISO_8859_1));
      do {
        upkeep.turn();
      } while (!line.isDrained());
      upkeep.turn();
    }
  }

  private Rig rig(SerialModel model, Family family, Mode mode) {
    return rig(model::hear, new ScannerSettings(family, mode, 3_000));
  }

  private Rig rig(ModelLine.Model model, Family family) {
    return rig(model, new ScannerSettings(family, Mode.CONTINUOUS, 3_000));
  }

  private Rig rig(ModelLine.Model model, ScannerSettings settings) {
    var line = new ModelLine(clock, new Random(5), model);
    return new Rig(new Upkeep(new ScannerWork(line, clock, settings, events::add), clock,
        Upkeep.Listener.telling(events::add, CodeEvent.CodeReaderFault::new,
            new CodeEvent.CodeReaderRecovered())),
        line);
  }

  private List<String> texts() {
    return events.stream().filter(CodeEvent.CodeRead.class::isInstance).map(CodeEvent.CodeRead.class::cast)
        .map(CodeEvent.CodeRead::text).toList();
  }

  private List<FaultCode> faults() {
    return events.stream().filter(CodeEvent.CodeReaderFault.class::isInstance)
        .map(CodeEvent.CodeReaderFault.class::cast).map(event -> event.fault().code()).toList();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
