package dev.counterfoil.settlement.ingest;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalStatus;
import java.util.HexFormat;

/// Writes acknowledgements: what of a terminal's chain is received, settled and safe, and what it may approve without
/// the server. Pure, but for the signer.
public final class AckDesk {

  private final CoreSettings settings;
  private final Signer signer;

  /// @param signer the installation's acknowledgement key
  public AckDesk(CoreSettings settings, Signer signer) {
    this.settings = settings;
    this.signer = signer;
  }

  /// The acknowledgement of where a terminal stands. Two of equal number say the same but for the time.
  ///
  /// @param generation 8 bytes in hexadecimal
  public AckStatement statement(TerminalMemory terminal, String generation, long nowMs) {
    HeadRow head = terminal.head();
    return AckStatement.newBuilder().setTerminalId(Wire.bytes(terminal.row().terminalId()))
        .setServerGeneration(ByteString.copyFrom(HexFormat.of().parseHex(generation)))
        .setAckNumber(head.ackNumber()).setReceived(Wire.position(terminal.linkPosition()))
        .setSettled(Wire.position(head.settled())).setSafe(Wire.position(head.safe())).setServerMs(nowMs)
        .setAnchorId(head.anchorId()).setAllowance(allowance(terminal).toWire())
        .setSafeSameDisk(settings.safeSameDisk()).build();
  }

  public Signed seal(AckStatement statement) {
    return Statements.seal(Domain.ACK, statement, signer);
  }

  /// A terminal with an undecided bad signature in its chain may approve nothing alone.
  private OfflineCaps allowance(TerminalMemory terminal) {
    boolean trusted = terminal.row().status() == TerminalStatus.ACTIVE && terminal.head().badSeq() == 0;
    // What needs a password needs the server (PAY-28): no terminal has what it would be compared with.
    return trusted
        ? settings.allowance().withPerTapAtMost(settings.passwords().mostWithout())
        : OfflineCaps.NOTHING;
  }
}
