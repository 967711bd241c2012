package dev.counterfoil.sim.device.printer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// The printer's mind: takes the bytes in the order in which they are printed and makes lines, codes, cuts and pulses
/// of them. Real-time commands do not get here.
///
/// A command is collected until it is whole, however the bytes come. What it does not know is counted and passed over by
/// two bytes, as cheap printers do, so that wrong bytes show as rubbish on the paper. Not thread-safe.
public final class EscPosInterpreter {
  private static final int LF = 0x0A;
  private static final int ESC = 0x1B;
  private static final int FS = 0x1C;
  private static final int GS = 0x1D;
  private static final int FIRST_VISIBLE = 0x20;
  private static final Charset CHINESE = Charset.forName("GB18030");

  private final Consumer<Printed> paper;
  private final IntConsumer answers;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final byte[] command = new byte[8_192];
  private int length;
  private boolean chinese;
  private boolean bold;
  private boolean large;
  private boolean centred;
  private byte[] qrContent = {};
  private int qrDots;
  private char qrCorrection;
  private long unknownCommands;

  /// @param paper   takes what is printed, cut and pulsed
  /// @param answers takes each byte that the printer says
  public EscPosInterpreter(Consumer<Printed> paper, IntConsumer answers) {
    this.paper = paper;
    this.answers = answers;
    initialise();
  }

  /// ESC @: everything but what is stored for the QR code is as after power-up.
  public void initialise() {
    text.reset();
    length = 0;
    chinese = false;
    bold = false;
    large = false;
    centred = false;
    qrDots = 3;
    qrCorrection = 'L';
  }

  /// The next byte, 0-255.
  public void take(int value) {
    if (length == 0 && value != ESC && value != FS && value != GS) {
      character(value);
      return;
    }
    command[length++] = (byte) value;
    if (length > 1 && length == wantedLength()) {
      execute();
      length = 0;
    }
  }

  private void character(int value) {
    if (value == LF) {
      line();
    } else if (value >= FIRST_VISIBLE) {
      text.write(value);
    }
  }

  private void line() {
    String shown = text.toString(chinese ? CHINESE : StandardCharsets.ISO_8859_1);
    paper.accept(new Printed.Line(shown, bold, large, centred));
    text.reset();
  }

  /// How long the command that has begun is in all; more than there is while it cannot be told yet.
  private int wantedLength() {
    int second = command[1] & 0xFF;
    return switch (command[0]) {
      case ESC -> escLength(second);
      case FS -> second == 'W' || second == '!' || second == '-' ? 3 : 2;
      default -> gsLength(second);
    };
  }

  private static int escLength(int second) {
    return switch (second) {
      case 'a', 'E', 'd', 'J', '!', '-', 't', 'R', 'M', 'G', '3' -> 3;
      case 'p' -> 5;
      default -> 2;
    };
  }

  private int gsLength(int second) {
    return switch (second) {
      case '!', 'r', 'B', 'h', 'w', 'H' -> 3;
      case 'V' -> length > 2 && (command[2] & 0xFF) >= 65 ? 4 : 3;
      case '(' -> length < 5 ? 8_192 : 5 + (command[3] & 0xFF) + 256 * (command[4] & 0xFF);
      default -> 2;
    };
  }

  private void execute() {
    int second = command[1] & 0xFF;
    int argument = length > 2 ? command[2] & 0xFF : 0;
    switch (command[0]) {
      case ESC -> esc(second, argument);
      case FS -> fs(second);
      default -> gs(second, argument);
    }
  }

  private void esc(int second, int argument) {
    switch (second) {
      case '@' -> initialise();
      case 'a' -> centred = argument == 1 || argument == '1';
      case 'E' -> bold = (argument & 1) != 0;
      case 'd' -> feed(argument);
      case 'p' -> paper.accept(new Printed.DrawerPulse(argument & 1, (command[3] & 0xFF) * 2));
      case 'J', '!', '-', 't', 'R', 'M', 'G', '2', '3' -> {
        // Looks that the roll does not keep.
      }
      default -> unknownCommands++;
    }
  }

  private void feed(int lines) {
    if (text.size() > 0) {
      line();
    }
    for (int i = 0; i < lines; i++) {
      paper.accept(new Printed.Line("", bold, large, centred));
    }
  }

  private void fs(int second) {
    switch (second) {
      case '&' -> chinese = true;
      case '.' -> chinese = false;
      case 'W', '!', '-' -> {
        // Looks that the roll does not keep.
      }
      default -> unknownCommands++;
    }
  }

  private void gs(int second, int argument) {
    switch (second) {
      case '!' -> large = argument == 0x11;
      case 'V' -> paper.accept(new Printed.Cut(argument == 0 || argument == '0' || argument == 65));
      case 'r' -> answers.accept(0);
      case '(' -> qr();
      case 'B', 'h', 'w', 'H' -> {
        // Looks that the roll does not keep.
      }
      default -> unknownCommands++;
    }
  }

  /// `GS ( k pL pH cn fn …`, of which only the QR code's (cn = 31h) are built.
  private void qr() {
    boolean isQr = command[2] == 'k' && length >= 7 && command[5] == 0x31;
    if (!isQr) {
      unknownCommands++;
      return;
    }
    switch (command[6]) {
      case 0x41 -> {
        // Model 1 or 2 look the same to a telephone.
      }
      case 0x43 -> qrDots = command[7] & 0xFF;
      case 0x45 -> qrCorrection = "LMQH".charAt(command[7] & 0x03);
      case 0x50 -> qrContent = Arrays.copyOfRange(command, 8, length);
      case 0x51 -> paper.accept(
          new Printed.Qr(new String(qrContent, StandardCharsets.ISO_8859_1), qrDots, qrCorrection));
      default -> unknownCommands++;
    }
  }

  /// Commands that no printer of this kind has.
  long unknownCommands() {
    return unknownCommands;
  }
}
