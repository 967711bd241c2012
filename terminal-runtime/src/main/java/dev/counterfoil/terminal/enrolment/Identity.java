package dev.counterfoil.terminal.enrolment;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.terminal.journal.EpochHeld;

/// Who an enrolled terminal is. Holds no secret.
///
/// @param name        as the operator called it
/// @param currency    of its site, ISO 4217
/// @param server      where it was enrolled
/// @param certificate TLS client certificate, DER
/// @param authority   certificate of the one authority it trusts, DER
/// @param ackKey      key of the server's statements
/// @param cardKeyId   id of the card key in force
/// @param origin      what its GENESIS follows
/// @param epoch       first epoch, as offered
/// @param confirmationPending a second operator must confirm before it sells
public record Identity(TerminalId terminal, String name, int site, String currency, ServerAddress server,
    byte[] certificate, byte[] authority, VerificationKey ackKey, int cardKeyId, ChainPosition origin,
    EpochHeld epoch, boolean confirmationPending) {

  public Identity {
    certificate = certificate.clone();
    authority = authority.clone();
  }

  @Override
  public byte[] certificate() {
    return certificate.clone();
  }

  @Override
  public byte[] authority() {
    return authority.clone();
  }

  /// How this terminal recognises its server.
  public ServerTrust trust(SignatureVerifier signatures) {
    return new ServerTrust(terminal, ackKey, signatures);
  }
}
