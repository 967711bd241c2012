package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import org.jspecify.annotations.Nullable;

/// A registry row: who a terminal is. Where it stands is in its {@link HeadRow}.
///
/// @param terminal the site's own small number of this terminal, 1 or more; stands in all other rows
/// @param boardSerial what the board reported at enrolment; evidence, not proof
/// @param certificateHash SHA-256 of the client certificate's DER bytes; `prev` of the GENESIS record it allows
/// @param genesisDue the next record must be that GENESIS (fresh or re-enrolled)
/// @param confirmed the epoch that the terminal last confirmed, or wrote in
/// @param offered an epoch offered and not yet confirmed
/// @param offeredAtMs server time of the newest offer, 0 before the first
/// @param bootId of the newest accepted Hello
/// @param merchantLedger ledger account that its sales are paid to
/// @param drawerLedger ledger account of its cash
/// @param reason why it is frozen or revoked, else empty
public record TerminalRow(
    int site,
    int terminal,
    TerminalId terminalId,
    String name,
    TerminalStatus status,
    String boardSerial,
    Hash certificateHash,
    boolean genesisDue,
    EpochId confirmed,
    @Nullable EpochId offered,
    long offeredAtMs,
    @Nullable BootId bootId,
    long merchantLedger,
    long drawerLedger,
    String reason) {

  public TerminalRow withStatus(TerminalStatus next, String why) {
    return new TerminalRow(site, terminal, terminalId, name, next, boardSerial, certificateHash, genesisDue,
        confirmed, offered, offeredAtMs, bootId, merchantLedger, drawerLedger, why);
  }

  public TerminalRow withGenesisDone() {
    return new TerminalRow(site, terminal, terminalId, name, status, boardSerial, certificateHash, false,
        confirmed, offered, offeredAtMs, bootId, merchantLedger, drawerLedger, reason);
  }

  public TerminalRow withEpochs(EpochId nextConfirmed, @Nullable EpochId nextOffered, long nextOfferedAtMs) {
    return new TerminalRow(site, terminal, terminalId, name, status, boardSerial, certificateHash, genesisDue,
        nextConfirmed, nextOffered, nextOfferedAtMs, bootId, merchantLedger, drawerLedger, reason);
  }

  public TerminalRow withBootId(BootId next) {
    return new TerminalRow(site, terminal, terminalId, name, status, boardSerial, certificateHash, genesisDue,
        confirmed, offered, offeredAtMs, next, merchantLedger, drawerLedger, reason);
  }
}
