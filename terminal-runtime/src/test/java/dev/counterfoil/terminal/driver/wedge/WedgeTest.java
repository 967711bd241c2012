package dev.counterfoil.terminal.driver.wedge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.scanner.PaymentCodes;
import dev.counterfoil.sim.device.wedge.TypedEvents;
import dev.counterfoil.sim.device.wedge.WedgePipe;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.wedge.WedgeSettings.Content;
import dev.counterfoil.terminal.driver.wedge.WedgeText.Typed;
import dev.counterfoil.terminal.line.EvdevDevice;
import dev.counterfoil.terminal.line.ImpatientClock;
import dev.counterfoil.terminal.line.InputDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WedgeTest {

  /// Ten keys, each going down and up, each change with its report.
  private static final int ENTER_EVENT = 40;

  @TempDir
  Path folder;

  /// Key 2 is `1`, 30 `a`, 42 shift, 28 ENTER (linux/input-event-codes.h).
  @Test
  void keysAreThoseOfTheKernel() {
    var text = new WedgeText();
    text.event(1, 2, 1);
    text.event(1, 2, 2);
    text.event(1, 2, 0);
    text.event(1, 42, 1);
    text.event(1, 30, 1);
    text.event(1, 42, 0);
    text.event(1, 30, 0);
    text.event(4, 4, 458_792);

    assertThat(text.event(1, 28, 1)).contains(new Typed.Text("1A"));
    assertThat(text.event(1, 28, 1)).as("ENTER alone is nothing").isEmpty();
  }

  @Test
  void aPaymentCodeIsTypedLetterByLetter() {
    String code = PaymentCodes.draw(new Random(4));

    assertThat(typed(new TypedEvents().line(code))).containsExactly(new Typed.Text(code));
  }

  @Test
  void cardNumbersHaveTheirExactForm() {
    assertThat(uid(Content.DECIMAL10, "0077963971")).isEqualTo("04a5a2c3");
    assertThat(uid(Content.DECIMAL10, "4294967295")).isEqualTo("ffffffff");
    assertThat(uid(Content.DECIMAL10, "4294967296")).isEqualTo("none");
    assertThat(uid(Content.DECIMAL10, "077963971")).isEqualTo("none");
    assertThat(uid(Content.DECIMAL10, "00779639710")).isEqualTo("none");
    assertThat(uid(Content.DECIMAL8, "01203456")).isEqualTo("1a000c0d80");
    assertThat(uid(Content.DECIMAL8, "25603456")).isEqualTo("none");
    assertThat(uid(Content.DECIMAL8, "01265536")).isEqualTo("none");
    assertThat(uid(Content.HEX8, "04A5a2C3")).isEqualTo("04a5a2c3");
    assertThat(uid(Content.HEX8, "04A5A2G3")).isEqualTo("none");
    assertThat(uid(Content.HEX14, "04112233445566")).isEqualTo("04112233445566");
  }

  /// Whatever single event is lost or doubled, or dropped with the kernel's word: the number, or a fault.
  @Test
  void aLostKeyIsAFaultAndNeverAnotherNumber() {
    byte[] good = new TypedEvents().line("0077963971");
    for (int event = 0; event < good.length / InputDevice.EVENT_LENGTH; event++) {
      int at = event * InputDevice.EVENT_LENGTH;
      byte[] lost = joined(Arrays.copyOf(good, at),
          Arrays.copyOfRange(good, at + InputDevice.EVENT_LENGTH, good.length));
      byte[] told = joined(joined(Arrays.copyOf(good, at), new TypedEvents().dropped()),
          Arrays.copyOfRange(good, at, good.length));
      typed(lost).forEach(typed -> assertThat(uid(Content.DECIMAL10, typed)).isIn("04a5a2c3", "none"));
      boolean before = event <= ENTER_EVENT;
      typed(told).forEach(typed -> assertThat(typed instanceof Typed.Damaged).isEqualTo(before));
    }
  }

  /// The real calls of the C library on a pipe that carries what the kernel would say.
  @Test
  void aReaderTypesIsUnpluggedAndComesBack() throws InterruptedException {
    var path = folder.resolve("event0");
    var keys = new TypedEvents();
    var events = new LinkedBlockingQueue<ReaderEvent>();
    try (var pipe = new WedgePipe(path);
        var reader = new WedgeCardReader(new EvdevDevice(path.toString()), new ImpatientClock(),
            new WedgeSettings(Content.DECIMAL10, 300))) {
      reader.start(events::add);
      assertThat(next(events)).isInstanceOf(ReaderEvent.ReaderRecovered.class);

      pipe.send(keys.line("0077963971"));
      assertThat(next(events)).isInstanceOfSatisfying(ReaderEvent.CardPresented.class,
          event -> assertThat(HexFormat.of().formatHex(event.card().uid())).isEqualTo("04a5a2c3"));
      pipe.send(keys.line("12"));
      assertThat(next(events)).isInstanceOfSatisfying(ReaderEvent.CardMisread.class,
          event -> assertThat(event.fault().detail()).isEqualTo("2 characters that are no DECIMAL10"));

      pipe.unplug();
      assertThat(untilFault(events)).isIn(FaultCode.LINE_LOST, FaultCode.LINE_MISSING);
      pipe.plug();
      ReaderEvent event = next(events);
      while (!(event instanceof ReaderEvent.ReaderRecovered)) {
        event = next(events);
      }
      pipe.send(keys.broken("00779"));
      assertThat(next(events)).isInstanceOfSatisfying(ReaderEvent.CardMisread.class,
          misread -> assertThat(misread.fault().detail()).isEqualTo("no ENTER came"));
    }
  }

  @Test
  void aScannerTypesCodes() throws InterruptedException {
    var path = folder.resolve("event1");
    var events = new LinkedBlockingQueue<CodeEvent>();
    try (var pipe = new WedgePipe(path);
        var reader = new WedgeCodeReader(new EvdevDevice(path.toString()), new ImpatientClock(),
            new WedgeSettings(Content.CODE, 300))) {
      reader.start(events::add);
      assertThat(next(events)).isInstanceOf(CodeEvent.CodeReaderRecovered.class);

      pipe.send(new TypedEvents().line("6901234567892"));
      assertThat(next(events)).isEqualTo(new CodeEvent.CodeRead("6901234567892"));
      pipe.send(joined(new TypedEvents().dropped(), new TypedEvents().line("690")));
      assertThat(next(events)).isInstanceOf(CodeEvent.CodeMisread.class);
    }
  }

  private static <E> E next(LinkedBlockingQueue<E> events) throws InterruptedException {
    E event = events.poll(20, TimeUnit.SECONDS);
    assertThat(event).as("nothing came that was waited for").isNotNull();
    return event;
  }

  private static FaultCode untilFault(LinkedBlockingQueue<ReaderEvent> events) throws InterruptedException {
    while (true) {
      if (next(events) instanceof ReaderEvent.ReaderFault(var fault)) {
        return fault.code();
      }
    }
  }

  private static List<Typed> typed(byte[] bytes) {
    var text = new WedgeText();
    var typed = new ArrayList<Typed>();
    var events = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < bytes.length; at += InputDevice.EVENT_LENGTH) {
      text.event(events.getShort(at + 16), events.getShort(at + 18), events.getInt(at + 20))
          .ifPresent(typed::add);
    }
    return typed;
  }

  private static String uid(Content content, Typed typed) {
    return typed instanceof Typed.Text(var text) ? uid(content, text) : "none";
  }

  private static String uid(Content content, String text) {
    return CardNumbers.read(content, text).map(card -> HexFormat.of().formatHex(card.uid())).orElse("none");
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
