package dev.counterfoil.sim.device.pn532;

import dev.counterfoil.sim.card.RfField;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each command of the PN532 does (UM0701-02 section 7), between the link layer and the cards.
///
/// A command with an unknown code, the wrong TFI or too few parameters yields null: a syntax error. Not
/// thread-safe.
final class CommandSet {
  private static final int HOST_TO_CHIP = 0xD4;
  /// Processing time of a command that does not use the radio.
  private static final long PROCESSING_MICROS = 200;
  private static final long SELF_TEST_MICROS = 10_000;
  /// IC, version, revision, support: PN532, firmware 1.6, type A, type B and ISO 18092.
  private static final byte[] FIRMWARE = {0x03, 0x32, 0x01, 0x06, 0x07};
  private static final int ALL_WAKE = 0xFF;
  private static final int[] BAUD_RATES = {9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 921_600,
      1_288_000};

  private final Targets targets;
  private final ExchangeOperations exchanges;
  private final Map<Integer, Byte> registers = new HashMap<>();
  private RfSettings settings = RfSettings.powerOn();
  private int requestedBaud;
  private boolean powerDownRequested;
  private int wakeSources = ALL_WAKE;

  CommandSet(RfField field) {
    this.targets = new Targets(field);
    this.exchanges = new ExchangeOperations(targets);
  }

  void powerOn() {
    settings = RfSettings.powerOn();
    targets.fieldOff();
    exchanges.reset();
    registers.clear();
    requestedBaud = 0;
    powerDownRequested = false;
    wakeSources = ALL_WAKE;
  }

  RfSettings settings() {
    return settings;
  }

  /// The speed that the host asked for with SetSerialBaudRate and has not confirmed yet, else 0.
  int takeRequestedBaud() {
    int baud = requestedBaud;
    requestedBaud = 0;
    return baud;
  }

  /// True once after a PowerDown was answered.
  boolean takePowerDown() {
    boolean requested = powerDownRequested;
    powerDownRequested = false;
    return requested;
  }

  /// Whether this interface may wake the chip from its power-down.
  boolean wakes(HostInterface host) {
    return (wakeSources & host.wakeBit()) != 0;
  }

  /// Starts a command. `command` is the frame's information: TFI, code, parameters.
  @Nullable
  Operation start(byte[] command, long nowMicros) {
    if (command.length < 2 || (command[0] & 0xFF) != HOST_TO_CHIP) {
      return null;
    }
    if (command[1] != 0x40) {
      exchanges.dropChain();
    }
    int parameters = command.length - 2;
    long soon = nowMicros + PROCESSING_MICROS;
    return switch (command[1] & 0xFF) {
      case 0x00 -> parameters >= 1 ? diagnose(command, nowMicros) : null;
      case 0x02 -> Operation.replyAt(soon, FIRMWARE::clone);
      case 0x04 -> Operation.replyAt(soon, this::generalStatus);
      case 0x06 -> parameters >= 2 && parameters % 2 == 0 ? readRegisters(command, soon) : null;
      case 0x08 -> parameters >= 3 && parameters % 3 == 0 ? writeRegisters(command, soon) : null;
      case 0x0C -> Operation.replyAt(soon, () -> new byte[] {0x0D, 0x3F, 0x06, 0x00});
      case 0x0E -> parameters == 2 ? done(0x0F, soon) : null;
      case 0x10 -> parameters == 1 ? setBaudRate(command, soon) : null;
      case 0x12 -> parameters == 1 ? setParameters(command, soon) : null;
      case 0x14 -> parameters >= 1 && parameters <= 3 ? configureSam(command, soon) : null;
      case 0x16 -> parameters >= 1 && parameters <= 2 ? powerDown(command, soon) : null;
      case 0x32 -> parameters >= 1 ? configureRf(command, soon) : null;
      case 0x40 -> parameters >= 1 ? dataExchange(command, soon) : null;
      case 0x42 -> exchanges.communicateThru(command, settings, soon);
      case 0x44 -> parameters == 1 ? activity(command, 0x45, false, soon) : null;
      case 0x4A -> parameters >= 2 ? listPassiveTarget(command, nowMicros) : null;
      case 0x52 -> parameters == 1 ? release(command, soon) : null;
      case 0x54 -> parameters == 1 ? activity(command, 0x55, true, soon) : null;
      case 0x60 -> parameters >= 3 ? autoPoll(command, nowMicros) : null;
      default -> null;
    };
  }

  private static Operation done(int code, long dueMicros) {
    return Operation.replyAt(dueMicros, () -> new byte[] {(byte) code});
  }

  private static Operation status(int code, int status, long dueMicros) {
    return Operation.replyAt(dueMicros, () -> new byte[] {(byte) code, (byte) status});
  }

  /// Tests: 0 echo, 1 ROM, 2 RAM, 4 polling, 5 echo back for ever, 6 card presence, 7 antenna.
  private @Nullable Operation diagnose(byte[] command, long nowMicros) {
    byte[] echo = Arrays.copyOfRange(command, 1, command.length);
    echo[0] = 0x01;
    return switch (command[2] & 0xFF) {
      case 0 -> Operation.replyAt(nowMicros + PROCESSING_MICROS, () -> echo);
      case 1, 2, 4, 7 -> status(0x01, 0, nowMicros + SELF_TEST_MICROS);
      case 5 -> Operation.replyAt(Long.MAX_VALUE, () -> echo);
      case 6 -> Operation.replyAt(nowMicros + SELF_TEST_MICROS, this::attention);
      default -> null;
    };
  }

  private byte[] attention() {
    Targets.Target target = targets.byNumber(1);
    int status = target == null
        ? ExchangeOperations.WRONG_CONTEXT
        : targets.reachable(target) ? 0 : ExchangeOperations.TIME_OUT;
    return new byte[] {0x01, (byte) status};
  }

  /// `Err Field NbTg {Tg BrRx BrTx Type} SAM`.
  private byte[] generalStatus() {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    reply.writeBytes(new byte[] {0x05, 0x00, (byte) (settings.fieldOn() ? 1 : 0)});
    reply.write(targets.all().size());
    for (int number = 1; number <= targets.all().size(); number++) {
      reply.writeBytes(new byte[] {(byte) number, 0x00, 0x00, 0x10});
    }
    reply.write(0x80);
    return reply.toByteArray();
  }

  private Operation readRegisters(byte[] command, long dueMicros) {
    byte[] reply = new byte[1 + (command.length - 2) / 2];
    reply[0] = 0x07;
    for (int i = 1; i < reply.length; i++) {
      reply[i] = registers.getOrDefault(address(command, 2 * i), (byte) 0);
    }
    return Operation.replyAt(dueMicros, () -> reply);
  }

  private Operation writeRegisters(byte[] command, long dueMicros) {
    for (int i = 2; i < command.length; i += 3) {
      registers.put(address(command, i), command[i + 2]);
    }
    return done(0x09, dueMicros);
  }

  private static int address(byte[] command, int index) {
    return (command[index] & 0xFF) << 8 | command[index + 1] & 0xFF;
  }

  private @Nullable Operation setBaudRate(byte[] command, long dueMicros) {
    int code = command[2] & 0xFF;
    if (code >= BAUD_RATES.length) {
      return null;
    }
    return Operation.replyAt(dueMicros, () -> {
      requestedBaud = BAUD_RATES[code];
      return new byte[] {0x11};
    });
  }

  private Operation setParameters(byte[] command, long dueMicros) {
    return Operation.replyAt(dueMicros, () -> {
      settings = settings.withParameters(command[2] & 0xFF);
      return new byte[] {0x13};
    });
  }

  private @Nullable Operation configureSam(byte[] command, long dueMicros) {
    if (command[2] < 1 || command[2] > 4) {
      return null;
    }
    settings = settings.withSam();
    return done(0x15, dueMicros);
  }

  private Operation powerDown(byte[] command, long dueMicros) {
    return Operation.replyAt(dueMicros, () -> {
      powerDownRequested = true;
      wakeSources = command[2];
      settings = settings.withField(false);
      targets.fieldOff();
      return new byte[] {0x17, 0x00};
    });
  }

  private @Nullable Operation configureRf(byte[] command, long dueMicros) {
    int parameters = command.length - 3;
    RfSettings changed = switch (command[2] & 0xFF) {
      case 0x01 -> parameters == 1 ? settings.withField((command[3] & 1) != 0) : null;
      case 0x02 -> parameters == 3 ? settings.withTimeoutCode(command[5] & 0xFF) : null;
      case 0x04 -> parameters == 1 ? settings.withComRetries(command[3] & 0xFF) : null;
      case 0x05 -> parameters == 3 ? settings.withPassiveRetries(command[5] & 0xFF) : null;
      case 0x0A -> parameters == 11 ? settings : null;
      case 0x0B -> parameters == 8 ? settings : null;
      case 0x0C -> parameters == 3 ? settings : null;
      case 0x0D -> parameters == 9 ? settings : null;
      default -> null;
    };
    if (changed == null) {
      return null;
    }
    if (settings.fieldOn() && !changed.fieldOn()) {
      targets.fieldOff();
    }
    settings = changed;
    return done(0x33, dueMicros);
  }

  /// A MIFARE authentication has exactly 12 bytes; with all seven UID bytes the chip reports a syntax error.
  private @Nullable Operation dataExchange(byte[] command, long nowMicros) {
    Targets.Target target = targets.byNumber(command[2] & 0x3F);
    boolean authentication = command.length > 4 && (command[3] & 0xFE) == 0x60;
    if (target != null && !target.isoDep && authentication && command.length != 15) {
      return null;
    }
    return exchanges.dataExchange(command, settings, nowMicros);
  }

  /// InSelect and InDeselect keep the target's number; a deselected card does not answer.
  private Operation activity(byte[] command, int code, boolean active, long dueMicros) {
    int number = command[2] & 0xFF;
    if (number > 0 && targets.byNumber(number) == null) {
      return status(code, ExchangeOperations.WRONG_CONTEXT, dueMicros);
    }
    return Operation.replyAt(dueMicros, () -> {
      for (int i = 1; i <= targets.all().size(); i++) {
        Targets.Target target = targets.byNumber(i);
        if (target != null && (number == 0 || number == i)) {
          if (active) {
            targets.select(target);
          } else {
            targets.deselect(target);
          }
        }
      }
      return new byte[] {(byte) code, 0x00};
    });
  }

  private Operation release(byte[] command, long dueMicros) {
    int number = command[2] & 0xFF;
    if (number > 0 && targets.byNumber(number) == null) {
      return status(0x53, ExchangeOperations.WRONG_CONTEXT, dueMicros);
    }
    targets.releaseAll();
    return status(0x53, 0, dueMicros);
  }

  /// Until SAMConfiguration has taken the chip out of its low-battery mode, the radio finds nothing.
  private @Nullable Operation listPassiveTarget(byte[] command, long nowMicros) {
    int most = command[2] & 0xFF;
    int type = command[3] & 0xFF;
    if (most < 1 || most > 2 || type > 4) {
      return null;
    }
    settings = settings.withField(true);
    targets.releaseAll();
    byte[] filter = type == 0 ? Arrays.copyOfRange(command, 4, command.length) : new byte[0];
    boolean typeA = type == 0 && settings.samConfigured();
    return PollOperations.list(targets, settings, new PollOperations.Wanted(most, typeA, filter), nowMicros);
  }

  private @Nullable Operation autoPoll(byte[] command, long nowMicros) {
    int rounds = command[2] & 0xFF;
    int period = command[3] & 0xFF;
    if (rounds == 0 || period == 0 || period > 15) {
      return null;
    }
    settings = settings.withField(true);
    targets.releaseAll();
    return PollOperations.autoPoll(targets, settings, command, nowMicros);
  }
}
