package dev.counterfoil.sim.device.pn532;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardAnswer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// InDataExchange and InCommunicateThru: one command to a card and its answer with a status byte.
///
/// Status after refusals: a MIFARE authentication failure is 14h; the 4-bit NAK is reported as 14h for keyed
/// cards and as 13h (bad format) for others; silence is 01h after the exchange time-out. The two NAK codes
/// are not in the manual's table; drivers should treat any non-zero status alike.
final class ExchangeOperations {
  static final int TIME_OUT = 0x01;
  static final int FIELD_OFF = 0x0A;
  static final int BAD_FORMAT = 0x13;
  static final int AUTHENTICATION = 0x14;
  static final int WRONG_CONTEXT = 0x27;
  static final int BUFFER = 0x07;
  /// All parts of one chained command; far above any card's frame, so that a host cannot fill the memory.
  private static final int LONGEST_CHAIN = 4_096;
  private static final int MORE = 0x40;
  /// 106 kbit/s, nine bits a byte.
  private static final long AIR_BYTE_MICROS = 85;
  private static final int CLASSIC_SAK_BIT = 0x08;

  private final Targets targets;
  private final ByteArrayOutputStream chained = new ByteArrayOutputStream();
  private int selectedNumber = 1;

  ExchangeOperations(Targets targets) {
    this.targets = targets;
  }

  /// A chain ends where another command comes between its parts.
  void dropChain() {
    chained.reset();
  }

  void reset() {
    chained.reset();
    selectedNumber = 1;
  }

  /// InDataExchange `40 Tg data`. With the more-information bit the chip only collects.
  Operation dataExchange(byte[] command, RfSettings settings, long nowMicros) {
    int number = command[2] & 0x3F;
    Targets.Target target = targets.byNumber(number);
    if (target == null) {
      return Operation.replyAt(nowMicros, () -> new byte[] {0x41, WRONG_CONTEXT});
    }
    selectedNumber = number;
    if (chained.size() + command.length > LONGEST_CHAIN) {
      chained.reset();
      return Operation.replyAt(nowMicros, () -> new byte[] {0x41, BUFFER});
    }
    chained.write(command, 3, command.length - 3);
    if ((command[2] & MORE) != 0) {
      return Operation.replyAt(nowMicros, () -> new byte[] {0x41, 0x00});
    }
    byte[] data = chained.toByteArray();
    chained.reset();
    return exchange(new Exchange(0x41, target, data, false), settings, nowMicros);
  }

  /// InCommunicateThru `42 data`: to the target selected last, as the frame is.
  Operation communicateThru(byte[] command, RfSettings settings, long nowMicros) {
    Targets.Target target = targets.byNumber(selectedNumber);
    byte[] data = Arrays.copyOfRange(command, 2, command.length);
    if (target == null) {
      return Operation.replyAt(nowMicros + settings.exchangeTimeoutMicros(),
          () -> new byte[] {0x43, TIME_OUT});
    }
    return exchange(new Exchange(0x43, target, data, true), settings, nowMicros);
  }

  /// One frame to a card: the reply's code, to whom, what, and whether the frame goes as it is.
  private record Exchange(int code, Targets.Target target, byte[] data, boolean raw) {
    byte[] failed(int status) {
      return new byte[] {(byte) code, (byte) status};
    }

    CardAnswer send() {
      return raw ? target.card.exchangeRaw(data) : target.card.exchange(data);
    }
  }

  private Operation exchange(Exchange wanted, RfSettings settings, long nowMicros) {
    long patienceMicros = settings.exchangeTimeoutMicros() * (settings.comRetries() + 1);
    if (!settings.fieldOn()) {
      return Operation.replyAt(nowMicros, () -> wanted.failed(FIELD_OFF));
    }
    if (wanted.data.length == 0 || !targets.reachable(wanted.target)) {
      return Operation.replyAt(nowMicros + patienceMicros, () -> wanted.failed(TIME_OUT));
    }
    long airMicros = (wanted.data.length + 4) * AIR_BYTE_MICROS;
    return new CardWork(wanted, patienceMicros,
        nowMicros + wanted.target.card.busyMicros(wanted.data) + airMicros);
  }

  /// The time in which the card works, and the time-out when it stays silent.
  private final class CardWork implements Operation {
    private final Exchange wanted;
    private final long patienceMicros;
    private long next;
    private boolean timedOut;

    CardWork(Exchange wanted, long patienceMicros, long dueMicros) {
      this.wanted = wanted;
      this.patienceMicros = patienceMicros;
      this.next = dueMicros;
    }

    @Override
    public long nextMicros() {
      return next;
    }

    @Override
    public byte @Nullable [] step(long now) {
      if (timedOut) {
        return wanted.failed(TIME_OUT);
      }
      // A card taken away while it worked has not done the work: its power was the field.
      CardAnswer answer = targets.reachable(wanted.target) ? wanted.send() : new CardAnswer.Silence();
      if (answer instanceof CardAnswer.Silence) {
        timedOut = true;
        next = now + patienceMicros;
        return null;
      }
      return reply(wanted.code, wanted.target.card, answer);
    }
  }

  private static byte[] reply(int code, Card card, CardAnswer answer) {
    return switch (answer) {
      case CardAnswer.Data(byte[] bytes) -> {
        byte[] reply = new byte[2 + bytes.length];
        reply[0] = (byte) code;
        System.arraycopy(bytes, 0, reply, 2, bytes.length);
        yield reply;
      }
      case CardAnswer.AuthenticationFailed _ -> new byte[] {(byte) code, AUTHENTICATION};
      case CardAnswer.Nak _ -> new byte[] {(byte) code,
          (byte) ((card.sak() & CLASSIC_SAK_BIT) != 0 ? AUTHENTICATION : BAD_FORMAT)};
      case CardAnswer.Silence _ -> new byte[] {(byte) code, TIME_OUT};
    };
  }
}
