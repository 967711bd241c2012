package dev.counterfoil.sim.card;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/// NTAG 424 DNA with Secure Dynamic Messaging: its NDEF file holds a link, into which each first reading after a selection
/// puts the encrypted UID and count of readings, and a CMAC over them (NXP AN12196 section 3.4).
///
/// Only what a reader of that file needs is modelled: ISO selection by name and number, ISO READ BINARY.
public final class Ntag424Card extends Card {
  private static final byte[] ATS = {0x06, 0x77, 0x77, 0x71, 0x02, (byte) 0x80};
  private static final byte[] APPLICATION = {(byte) 0xD2, 0x76, 0x00, 0x00, (byte) 0x85, 0x01, 0x01};
  private static final int NDEF_FILE = 0xE104;
  private static final int FILE_BYTES = 256;
  private static final String LINK = "example.org/t?picc_data=%s&cmac=%s";
  private static final byte HTTPS = 0x04;
  private static final int COUNTER_END = 0xFFFFFF;

  private final byte[] metaKey;
  private final byte[] fileKey;
  private final SplittableRandom random;
  private int counter;
  private boolean applicationSelected;
  private boolean fileSelected;
  private boolean counted;
  private boolean recorded;
  private byte[] file = new byte[FILE_BYTES];

  /// A tag that was read `counter` times before.
  ///
  /// @param metaKey encrypts UID and counter, 16 bytes
  /// @param fileKey signs them, 16 bytes
  public Ntag424Card(byte[] uid, byte[] metaKey, byte[] fileKey, int counter) {
    super(uid);
    this.metaKey = metaKey.clone();
    this.fileKey = fileKey.clone();
    this.counter = counter;
    this.random = new SplittableRandom(Arrays.hashCode(uid));
  }

  /// Makes it a copy that tells the message of its next reading again and again.
  public synchronized Ntag424Card recorded() {
    recorded = true;
    return this;
  }

  /// How often it was read.
  public synchronized int readings() {
    return counter;
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
    return "ntag424:" + uidText();
  }

  @Override
  public int busyMicros(byte[] command) {
    return 2_000;
  }

  @Override
  void restart() {
    applicationSelected = false;
    fileSelected = false;
    counted = false;
  }

  @Override
  CardAnswer answerRaw(byte[] frame) {
    return new CardAnswer.Silence();
  }

  @Override
  CardAnswer answer(byte[] command) {
    if (command.length < 5 || command[0] != 0) {
      return status(0x6E00);
    }
    return switch (command[1] & 0xFF) {
      case 0xA4 -> command[2] == 4 ? selectApplication(command) : selectFile(command);
      case 0xB0 -> read((command[2] & 0xFF) << 8 | command[3] & 0xFF, command[4] & 0xFF);
      default -> status(0x6D00);
    };
  }

  private CardAnswer selectApplication(byte[] command) {
    int end = 5 + APPLICATION.length;
    applicationSelected = command.length >= end && command[4] == APPLICATION.length
        && Arrays.equals(command, 5, end, APPLICATION, 0, APPLICATION.length);
    fileSelected = false;
    return status(applicationSelected ? 0x9000 : 0x6A82);
  }

  private CardAnswer selectFile(byte[] command) {
    fileSelected = applicationSelected && command.length >= 7 && command[4] == 2
        && ((command[5] & 0xFF) << 8 | command[6] & 0xFF) == NDEF_FILE;
    counted = false;
    return status(fileSelected ? 0x9000 : 0x6A82);
  }

  private CardAnswer read(int offset, int length) {
    if (!fileSelected) {
      return status(0x6985);
    }
    if (offset + length > FILE_BYTES) {
      return status(0x6B00);
    }
    if (!counted) {
      counted = true;
      mirror();
    }
    return new CardAnswer.Data(
        CardAes.join(Arrays.copyOfRange(file, offset, offset + length), new byte[] {(byte) 0x90, 0}));
  }

  private void mirror() {
    if (recorded && file[0] + file[1] != 0) {
      return;
    }
    counter = Math.min(COUNTER_END, counter + 1);
    byte[] count = {(byte) counter, (byte) (counter >> 8), (byte) (counter >> 16)};
    byte[] padding = new byte[5];
    random.nextBytes(padding);
    byte[] who = CardAes.encrypt(metaKey, CardAes.zeros(),
        CardAes.join(new byte[] {(byte) 0xC7}, uid(), count, padding));
    byte[] session = CardAes.cmac(fileKey, CardAes.zeros(),
        CardAes.join(new byte[] {0x3C, (byte) 0xC3, 0, 1, 0, (byte) 0x80}, uid(), count));
    byte[] mac = CardAes.shortMac(CardAes.cmac(session, CardAes.zeros(), new byte[0]));
    HexFormat hex = HexFormat.of().withUpperCase();
    write(LINK.formatted(hex.formatHex(who), hex.formatHex(mac)));
  }

  /// `NLEN(2) D1 01 length 55 04 link`: one record of type U, "https://" shortened to 04.
  private void write(String link) {
    byte[] text = link.getBytes(StandardCharsets.US_ASCII);
    byte[] message = CardAes.join(new byte[] {(byte) 0xD1, 0x01, (byte) (text.length + 1), 0x55, HTTPS},
        text);
    file = Arrays.copyOf(CardAes.join(new byte[] {0, (byte) message.length}, message), FILE_BYTES);
  }

  private static CardAnswer status(int status) {
    return CardAnswer.data((byte) (status >> 8), (byte) status);
  }
}
