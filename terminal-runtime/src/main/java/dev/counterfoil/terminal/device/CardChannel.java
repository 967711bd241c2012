package dev.counterfoil.terminal.device;

/// A conversation with the one card that lies on a reader.
///
/// Every call throws [CardRefusedException] with `CARD_REMOVED` when the card does not answer any more; the conversation
/// is over then, and whoever keeps the reader begins a new one if the card is still there. Nothing here is sent twice by
/// itself, because half of what cards are told depends on what they were told before.
///
/// Threads: the reader's. A call blocks for as long as the card works, at most about half a second.
public interface CardChannel {

  /// The card, as it was selected.
  CardIdentity card();

  /// Sends an ISO 7816-4 command to a card of ISO 14443-4 and returns its answer, status bytes included.
  ///
  /// @throws DeviceFaultException if the reader does not work
  byte[] transmit(byte... command) throws CardRefusedException, DeviceFaultException, InterruptedException;

  /// Opens the sector of this block of a MIFARE Classic card. After a wrong key the card is selected anew, so that
  /// another key can be tried.
  ///
  /// @return whether the key fits
  boolean openSector(int block, SectorKey key)
      throws CardRefusedException, DeviceFaultException, InterruptedException;

  /// The 16 bytes of a block in the sector that is open.
  byte[] readBlock(int block) throws CardRefusedException, DeviceFaultException, InterruptedException;
}
