package dev.counterfoil.sim.card;

import java.util.HexFormat;

/// A contactless card of ISO 14443 type A with its memory, as the air interface shows it.
///
/// Cards keep their memory while out of the field and lose their session when powered up again. A card can be
/// torn out of the field in the middle of a write; then only the first bytes reach its memory. Any thread may
/// call; calls are serialised by the card's own lock.
public abstract sealed class Card permits ClassicCard, PageCard, DesfireCard, Ntag424Card {
  private static final int NOT_TORN = -1;

  private final byte[] uid;
  private int tearAfterBytes = NOT_TORN;
  private boolean torn;
  private long fieldEntries;
  private int commandsLeft = NOT_TORN;

  Card(byte[] uid) {
    this.uid = uid.clone();
  }

  public final byte[] uid() {
    return uid.clone();
  }

  /// The UID in upper-case hexadecimal, as printed on cards and in logs of simulated readers.
  public final String uidText() {
    return HexFormat.of().withUpperCase().formatHex(uid);
  }

  /// SENS_RES in the order in which a PN532 reports it.
  public abstract byte[] atqa();

  /// SEL_RES.
  public abstract int sak();

  /// The answer to select with its leading length byte, empty for cards that do not speak ISO 14443-4.
  public abstract byte[] ats();

  /// What a person would call it: `classic1k:04A1B2C3`.
  public abstract String describe();

  /// How long the card works on a command, in microseconds, without the time on the air.
  public abstract int busyMicros(byte[] command);

  /// How often the card has been brought into a field. A reader's selection holds for one stay only.
  public final synchronized long fieldEntries() {
    return fieldEntries;
  }

  final synchronized void enterField() {
    fieldEntries++;
    select();
  }

  /// The field comes up, or the reader selects the card again: sessions end, a halt ends.
  public final synchronized void select() {
    torn = false;
    restart();
  }

  /// One command at the level at which a PN532 takes it in InDataExchange: MIFARE commands, among them the
  /// authentication `60|61 block key uid`, and ISO 14443-4 payloads without block framing.
  public final synchronized CardAnswer exchange(byte[] command) {
    countDown();
    CardAnswer answer = command.length == 0 || torn ? new CardAnswer.Silence() : answer(command);
    return torn ? new CardAnswer.Silence() : answer;
  }

  /// One raw frame, as InCommunicateThru sends it: no authentication, no block framing by the reader.
  public final synchronized CardAnswer exchangeRaw(byte[] frame) {
    CardAnswer answer = frame.length == 0 ? new CardAnswer.Silence() : answerRaw(frame);
    return torn ? new CardAnswer.Silence() : answer;
  }

  /// Tears the card out of the field during the next write, after `bytes` bytes have reached its memory.
  public final synchronized void tearNextWriteAfter(int bytes) {
    tearAfterBytes = bytes;
  }

  /// Tears the card out of the field once it has answered this many more commands of [#exchange].
  public final synchronized void tearAfterCommands(int commands) {
    commandsLeft = commands;
  }

  private void countDown() {
    if (commandsLeft != NOT_TORN && commandsLeft-- == 0) {
      torn = true;
    }
  }

  /// True from a torn write until the next [#select].
  public final synchronized boolean torn() {
    return torn;
  }

  abstract void restart();

  abstract CardAnswer answer(byte[] command);

  abstract CardAnswer answerRaw(byte[] frame);

  /// All writes to card memory go through here, so that any of them can be torn.
  final void store(byte[] memory, int offset, byte[] data) {
    int length = data.length;
    if (tearAfterBytes != NOT_TORN) {
      length = Math.min(length, tearAfterBytes);
      tearAfterBytes = NOT_TORN;
      torn = true;
    }
    System.arraycopy(data, 0, memory, offset, length);
  }
}
