package dev.counterfoil.settlement.net;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TerminalStatus;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The registry as event loops may ask it: every terminal's present certificate and whether it was revoked. A certificate
/// from before a re-enrolment counts as revoked. Loaded on the core's thread whenever the registry may have changed,
/// read on any.
public final class Registered implements RevocationList {

  private volatile Map<TerminalId, Entry> entries = Map.of();

  private record Entry(Hash certificate, boolean revoked) {}

  /// Takes over what the registry says now.
  ///
  /// @return whether anything differs from before
  public boolean load(SettlementReads reads) {
    Map<TerminalId, Entry> next = new HashMap<>();
    for (SiteRow site : reads.sites()) {
      for (TerminalRow row : reads.terminals(site.site())) {
        next.put(row.terminalId(), new Entry(row.certificateHash(), row.status() == TerminalStatus.REVOKED));
      }
    }
    boolean differs = !next.equals(entries);
    entries = next;
    return differs;
  }

  @Override
  public Optional<ReasonCode> refusal(PeerIdentity peer) {
    Entry entry = entries.get(peer.terminal());
    if (entry == null) {
      return Optional.of(ReasonCode.NOT_ENROLLED);
    }
    return entry.revoked() || !entry.certificate().equals(peer.certificateHash())
        ? Optional.of(ReasonCode.CERTIFICATE_REVOKED)
        : Optional.empty();
  }

  /// The revocation list for TLS handshakes. A certificate that names nobody is no business of this list.
  public boolean isRevoked(X509Certificate certificate) {
    return PeerIdentity.of(certificate).flatMap(this::refusal).filter(ReasonCode.CERTIFICATE_REVOKED::equals)
        .isPresent();
  }
}
