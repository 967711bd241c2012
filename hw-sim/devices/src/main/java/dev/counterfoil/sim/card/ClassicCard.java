package dev.counterfoil.sim.card;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// MIFARE Classic 1K or 4K (NXP MF1S50yyX/V1, MF1S70yyX/V1): 16-byte blocks in sectors, two keys per sector,
/// access conditions, value blocks.
///
/// Sectors 0 to 31 have 4 blocks, sectors 32 to 39 of a 4K card have 16. A new card is in transport
/// configuration: all keys `FF FF FF FF FF FF`, access bytes `FF 07 80`. Crypto1 itself is not modelled, only
/// what it permits.
public final class ClassicCard extends Card {
  private static final int BLOCK = 16;
  private static final int KEY = 6;
  private static final int SMALL_SECTORS = 32;
  private static final int SMALL_SECTOR_BLOCKS = 4;
  private static final int LARGE_SECTOR_BLOCKS = 16;
  private static final int NO_SECTOR = -1;

  private final boolean large;
  private final byte[] memory;
  private int openSector = NO_SECTOR;
  private boolean openWithKeyB;
  private boolean halted;
  private int transferValue;
  private int transferAddress;
  private boolean transferLoaded;

  private ClassicCard(byte[] uid, boolean large) {
    super(uid);
    this.large = large;
    this.memory = new byte[(large ? 256 : 64) * BLOCK];
    formatTrailers();
    System.arraycopy(manufacturerBlock(uid), 0, memory, 0, BLOCK);
  }

  /// A fresh 1,024-byte card. `uid` has 4 or 7 bytes.
  public static ClassicCard oneK(byte[] uid) {
    return new ClassicCard(uid, false);
  }

  /// A fresh 4,096-byte card. `uid` has 4 or 7 bytes.
  public static ClassicCard fourK(byte[] uid) {
    return new ClassicCard(uid, true);
  }

  private void formatTrailers() {
    byte[] trailer = new byte[BLOCK];
    Arrays.fill(trailer, (byte) 0xFF);
    trailer[7] = 0x07;
    trailer[8] = (byte) 0x80;
    trailer[9] = 0x69;
    for (int block = 0; block < blocks(); block++) {
      if (block == trailerOf(sectorOf(block))) {
        System.arraycopy(trailer, 0, memory, block * BLOCK, BLOCK);
      }
    }
  }

  private byte[] manufacturerBlock(byte[] uid) {
    byte[] block = Arrays.copyOf(uid, BLOCK);
    int next = uid.length;
    if (uid.length == 4) {
      block[next++] = (byte) (uid[0] ^ uid[1] ^ uid[2] ^ uid[3]);
    }
    block[next++] = (byte) sak();
    block[next++] = atqa()[1];
    block[next] = atqa()[0];
    return block;
  }

  @Override
  public byte[] atqa() {
    int low = large ? 0x02 : 0x04;
    return new byte[] {0x00, (byte) (uid().length == 7 ? low | 0x40 : low)};
  }

  @Override
  public int sak() {
    return large ? 0x18 : 0x08;
  }

  @Override
  public byte[] ats() {
    return new byte[0];
  }

  @Override
  public String describe() {
    return (large ? "classic4k:" : "classic1k:") + uidText();
  }

  /// Time-outs of the data sheet: 1 ms for reads, 5 + 10 ms at most for the two parts of a write.
  @Override
  public int busyMicros(byte[] command) {
    return switch (command[0] & 0xFF) {
      case 0xA0, 0xB0 -> 6_000;
      case 0x60, 0x61 -> 2_000;
      default -> 1_000;
    };
  }

  /// The stored bytes of a block, keys included, for tests and for personalising a card.
  public synchronized byte[] peek(int block) {
    return Arrays.copyOfRange(memory, block * BLOCK, (block + 1) * BLOCK);
  }

  /// Puts 16 bytes into a block past all access conditions, as a card printer's personalisation would.
  public synchronized void poke(int block, byte[] data) {
    System.arraycopy(data, 0, memory, block * BLOCK, BLOCK);
  }

  @Override
  void restart() {
    halted = false;
    openSector = NO_SECTOR;
    transferLoaded = false;
  }

  @Override
  CardAnswer answer(byte[] command) {
    if (halted) {
      return new CardAnswer.Silence();
    }
    return switch (command[0] & 0xFF) {
      case 0x60 -> authenticate(command, false);
      case 0x61 -> authenticate(command, true);
      case 0x30 -> command.length == 2 ? read(command[1] & 0xFF) : halt(new CardAnswer.Nak());
      case 0xA0 -> command.length == 2 + BLOCK ? write(command) : halt(new CardAnswer.Nak());
      case 0xC0, 0xC1, 0xC2 -> command.length == 6 ? load(command) : halt(new CardAnswer.Nak());
      case 0xB0 -> command.length == 2 ? transfer(command[1] & 0xFF) : halt(new CardAnswer.Nak());
      case 0x50 -> halt(new CardAnswer.Silence());
      default -> halt(new CardAnswer.Nak());
    };
  }

  /// Without Crypto1 a raw frame can only be the halt command; anything else is noise to the card.
  @Override
  CardAnswer answerRaw(byte[] frame) {
    return halt(new CardAnswer.Silence());
  }

  private CardAnswer halt(CardAnswer answer) {
    halted = true;
    openSector = NO_SECTOR;
    transferLoaded = false;
    return answer;
  }

  private CardAnswer authenticate(byte[] command, boolean keyB) {
    if (command.length != 2 + KEY + 4 || (command[1] & 0xFF) >= blocks()) {
      return halt(new CardAnswer.AuthenticationFailed());
    }
    byte[] uid = uid();
    boolean uidFits = Arrays.equals(command, 8, 12, uid, uid.length - 4, uid.length);
    int sector = sectorOf(command[1] & 0xFF);
    int key = trailerOf(sector) * BLOCK + (keyB ? 10 : 0);
    if (!uidFits || !Arrays.equals(command, 2, 2 + KEY, memory, key, key + KEY)) {
      return halt(new CardAnswer.AuthenticationFailed());
    }
    openSector = sector;
    openWithKeyB = keyB;
    transferLoaded = false;
    return CardAnswer.data();
  }

  private CardAnswer read(int block) {
    if (!open(block)) {
      return halt(new CardAnswer.Nak());
    }
    if (isTrailer(block)) {
      return readTrailer(block);
    }
    return allows(block, SectorAccess.Use.READ) ? new CardAnswer.Data(peek(block))
        : halt(new CardAnswer.Nak());
  }

  /// Key A never leaves the card; access bytes and key B do where the conditions say so, else zeros.
  private CardAnswer readTrailer(int block) {
    SectorAccess access = access(block);
    byte[] data = peek(block);
    Arrays.fill(data, 0, KEY, (byte) 0);
    if (!access.allowsTrailer(SectorAccess.TrailerUse.READ_ACCESS, openWithKeyB)) {
      return halt(new CardAnswer.Nak());
    }
    if (!access.allowsTrailer(SectorAccess.TrailerUse.READ_KEY_B, openWithKeyB)) {
      Arrays.fill(data, 10, BLOCK, (byte) 0);
    }
    return new CardAnswer.Data(data);
  }

  private CardAnswer write(byte[] command) {
    int block = command[1] & 0xFF;
    byte[] data = Arrays.copyOfRange(command, 2, 2 + BLOCK);
    if (block == 0 || !open(block)) {
      return halt(new CardAnswer.Nak());
    }
    if (isTrailer(block)) {
      return writeTrailer(block, data);
    }
    if (!allows(block, SectorAccess.Use.WRITE)) {
      return halt(new CardAnswer.Nak());
    }
    store(memory, block * BLOCK, data);
    return CardAnswer.data();
  }

  private CardAnswer writeTrailer(int block, byte[] wanted) {
    SectorAccess access = access(block);
    byte[] merged = peek(block);
    boolean any = false;
    if (access.allowsTrailer(SectorAccess.TrailerUse.WRITE_KEY_A, openWithKeyB)) {
      System.arraycopy(wanted, 0, merged, 0, KEY);
      any = true;
    }
    if (access.allowsTrailer(SectorAccess.TrailerUse.WRITE_ACCESS, openWithKeyB)) {
      System.arraycopy(wanted, KEY, merged, KEY, 4);
      any = true;
    }
    if (access.allowsTrailer(SectorAccess.TrailerUse.WRITE_KEY_B, openWithKeyB)) {
      System.arraycopy(wanted, 10, merged, 10, KEY);
      any = true;
    }
    if (!any) {
      return halt(new CardAnswer.Nak());
    }
    store(memory, block * BLOCK, merged);
    return CardAnswer.data();
  }

  /// Decrement, increment and restore fill the transfer buffer; only [#transfer] changes memory.
  private CardAnswer load(byte[] command) {
    int block = command[1] & 0xFF;
    SectorAccess.Use use = command[0] == (byte) 0xC1 ? SectorAccess.Use.INCREMENT
        : SectorAccess.Use.DECREMENT;
    if (!open(block) || isTrailer(block) || !allows(block, use) || !isValueBlock(block)) {
      return halt(new CardAnswer.Nak());
    }
    int operand = ByteBuffer.wrap(command, 2, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    int value = ByteBuffer.wrap(memory, block * BLOCK, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
    transferValue = switch (command[0] & 0xFF) {
      case 0xC0 -> value - operand;
      case 0xC1 -> value + operand;
      default -> value;
    };
    transferAddress = memory[block * BLOCK + 12] & 0xFF;
    transferLoaded = true;
    return CardAnswer.data();
  }

  private CardAnswer transfer(int block) {
    if (!transferLoaded || !open(block) || isTrailer(block) || !allows(block, SectorAccess.Use.DECREMENT)) {
      return halt(new CardAnswer.Nak());
    }
    store(memory, block * BLOCK, valueBlock(transferValue, transferAddress));
    return CardAnswer.data();
  }

  /// The 16 bytes of a value block: `v ~v v addr ~addr addr ~addr`, value little-endian.
  public static byte[] valueBlock(int value, int address) {
    return ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN).putInt(value).putInt(~value)
        .putInt(value)
        .put((byte) address).put((byte) ~address).put((byte) address).put((byte) ~address).array();
  }

  private boolean isValueBlock(int block) {
    byte[] stored = peek(block);
    int value = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return Arrays.equals(stored, valueBlock(value, stored[12] & 0xFF));
  }

  private boolean open(int block) {
    return block < blocks() && openSector == sectorOf(block);
  }

  private boolean isTrailer(int block) {
    return block == trailerOf(sectorOf(block));
  }

  private boolean allows(int block, SectorAccess.Use use) {
    int sector = sectorOf(block);
    int offset = block - firstBlockOf(sector);
    int group = sector < SMALL_SECTORS ? offset : offset / 5;
    return access(block).allows(group, use, openWithKeyB);
  }

  private SectorAccess access(int block) {
    return SectorAccess.of(peek(trailerOf(sectorOf(block))));
  }

  private int blocks() {
    return memory.length / BLOCK;
  }

  private static int sectorOf(int block) {
    int small = SMALL_SECTORS * SMALL_SECTOR_BLOCKS;
    return block < small ? block / SMALL_SECTOR_BLOCKS
        : SMALL_SECTORS + (block - small) / LARGE_SECTOR_BLOCKS;
  }

  private static int firstBlockOf(int sector) {
    int small = Math.min(sector, SMALL_SECTORS);
    return small * SMALL_SECTOR_BLOCKS + (sector - small) * LARGE_SECTOR_BLOCKS;
  }

  private static int trailerOf(int sector) {
    return firstBlockOf(sector) + (sector < SMALL_SECTORS ? SMALL_SECTOR_BLOCKS : LARGE_SECTOR_BLOCKS) - 1;
  }
}
