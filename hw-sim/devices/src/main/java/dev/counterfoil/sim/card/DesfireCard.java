package dev.counterfoil.sim.card;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// MIFARE DESFire EV1 at application level: version, applications, selection; native and ISO-wrapped
/// commands.
///
/// Files and authentication are not modelled: commands that need them answer `AE` (authentication error),
/// which is what a card with unknown keys answers too. Native answers are `status data`, wrapped ones `data
/// 91 status`. Codes after libfreefare's published list.
public final class DesfireCard extends Card {
  private static final byte[] ATS = {0x06, 0x75, 0x77, (byte) 0x81, 0x02, (byte) 0x80};
  private static final byte[] DF_NAME = {(byte) 0xD2, 0x76, 0x00, 0x00, (byte) 0x85, 0x01, 0x00};
  private static final int OK = 0x00;
  private static final int ILLEGAL_COMMAND = 0x1C;
  private static final int LENGTH_ERROR = 0x7E;
  private static final int APPLICATION_NOT_FOUND = 0xA0;
  private static final int AUTHENTICATION_ERROR = 0xAE;
  private static final int MORE = 0xAF;
  private static final int COMMAND_ABORTED = 0xCA;
  /// The version bytes of an 8 KB EV1 card: hardware, then software (vendor NXP, type 1, 1.0 and 1.4).
  private static final byte[] HARDWARE = {0x04, 0x01, 0x01, 0x01, 0x00, 0x1A, 0x05};
  private static final byte[] SOFTWARE = {0x04, 0x01, 0x01, 0x01, 0x04, 0x1A, 0x05};
  private static final byte[] BATCH_AND_DATE = {(byte) 0xBA, 0x54, 0x1D, (byte) 0xF8, (byte) 0x90, 0x20,
      0x14};

  private final Map<Integer, byte[]> applications = new LinkedHashMap<>();
  private int selected;
  private int versionPart;
  private boolean halted;

  private DesfireCard(byte[] uid) {
    super(uid);
  }

  /// A fresh card without applications. `uid` has 7 bytes.
  public static DesfireCard of(byte[] uid) {
    return new DesfireCard(uid);
  }

  /// Personalises the card with one application; `aid` is 24 bits.
  public synchronized DesfireCard withApplication(int aid) {
    applications.put(aid, new byte[] {0x0F, 0x01});
    return this;
  }

  /// The selected application, 0 for the card level.
  public synchronized int selectedApplication() {
    return selected;
  }

  @Override
  public byte[] atqa() {
    return new byte[] {0x03, 0x44};
  }

  @Override
  public int sak() {
    return 0x20;
  }

  @Override
  public byte[] ats() {
    return ATS.clone();
  }

  @Override
  public String describe() {
    return "desfire:" + uidText();
  }

  @Override
  public int busyMicros(byte[] command) {
    return 1_500;
  }

  @Override
  void restart() {
    selected = 0;
    versionPart = 0;
    halted = false;
  }

  /// A raw frame is an ISO 14443-4 block: RATS, an I-block that is answered by one, or S(DESELECT).
  @Override
  CardAnswer answerRaw(byte[] frame) {
    int first = frame[0] & 0xFF;
    if (first == 0xE0) {
      return new CardAnswer.Data(ats());
    }
    if (first == 0xC2) {
      halted = true;
      return CardAnswer.data((byte) 0xC2);
    }
    if ((first & 0xFE) != 0x02 || frame.length < 2) {
      return new CardAnswer.Silence();
    }
    return switch (answer(Arrays.copyOfRange(frame, 1, frame.length))) {
      case CardAnswer.Data(byte[] bytes) -> new CardAnswer.Data(concat(new byte[] {frame[0]}, bytes));
      case CardAnswer.Nak _,CardAnswer.AuthenticationFailed _,CardAnswer.Silence _ ->
        new CardAnswer.Silence();
    };
  }

  @Override
  CardAnswer answer(byte[] command) {
    if (halted) {
      return new CardAnswer.Silence();
    }
    if (command[0] == (byte) 0x90 && command.length >= 5) {
      return wrapped(command);
    }
    if (command[0] == 0x00 && command.length >= 5 && command[1] == (byte) 0xA4) {
      return isoSelect(command);
    }
    Result result = run(command[0] & 0xFF, Arrays.copyOfRange(command, 1, command.length));
    return new CardAnswer.Data(concat(new byte[] {(byte) result.status}, result.data));
  }

  private record Result(int status, byte[] data) {
    static Result of(int status) {
      return new Result(status, new byte[0]);
    }
  }

  private CardAnswer wrapped(byte[] command) {
    int length = command.length > 5 ? command[4] & 0xFF : 0;
    if (command.length != 5 && command.length != 5 + length + 1) {
      return CardAnswer.data((byte) 0x67, (byte) 0x00);
    }
    Result result = run(command[1] & 0xFF, Arrays.copyOfRange(command, 5, 5 + length));
    return new CardAnswer.Data(concat(result.data, new byte[] {(byte) 0x91, (byte) result.status}));
  }

  private CardAnswer isoSelect(byte[] command) {
    boolean picc = command.length >= 5 + DF_NAME.length
        && Arrays.equals(command, 5, 5 + DF_NAME.length, DF_NAME, 0, DF_NAME.length);
    if (!picc) {
      return CardAnswer.data((byte) 0x6A, (byte) 0x82);
    }
    selected = 0;
    return CardAnswer.data((byte) 0x90, (byte) 0x00);
  }

  private Result run(int code, byte[] data) {
    int part = versionPart;
    versionPart = 0;
    return switch (code) {
      case 0x60 -> version(0);
      case 0xAF -> part == 0 ? Result.of(COMMAND_ABORTED) : version(part);
      case 0x5A -> selectApplication(data);
      case 0x6A -> applicationIds();
      case 0x45 -> new Result(OK, applications.getOrDefault(selected, new byte[] {0x0F, 0x01}).clone());
      case 0x6E -> new Result(OK, new byte[] {0x00, 0x1E, 0x00});
      case 0x6F -> selected == 0 ? Result.of(AUTHENTICATION_ERROR) : Result.of(OK);
      case 0x0A, 0x1A, 0xAA, 0x51, 0xC4, 0xFC, 0xCA, 0xDA, 0xBD, 0x3D, 0x6C, 0x0C, 0xDC, 0x1C, 0xC7, 0xA7 ->
        Result
            .of(AUTHENTICATION_ERROR);
      default -> Result.of(ILLEGAL_COMMAND);
    };
  }

  private Result version(int part) {
    versionPart = part < 2 ? part + 1 : 0;
    return switch (part) {
      case 0 -> new Result(MORE, HARDWARE.clone());
      case 1 -> new Result(MORE, SOFTWARE.clone());
      default -> new Result(OK, concat(uid(), BATCH_AND_DATE));
    };
  }

  private Result selectApplication(byte[] data) {
    if (data.length != 3) {
      return Result.of(LENGTH_ERROR);
    }
    int aid = data[0] & 0xFF | (data[1] & 0xFF) << 8 | (data[2] & 0xFF) << 16;
    if (aid != 0 && !applications.containsKey(aid)) {
      return Result.of(APPLICATION_NOT_FOUND);
    }
    selected = aid;
    return Result.of(OK);
  }

  private Result applicationIds() {
    ByteArrayOutputStream ids = new ByteArrayOutputStream();
    for (int aid : applications.keySet()) {
      ids.write(aid);
      ids.write(aid >> 8);
      ids.write(aid >> 16);
    }
    return new Result(OK, ids.toByteArray());
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
