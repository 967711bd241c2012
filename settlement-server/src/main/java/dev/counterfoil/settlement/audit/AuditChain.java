package dev.counterfoil.settlement.audit;

import dev.counterfoil.protocol.id.Hash;

/// How far one site's chain has come. The next state is stored by the commit that made the change which the entry tells of,
/// so that there is neither a change without an entry nor an entry without its change.
///
/// @param number of the last event, 0 before the first
/// @param head   hash of the last event, {@link Hash#ZERO} before the first
public record AuditChain(int site, long number, Hash head) {

  /// An event in its place.
  ///
  /// @param hash of the event, and so the chain's new head
  public record Link(AuditEvent event, Hash hash) {

    /// The chain with this link as its last.
    public AuditChain end() {
      return new AuditChain(event.site(), event.number(), hash);
    }
  }

  /// The chain of a site before its first event.
  public static AuditChain empty(int site) {
    return new AuditChain(site, 0, Hash.ZERO);
  }

  /// The link that `entry` becomes; the chain itself goes on from {@link Link#end()}.
  public Link append(AuditEntry entry) {
    var event = new AuditEvent(site, number + 1, entry);
    return new Link(event, event.hashAfter(head));
  }
}
