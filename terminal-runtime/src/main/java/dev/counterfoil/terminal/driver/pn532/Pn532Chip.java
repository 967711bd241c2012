package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.driver.pn532.Pn532Exchange.Event;
import dev.counterfoil.terminal.driver.pn532.Pn532Exchange.State;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The commands of a PN532 on an open wire, each blocking until its reply or its failure.
///
/// Every command throws [DeviceFaultException] with `READER_SILENT`, `READER_GARBLED` or `READER_REFUSED` after the
/// repetitions of [Pn532Exchange] are used up, and `LINE_LOST` when the wire breaks. All commands may be repeated safely,
/// except [#exchangeData]: what a card was told once it must not be told twice.
///
/// Threads: the one that owns the line. A command blocks for at most about 1.2 s with the default settings.
public final class Pn532Chip {

  /// A gap this long inside a frame means that the rest was lost: 115200 baud needs 0.09 ms a byte, and no adapter
  /// holds bytes back for longer.
  private static final long BROKEN_OFF_MILLIS = 30;
  /// How long the chip takes from the wake-up bytes to being ready: 2 ms (manual section 7.2.11), with a margin.
  private static final long WAKE_UP_MILLIS = 5;

  private static final int GET_FIRMWARE_VERSION = 0x02;
  private static final int SET_PARAMETERS = 0x12;
  private static final int SAM_CONFIGURATION = 0x14;
  private static final int RF_CONFIGURATION = 0x32;
  private static final int IN_DATA_EXCHANGE = 0x40;
  private static final int IN_LIST_PASSIVE_TARGET = 0x4A;
  private static final int IN_RELEASE = 0x52;

  private static final byte NORMAL_MODE = 0x01;
  private static final byte AUTOMATIC_ATR_AND_RATS = 0x14;
  private static final byte ITEM_RETRIES = 0x05;
  private static final byte RETRIES_ATR_DEFAULT = (byte) 0xFF;
  private static final byte RETRIES_PSL_DEFAULT = 0x01;
  private static final byte BAUD_106_TYPE_A = 0x00;
  private static final byte ALL_TARGETS = 0x00;
  private static final byte TWO_TARGETS = 0x02;
  private static final int FIRST_TARGET = 0x01;

  /// Data of one InDataExchange; what is longer goes in several, with the bit of more information.
  private static final int MOST_DATA = 262;
  private static final int MORE_INFORMATION = 0x40;
  private static final int STATUS_BITS = 0x3F;
  /// A card's whole answer; far above any that is asked for, so that nothing fills the memory.
  private static final int LONGEST_ANSWER = 4_096;

  /// Tries of one look into the field after the first: one more, because a card that was just released may need the
  /// first request to wake up. The chip's own default is for ever, which would keep it deaf to us.
  private static final byte RETRIES_ACTIVATION = 0x01;

  private final Pn532Wire wire;
  private final MonotonicClock clock;
  private final Pn532Settings settings;
  private final Pn532FrameDecoder decoder = new Pn532FrameDecoder();

  /// What GetFirmwareVersion answers.
  ///
  /// @param chip     32 (hexadecimal) for a PN532
  /// @param version  major version of the firmware
  /// @param revision minor version of the firmware
  /// @param support  bit 0 type A, bit 1 type B, bit 2 ISO 18092
  public record Firmware(int chip, int version, int revision, int support) {

    private static final int PN532 = 0x32;

    /// Whether this is the chip that this driver was written for.
    public boolean isPn532() {
      return chip == PN532;
    }
  }

  public Pn532Chip(Pn532Wire wire, MonotonicClock clock, Pn532Settings settings) {
    this.wire = wire;
    this.clock = clock;
    this.settings = settings;
  }

  /// Brings the chip from any state to one in which it answers: awake, nothing running, set up for cards.
  ///
  /// The abort comes first, always: a program killed in mid-command leaves the chip busy, and some chips then stay
  /// deaf until their power is cut.
  public Firmware start() throws DeviceFaultException, InterruptedException {
    decoder.requirePostamble(false);
    wire.wakeUp();
    wire.write(Pn532Frames.ack());
    clock.await(WAKE_UP_MILLIS);
    setUp("SAMConfiguration", (byte) SAM_CONFIGURATION, NORMAL_MODE, (byte) 0, (byte) 0);
    var firmware = firmware();
    setUp("SetParameters", (byte) SET_PARAMETERS, AUTOMATIC_ATR_AND_RATS);
    decoder.requirePostamble(true);
    setUp("RFConfiguration", (byte) RF_CONFIGURATION, ITEM_RETRIES, RETRIES_ATR_DEFAULT,
        RETRIES_PSL_DEFAULT,
        RETRIES_ACTIVATION);
    return firmware;
  }

  /// Chip and firmware version.
  public Firmware firmware() throws DeviceFaultException, InterruptedException {
    var reply = setUp("GetFirmwareVersion", (byte) GET_FIRMWARE_VERSION);
    if (reply.length != 5) {
      throw fault(FaultCode.READER_REFUSED, "firmware version of " + reply.length + " bytes");
    }
    var firmware = new Firmware(reply[1] & 0xFF, reply[2] & 0xFF, reply[3] & 0xFF, reply[4] & 0xFF);
    if (!firmware.isPn532()) {
      throw fault(FaultCode.READER_REFUSED, "chip says " + firmware + ", expected a PN532");
    }
    return firmware;
  }

  /// Looks into the field once: the cards there, at most two. Ends within about 60 ms, also with an empty field.
  public List<CardIdentity> listCards() throws DeviceFaultException, InterruptedException {
    var reply = exchange(Pn532Command.onField("InListPassiveTarget", settings, (byte) IN_LIST_PASSIVE_TARGET,
        TWO_TARGETS, BAUD_106_TYPE_A));
    return Pn532Targets.parse(reply)
        .orElseThrow(
            () -> fault(FaultCode.READER_GARBLED, "malformed card list of " + reply.length + " bytes"));
  }

  /// Lets go of the cards listed last, so that the next look selects them afresh instead of repeating itself.
  public void releaseCards() throws DeviceFaultException, InterruptedException {
    exchange(Pn532Command.onField("InRelease", settings, (byte) IN_RELEASE, ALL_TARGETS));
  }

  /// What a card answered.
  ///
  /// @param status 0 when there is an answer; otherwise what went wrong on the air (UM0701-02 section 7.1)
  /// @param data   the card's bytes
  public record CardAnswer(int status, byte[] data) {

    /// The key was wrong; the card is halted.
    public static final int AUTHENTICATION_FAILED = 0x14;

    /// Whether the card has answered.
    public boolean isGood() {
      return status == 0;
    }
  }

  /// Sends a command to the card listed first and waits for its answer; longer ones go in parts, both ways.
  ///
  /// Never sent twice: a lost acknowledge is a fault, and the card has to be selected anew.
  public CardAnswer exchangeData(byte[] command) throws DeviceFaultException, InterruptedException {
    int at = 0;
    while (command.length - at > MOST_DATA) {
      var reply = exchangePart(FIRST_TARGET | MORE_INFORMATION,
          Arrays.copyOfRange(command, at, at + MOST_DATA));
      if ((reply[1] & STATUS_BITS) != 0) {
        return new CardAnswer(reply[1] & STATUS_BITS, new byte[0]);
      }
      at += MOST_DATA;
    }
    return wholeAnswer(exchangePart(FIRST_TARGET, Arrays.copyOfRange(command, at, command.length)));
  }

  private CardAnswer wholeAnswer(byte[] first) throws DeviceFaultException, InterruptedException {
    var answer = new ByteArrayOutputStream();
    var reply = first;
    answer.write(reply, 2, reply.length - 2);
    while ((reply[1] & STATUS_BITS) == 0 && (reply[1] & MORE_INFORMATION) != 0) {
      if (answer.size() > LONGEST_ANSWER) {
        throw fault(FaultCode.READER_GARBLED, "a card's answer without end");
      }
      reply = exchangePart(FIRST_TARGET, new byte[0]);
      answer.write(reply, 2, reply.length - 2);
    }
    return new CardAnswer(reply[1] & STATUS_BITS, answer.toByteArray());
  }

  private byte[] exchangePart(int target, byte[] data) throws DeviceFaultException, InterruptedException {
    var bytes = new byte[2 + data.length];
    bytes[0] = IN_DATA_EXCHANGE;
    bytes[1] = (byte) target;
    System.arraycopy(data, 0, bytes, 2, data.length);
    var reply = exchange(Pn532Command.toCard("InDataExchange", settings, bytes));
    if (reply.length < 2) {
      throw fault(FaultCode.READER_GARBLED, "InDataExchange without a status");
    }
    return reply;
  }

  /// Tells the chip to drop what it is doing. Never waits for it; for shutting down.
  public void abort() throws DeviceFaultException, InterruptedException {
    wire.write(Pn532Frames.ack());
  }

  private byte[] setUp(String name, byte... data) throws DeviceFaultException, InterruptedException {
    return exchange(Pn532Command.ofSetUp(name, settings, data));
  }

  private byte[] exchange(Pn532Command command) throws DeviceFaultException, InterruptedException {
    wire.discardInput();
    decoder.reset();
    var state = apply(Pn532Exchange.start(command, clock.millis()));
    while (true) {
      switch (state) {
        case State.Replied(byte[] reply) -> {
          return reply;
        }
        case State.Failed(Pn532Exchange.Failure failure) ->
          throw fault(code(failure), command.name() + " failed");
        case State.AwaitingAck waiting -> state = advance(command, state, waiting.deadline());
        case State.AwaitingReply waiting -> state = advance(command, state, waiting.deadline());
      }
    }
  }

  private State advance(Pn532Command command, State state, long deadline)
      throws DeviceFaultException, InterruptedException {
    long wait = Math.max(0, deadline - clock.millis());
    var bytes = wire.read(decoder.isMidFrame() ? Math.min(wait, BROKEN_OFF_MILLIS) : wait);
    if (bytes.length > 0) {
      return receive(command, state, decoded(bytes));
    }
    if (decoder.isMidFrame()) {
      return receive(command, state, decoder.abandon());
    }
    return apply(Pn532Exchange.step(command, state, new Event.Elapsed(), clock.millis()));
  }

  private List<Pn532Input> decoded(byte[] bytes) {
    var inputs = new ArrayList<>(decoder.feed(bytes));
    if (wire.bringsWholeFrames()) {
      inputs.addAll(decoder.abandon());
    }
    return inputs;
  }

  private State receive(Pn532Command command, State state, List<Pn532Input> inputs)
      throws DeviceFaultException, InterruptedException {
    var next = state;
    for (var input : inputs) {
      next = apply(Pn532Exchange.step(command, next, new Event.Received(input), clock.millis()));
    }
    return next;
  }

  private State apply(Pn532Exchange.Step step) throws DeviceFaultException, InterruptedException {
    for (var frame : step.sends()) {
      wire.write(frame);
    }
    return step.state();
  }

  private static FaultCode code(Pn532Exchange.Failure failure) {
    return switch (failure) {
      case SILENT -> FaultCode.READER_SILENT;
      case GARBLED -> FaultCode.READER_GARBLED;
      case REFUSED -> FaultCode.READER_REFUSED;
    };
  }

  private DeviceFaultException fault(FaultCode code, String detail) {
    return new DeviceFaultException(new DeviceFault(code, "reader " + wire.name(), detail));
  }
}
