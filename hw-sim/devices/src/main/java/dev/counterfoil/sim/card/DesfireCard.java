package dev.counterfoil.sim.card;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// MIFARE DESFire: version, applications with AES keys, both AES authentications (EV1's AA, EV2's 71), and reading
/// standard files under the session they open; native and ISO-wrapped commands.
///
/// Writing, DES keys and answers longer than a frame are not modelled; an application without keys answers `AE`
/// (authentication error), which is what a card with unknown keys answers too. Native answers are `status data`,
/// wrapped ones `data 91 status`. Codes after libfreefare's published list.
public final class DesfireCard extends Card {
  private static final byte[] ATS = {0x06, 0x75, 0x77, (byte) 0x81, 0x02, (byte) 0x80};
  private static final byte[] DF_NAME = {(byte) 0xD2, 0x76, 0x00, 0x00, (byte) 0x85, 0x01, 0x00};
  private static final int OK = 0x00;
  private static final int ILLEGAL_COMMAND = 0x1C;
  private static final int LENGTH_ERROR = 0x7E;
  private static final int APPLICATION_NOT_FOUND = 0xA0;
  private static final int NO_SUCH_KEY = 0x40;
  private static final int PERMISSION_DENIED = 0x9D;
  private static final int INTEGRITY_ERROR = 0x1E;
  private static final int BOUNDARY_ERROR = 0xBE;
  private static final int FILE_NOT_FOUND = 0xF0;
  private static final int AUTHENTICATION_ERROR = 0xAE;
  /// Data of one answer, beside status and CMAC.
  private static final int LONGEST_READ = 48;
  private static final int MORE = 0xAF;
  private static final int COMMAND_ABORTED = 0xCA;
  /// The version bytes of an 8 KB EV1 card: hardware, then software (vendor NXP, type 1, 1.0 and 1.4).
  private static final byte[] HARDWARE = {0x04, 0x01, 0x01, 0x01, 0x00, 0x1A, 0x05};
  private static final byte[] SOFTWARE = {0x04, 0x01, 0x01, 0x01, 0x04, 0x1A, 0x05};
  private static final byte[] BATCH_AND_DATE = {(byte) 0xBA, 0x54, 0x1D, (byte) 0xF8, (byte) 0x90, 0x20,
      0x14};

  private final Map<Integer, DesfireApplication> applications = new LinkedHashMap<>();
  private final RandomGenerator random;
  private int selected;
  private @Nullable DesfireLogin login;
  private @Nullable DesfireSession session;
  private boolean forged;
  private boolean changesReads;
  private int versionPart;
  private boolean halted;

  private DesfireCard(byte[] uid) {
    super(uid);
    // Predictable on purpose, so that a run can be repeated; who reads such a card brings randomness of its own.
    random = new SplittableRandom(Arrays.hashCode(uid));
  }

  /// A fresh card without applications. `uid` has 7 bytes.
  public static DesfireCard of(byte[] uid) {
    return new DesfireCard(uid);
  }

  /// Personalises the card with one application; `aid` is 24 bits.
  public synchronized DesfireCard withApplication(int aid) {
    return withApplication(new DesfireApplication(aid));
  }

  /// Personalises the card with this application.
  public synchronized DesfireCard withApplication(DesfireApplication application) {
    applications.put(application.aid(), application);
    return this;
  }

  /// Makes it a forger's card: it takes any token as if it had the key.
  public synchronized DesfireCard takingAnyToken() {
    forged = true;
    return this;
  }

  /// Somebody between card and reader changes the first byte of what is read.
  public synchronized DesfireCard withChangedReads() {
    changesReads = true;
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
    login = null;
    session = null;
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
      case CardAnswer.Data(byte[] bytes) -> new CardAnswer.Data(CardAes.join(new byte[] {frame[0]}, bytes));
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
    return new CardAnswer.Data(CardAes.join(new byte[] {(byte) result.status}, result.data));
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
    return new CardAnswer.Data(CardAes.join(result.data, new byte[] {(byte) 0x91, (byte) result.status}));
  }

  private CardAnswer isoSelect(byte[] command) {
    boolean picc = command.length >= 5 + DF_NAME.length
        && Arrays.equals(command, 5, 5 + DF_NAME.length, DF_NAME, 0, DF_NAME.length);
    if (!picc) {
      return CardAnswer.data((byte) 0x6A, (byte) 0x82);
    }
    selected = 0;
    session = null;
    return CardAnswer.data((byte) 0x90, (byte) 0x00);
  }

  private Result run(int code, byte[] data) {
    int part = versionPart;
    versionPart = 0;
    DesfireLogin begun = login;
    login = null;
    Result result = switch (code) {
      case 0xAF ->
        begun != null ? finishLogin(begun, data) : part == 0 ? Result.of(COMMAND_ABORTED) : version(part);
      case 0x5A -> selectApplication(data);
      case 0xAA -> data.length == 1 ? beginLogin(data[0], false) : Result.of(LENGTH_ERROR);
      case 0x71 -> data.length >= 2 ? beginLogin(data[0], true) : Result.of(LENGTH_ERROR);
      default -> guarded(code, data);
    };
    if (result.status != OK && result.status != MORE) {
      session = null;
    }
    return result;
  }

  private Result beginLogin(int keyNumber, boolean ev2) {
    session = null;
    DesfireApplication application = applications.get(selected);
    if (application == null || application.key(0).isEmpty()) {
      return Result.of(AUTHENTICATION_ERROR);
    }
    var key = application.key(keyNumber);
    if (key.isEmpty()) {
      return Result.of(NO_SUCH_KEY);
    }
    login = new DesfireLogin(keyNumber, key.get(), ev2, random);
    return new Result(MORE, login.challenge());
  }

  private Result finishLogin(DesfireLogin begun, byte[] token) {
    var opened = begun.finish(token, random, forged);
    opened.ifPresent(done -> session = done.session());
    return opened.map(done -> new Result(OK, done.answer())).orElse(Result.of(AUTHENTICATION_ERROR));
  }

  /// A command within a session, if there is one.
  private Result guarded(int code, byte[] data) {
    DesfireSession current = session;
    if (current == null) {
      return plain(code, data);
    }
    DesfireApplication.Mode mode = code == 0xBD ? modeOfFile(data) : DesfireApplication.Mode.MAC;
    var opened = current.open(code, data, mode != DesfireApplication.Mode.PLAIN);
    if (opened.isEmpty()) {
      return Result.of(INTEGRITY_ERROR);
    }
    Result result = plain(code, opened.get());
    if (result.status != OK) {
      return result;
    }
    byte[] answer = current.close(result.data, mode);
    if (changesReads && answer.length > 0) {
      answer[0] ^= 1;
    }
    return new Result(OK, answer);
  }

  private DesfireApplication.Mode modeOfFile(byte[] data) {
    DesfireApplication application = applications.get(selected);
    return application == null || data.length == 0 ? DesfireApplication.Mode.MAC
        : application.file(data[0]).map(DesfireApplication.StoredFile::mode)
            .orElse(DesfireApplication.Mode.MAC);
  }

  private Result plain(int code, byte[] data) {
    DesfireApplication application = applications.get(selected);
    return switch (code) {
      case 0x60 -> version(0);
      case 0x6A -> applicationIds();
      case 0x45 ->
        new Result(OK, application == null ? new byte[] {0x0F, 0x01} : application.keySettings());
      case 0x6E -> new Result(OK, new byte[] {0x00, 0x1E, 0x00});
      case 0x6F ->
        application == null ? Result.of(AUTHENTICATION_ERROR) : new Result(OK, application.fileNumbers());
      case 0xBD -> application == null ? Result.of(AUTHENTICATION_ERROR) : read(application, data);
      case 0x0A, 0x1A, 0x51, 0xC4, 0xFC, 0xCA, 0xDA, 0x3D, 0x6C, 0x0C, 0xDC, 0x1C, 0xC7, 0xA7 ->
        Result.of(AUTHENTICATION_ERROR);
      default -> Result.of(ILLEGAL_COMMAND);
    };
  }

  /// `BD file offset(3) length(3)`, both little-endian; length 0 is up to the end.
  private Result read(DesfireApplication application, byte[] data) {
    if (data.length != 7) {
      return Result.of(LENGTH_ERROR);
    }
    var file = application.file(data[0]);
    if (file.isEmpty()) {
      return Result.of(application.key(0).isEmpty() ? AUTHENTICATION_ERROR : FILE_NOT_FOUND);
    }
    int allowed = file.get().readKey();
    DesfireSession current = session;
    if (allowed != DesfireApplication.FREE && (current == null || current.keyNumber() != allowed)) {
      return Result.of(current == null ? AUTHENTICATION_ERROR : PERMISSION_DENIED);
    }
    byte[] content = file.get().content();
    int offset = threeBytes(data, 1);
    int length = threeBytes(data, 4) == 0 ? content.length - offset : threeBytes(data, 4);
    if (offset + length > content.length || length > LONGEST_READ) {
      return Result.of(BOUNDARY_ERROR);
    }
    return new Result(OK, Arrays.copyOfRange(content, offset, offset + length));
  }

  private static int threeBytes(byte[] data, int at) {
    return data[at] & 0xFF | (data[at + 1] & 0xFF) << 8 | (data[at + 2] & 0xFF) << 16;
  }

  private Result version(int part) {
    versionPart = part < 2 ? part + 1 : 0;
    return switch (part) {
      case 0 -> new Result(MORE, HARDWARE.clone());
      case 1 -> new Result(MORE, SOFTWARE.clone());
      default -> new Result(OK, CardAes.join(uid(), BATCH_AND_DATE));
    };
  }

  private Result selectApplication(byte[] data) {
    if (data.length != 3) {
      return Result.of(LENGTH_ERROR);
    }
    int aid = threeBytes(data, 0);
    if (aid != 0 && !applications.containsKey(aid)) {
      return Result.of(APPLICATION_NOT_FOUND);
    }
    selected = aid;
    session = null;
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
}
