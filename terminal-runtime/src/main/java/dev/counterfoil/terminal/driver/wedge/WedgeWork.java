package dev.counterfoil.terminal.driver.wedge;

import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.driver.upkeep.Work;
import dev.counterfoil.terminal.driver.wedge.WedgeSettings.Content;
import dev.counterfoil.terminal.driver.wedge.WedgeText.Typed;
import dev.counterfoil.terminal.line.InputDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Consumer;

/// What the thread of a keyboard-like reader does. Such a reader cannot be asked anything; that it was unplugged is noticed.
/// No checksum protects what it types, but USB's own does on the wire; what is lost in the kernel is said by the kernel.
public final class WedgeWork implements Work {

  private static final long IDLE_MILLIS = 1_000;
  private static final int TYPE_OFFSET = 16;

  private final InputDevice device;
  private final MonotonicClock clock;
  private final WedgeSettings settings;
  private final Consumer<ReaderEvent> cards;
  private final Consumer<CodeEvent> codes;
  private WedgeText text = new WedgeText();
  private Optional<CardIdentity> present = Optional.empty();
  private long presentMillis;

  private WedgeWork(InputDevice device, MonotonicClock clock, WedgeSettings settings,
      Consumer<ReaderEvent> cards, Consumer<CodeEvent> codes) {
    this.device = device;
    this.clock = clock;
    this.settings = settings;
    this.cards = cards;
    this.codes = codes;
  }

  /// A reader that types card numbers.
  ///
  /// @param device closed still, and used by nobody else
  public static WedgeWork cards(InputDevice device, MonotonicClock clock, WedgeSettings settings,
      Consumer<ReaderEvent> listener) {
    return new WedgeWork(device, clock, settings, listener, _ -> {
      throw new IllegalStateException("it types no codes");
    });
  }

  /// A scanner that types codes.
  ///
  /// @param device closed still, and used by nobody else
  public static WedgeWork codes(InputDevice device, MonotonicClock clock, WedgeSettings settings,
      Consumer<CodeEvent> listener) {
    return new WedgeWork(device, clock, settings, _ -> {
      throw new IllegalStateException("it types no cards");
    }, listener);
  }

  @Override
  public String name() {
    return "keyboard " + device.name();
  }

  @Override
  public void open() throws DeviceFaultException {
    text = new WedgeText();
    device.open();
  }

  @Override
  public void turn() throws DeviceFaultException {
    var bytes = device.read(text.isMidText() ? WedgeSettings.BROKEN_OFF_MILLIS : IDLE_MILLIS);
    var events = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < bytes.length; at += InputDevice.EVENT_LENGTH) {
      text.event(events.getShort(at + TYPE_OFFSET), events.getShort(at + TYPE_OFFSET + 2) & 0xFFFF,
          events.getInt(at + TYPE_OFFSET + 4)).ifPresent(this::tell);
    }
    if (bytes.length == 0 && text.isMidText()) {
      text.brokenOff().ifPresent(this::tell);
    }
    goneByNow();
  }

  private void tell(Typed typed) {
    switch (typed) {
      case Typed.Damaged(var reason) -> misread(reason);
      case Typed.Text(var typedText) when settings.content() == Content.CODE ->
        codes.accept(new CodeEvent.CodeRead(typedText));
      case Typed.Text(var number) -> CardNumbers.read(settings.content(), number).ifPresentOrElse(this::card,
          () -> misread(number.length() + " characters that are no " + settings.content()));
    }
  }

  private void misread(String reason) {
    var fault = new DeviceFault(FaultCode.CARD_MISREAD, name(), reason);
    if (settings.content() == Content.CODE) {
      codes.accept(new CodeEvent.CodeMisread(fault));
    } else {
      cards.accept(new ReaderEvent.CardMisread(fault));
    }
  }

  private void card(CardIdentity card) {
    boolean again = present.filter(card::equals).isPresent();
    present = Optional.of(card);
    presentMillis = clock.millis();
    if (!again) {
      cards.accept(new ReaderEvent.CardPresented(card));
    }
  }

  private void goneByNow() {
    if (present.isPresent() && clock.millis() - presentMillis >= settings.repeatMillis()) {
      cards.accept(new ReaderEvent.CardRemoved(present.get()));
      present = Optional.empty();
    }
  }

  @Override
  public void close() {
    device.close();
  }
}
