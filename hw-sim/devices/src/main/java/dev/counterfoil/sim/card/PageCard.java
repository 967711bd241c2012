package dev.counterfoil.sim.card;

import java.util.Arrays;

/// MIFARE Ultralight (NXP MF0ICU1) and NTAG213 (NXP NTAG213/215/216 sheet): four-byte pages, no keys.
///
/// Reads return four pages and roll over at the end of memory. Page 3 and the lock bytes can only gain bits.
/// After a NAK the card falls back to idle and must be selected again.
public final class PageCard extends Card {
  private static final int PAGE = 4;
  private static final int ULTRALIGHT_PAGES = 16;
  private static final int NTAG213_PAGES = 45;
  private static final byte[] NTAG213_VERSION = {0x00, 0x04, 0x04, 0x02, 0x01, 0x00, 0x0F, 0x03};
  private static final int CASCADE_TAG = 0x88;

  private final boolean ntag;
  private final byte[] memory;
  private boolean halted;

  private PageCard(byte[] uid, boolean ntag) {
    super(uid);
    this.ntag = ntag;
    this.memory = new byte[(ntag ? NTAG213_PAGES : ULTRALIGHT_PAGES) * PAGE];
    System.arraycopy(uid, 0, memory, 0, 3);
    memory[3] = (byte) (CASCADE_TAG ^ uid[0] ^ uid[1] ^ uid[2]);
    System.arraycopy(uid, 3, memory, 4, 4);
    memory[8] = (byte) (uid[3] ^ uid[4] ^ uid[5] ^ uid[6]);
    memory[9] = 0x48;
    if (ntag) {
      System.arraycopy(new byte[] {(byte) 0xE1, 0x10, 0x12, 0x00}, 0, memory, 3 * PAGE, PAGE);
    }
  }

  /// `uid` has 7 bytes.
  public static PageCard ultralight(byte[] uid) {
    return new PageCard(uid, false);
  }

  /// `uid` has 7 bytes.
  public static PageCard ntag(byte[] uid) {
    return new PageCard(uid, true);
  }

  @Override
  public byte[] atqa() {
    return new byte[] {0x00, 0x44};
  }

  @Override
  public int sak() {
    return 0x00;
  }

  @Override
  public byte[] ats() {
    return new byte[0];
  }

  @Override
  public String describe() {
    return (ntag ? "ntag:" : "ultralight:") + uidText();
  }

  @Override
  public int busyMicros(byte[] command) {
    return command[0] == (byte) 0xA2 || command[0] == (byte) 0xA0 ? 4_000 : 500;
  }

  /// The four stored bytes of a page.
  public synchronized byte[] peek(int page) {
    return Arrays.copyOfRange(memory, page * PAGE, (page + 1) * PAGE);
  }

  @Override
  void restart() {
    halted = false;
  }

  @Override
  CardAnswer answerRaw(byte[] frame) {
    return answer(frame);
  }

  @Override
  CardAnswer answer(byte[] command) {
    if (halted) {
      return new CardAnswer.Silence();
    }
    return switch (command[0] & 0xFF) {
      case 0x30 -> command.length == 2 ? read(command[1] & 0xFF) : refuse();
      case 0xA2 -> command.length == 2 + PAGE ? write(command) : refuse();
      case 0xA0 -> command.length == 2 + 16 ? write(Arrays.copyOf(command, 2 + PAGE)) : refuse();
      case 0x60 -> ntag && command.length == 1 ? CardAnswer.data(NTAG213_VERSION.clone()) : refuse();
      case 0x3A -> ntag && command.length == 3 ? fastRead(command[1] & 0xFF, command[2] & 0xFF) : refuse();
      case 0x50 -> fallIdle(new CardAnswer.Silence());
      default -> refuse();
    };
  }

  private CardAnswer refuse() {
    return fallIdle(new CardAnswer.Nak());
  }

  private CardAnswer fallIdle(CardAnswer answer) {
    halted = true;
    return answer;
  }

  private CardAnswer read(int page) {
    if (page >= pages()) {
      return refuse();
    }
    byte[] data = new byte[4 * PAGE];
    for (int i = 0; i < data.length; i++) {
      data[i] = memory[(page * PAGE + i) % memory.length];
    }
    return new CardAnswer.Data(data);
  }

  private CardAnswer fastRead(int first, int last) {
    if (first > last || last >= pages()) {
      return refuse();
    }
    return new CardAnswer.Data(Arrays.copyOfRange(memory, first * PAGE, (last + 1) * PAGE));
  }

  private CardAnswer write(byte[] command) {
    int page = command[1] & 0xFF;
    if (page < 2 || page >= pages() || locked(page)) {
      return refuse();
    }
    byte[] data = Arrays.copyOfRange(command, 2, 2 + PAGE);
    byte[] stored = peek(page);
    if (page == 2) {
      data[0] = stored[0];
      data[1] = stored[1];
    }
    if (page <= 3) {
      for (int i = page == 2 ? 2 : 0; i < PAGE; i++) {
        data[i] |= stored[i];
      }
    }
    store(memory, page * PAGE, data);
    return CardAnswer.data();
  }

  /// Lock bytes 0 and 1 lock pages 3 to 15, one bit each from bit 3 of byte 0 on.
  private boolean locked(int page) {
    int lockBits = memory[10] & 0xFF | (memory[11] & 0xFF) << 8;
    return page >= 3 && page <= 15 && (lockBits >> page & 1) == 1;
  }

  private int pages() {
    return memory.length / PAGE;
  }
}
