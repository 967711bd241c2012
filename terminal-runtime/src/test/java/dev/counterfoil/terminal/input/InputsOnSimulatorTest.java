package dev.counterfoil.terminal.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.keypad.SerialKeys;
import dev.counterfoil.sim.device.scanner.Gm65Scanner;
import dev.counterfoil.sim.device.serial.SerialDevice;
import dev.counterfoil.sim.line.PtyLine;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.KeypadEvent;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.driver.keypad.SerialKeypadSettings;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings;
import dev.counterfoil.terminal.line.ImpatientClock;
import dev.counterfoil.terminal.line.PiBoard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real drivers, threads and serial library over pseudo-terminals.
class InputsOnSimulatorTest {

  private static final long PATIENCE_SECONDS = 20;

  @TempDir
  Path folder;

  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

  @Test
  void aScannerIsSetUpReadUnpluggedAndBack() throws InterruptedException {
    var model = new Gm65Scanner();
    var pty = PtyLine.publishedAt(folder.resolve("scanner"));
    try (var device = SerialDevice.start(pty, model, SerialDevice.Speed.of(pty, 9_600));
        var inputs = inputs(scanner(9_600), Optional.empty())) {
      inputs.start();
      await(new CodeEvent.CodeReaderRecovered()::equals);
      assertThat(model.looks()).isTrue();

      device.say("6901234567892\r".getBytes(StandardCharsets.US_ASCII));
      await(new CodeEvent.CodeRead("6901234567892")::equals);

      pty.unplug();
      device.powerCycle();
      await(event -> event instanceof CodeEvent.CodeReaderFault);
      pty.replug();
      await(new CodeEvent.CodeReaderRecovered()::equals);
      assertThat(model.looks()).isTrue();
      device.say("4006381333931".getBytes(StandardCharsets.US_ASCII));
      await(new CodeEvent.CodeRead("4006381333931")::equals);
    }
  }

  @Test
  void aWrongSpeedIsNoticedAtStart() throws InterruptedException {
    var pty = PtyLine.publishedAt(folder.resolve("scanner"));
    try (var _ = SerialDevice.start(pty, new Gm65Scanner(), SerialDevice.Speed.of(pty, 9_600));
        var inputs = inputs(scanner(115_200), Optional.empty())) {
      inputs.start();

      await(event -> event instanceof CodeEvent.CodeReaderFault(var fault)
          && fault.code() == FaultCode.SCANNER_SILENT);
    }
  }

  @Test
  void aSerialKeypadPressesKeys() throws InterruptedException {
    var pty = PtyLine.publishedAt(folder.resolve("keys"));
    var keys = new SerialKeys("\r", 1);
    try (var device = SerialDevice.start(pty, keys, SerialDevice.Speed.of(pty, 9_600));
        var inputs = inputs(Optional.empty(), Optional.of(new InputSetup.SerialKeys(
            folder.resolve("keys").toString(), 9_600, SerialKeypadSettings.defaults())))) {
      inputs.start();
      await(new KeypadEvent.KeypadRecovered()::equals);

      for (char key : "8#".toCharArray()) {
        device.say(keys.press(key));
        await(new KeypadEvent.KeyPressed(key)::equals);
      }
    }
  }

  @Test
  void aNumberIsNoWayAroundAProof() {
    var presented = new ReaderEvent.CardPresented(CardIdentity.ofNumber(new byte[] {4, 1, 2, 3}));
    var random = new ReaderEvent.CardPresented(CardIdentity.ofNumber(new byte[] {8, 1, 2, 3}));

    assertThat(new NumberRule(true).judge(presented)).isEqualTo(presented);
    assertThat(new NumberRule(true).judge(random))
        .isEqualTo(new ReaderEvent.CardRefused(random.card(), CardRefusal.CARD_UNIDENTIFIED));
    assertThat(new NumberRule(false).judge(presented))
        .isEqualTo(new ReaderEvent.CardRefused(presented.card(), CardRefusal.CARD_WRONG_KIND));
  }

  private Optional<InputSetup.Scanner> scanner(int baud) {
    return Optional.of(new InputSetup.Scanner(folder.resolve("scanner").toString(), baud,
        new ScannerSettings(ScannerSettings.Family.GM65, ScannerSettings.Mode.CONTINUOUS, 3_000)));
  }

  private Inputs inputs(Optional<InputSetup.Scanner> scanner, Optional<InputSetup.SerialKeys> keys) {
    return new Inputs(new InputSetup(scanner, keys, Optional.empty(), Optional.empty(), Optional.empty()),
        PiBoard::open, new ImpatientClock(), new NumberRule(true),
        new Inputs.Listener() {
          @Override
          public void code(CodeEvent event) {
            events.add(event);
          }

          @Override
          public void key(KeypadEvent event) {
            events.add(event);
          }

          @Override
          public void card(ReaderEvent event) {
            events.add(event);
          }

          @Override
          public void scale(ScaleEvent event) {
            events.add(event);
          }
        });
  }

  private void await(Predicate<Object> wanted) throws InterruptedException {
    Object event;
    do {
      event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(event).as("nothing came that was waited for").isNotNull();
    } while (!wanted.test(event));
  }
}
