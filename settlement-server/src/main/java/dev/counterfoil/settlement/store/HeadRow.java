package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.journal.ChainPosition;

/// Where a terminal's chain stands on this server. Written only by compare-and-set on `received`, so that two servers
/// or two connections never both extend it.
///
/// @param received last record that is durable here; (0, {@link Hash#ZERO}, 0) before the first
/// @param settled last record that is posted to the ledger or in the exception queue
/// @param epoch of the last record; before the first record the first one offered
/// @param verifiedSeq every single signature up to here was checked (or is `badSeq`)
/// @param safe last record that is in the verified copy
/// @param badSeq first record with a bad inner signature that no operator has decided on, 0 = none; SAFE stops before it
/// @param ackNumber number of the newest acknowledgement that is based on this row
/// @param anchorId number of the newest time anchor given out
public record HeadRow(
    int site,
    int terminal,
    ChainPosition received,
    ChainPosition settled,
    EpochId epoch,
    long verifiedSeq,
    ChainPosition safe,
    long badSeq,
    long ackNumber,
    long anchorId) {

  /// Before any record.
  public static final ChainPosition NOWHERE = new ChainPosition(0, Hash.ZERO, 0);

  /// A terminal's head before its first record.
  public static HeadRow start(int site, int terminal, EpochId firstEpoch) {
    return new HeadRow(site, terminal, NOWHERE, NOWHERE, firstEpoch, 0, NOWHERE, 0, 0, 0);
  }

  /// Both marks move: one commit unit stores and settles.
  public HeadRow settledAt(ChainPosition mark, EpochId lastEpoch) {
    return new HeadRow(site, terminal, mark, mark, lastEpoch, verifiedSeq, safe, badSeq, ackNumber + 1,
        anchorId);
  }

  public HeadRow withVerified(long seq, long bad) {
    return new HeadRow(site, terminal, received, settled, epoch, seq, safe, bad, ackNumber + 1, anchorId);
  }

  public HeadRow withSafe(ChainPosition mark) {
    return new HeadRow(site, terminal, received, settled, epoch, verifiedSeq, mark, badSeq, ackNumber + 1,
        anchorId);
  }

  /// Another acknowledgement and time anchor, as every Welcome gives them.
  public HeadRow withNextAnchor() {
    return new HeadRow(site, terminal, received, settled, epoch, verifiedSeq, safe, badSeq, ackNumber + 1,
        anchorId + 1);
  }

  public HeadRow withNextAck() {
    return new HeadRow(site, terminal, received, settled, epoch, verifiedSeq, safe, badSeq, ackNumber + 1,
        anchorId);
  }
}
