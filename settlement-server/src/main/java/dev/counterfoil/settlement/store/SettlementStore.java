package dev.counterfoil.settlement.store;

/// The server's one writing port. One thread uses an instance; reads see everything that its own commits wrote.
public interface SettlementStore extends SettlementReads, AutoCloseable {

  /// Makes a unit durable as a whole, or changes nothing.
  ///
  /// Blocks for the disk. When this returns {@link CommitOutcome.Committed}, a power cut cannot undo it; when it
  /// returns another outcome or throws, nothing of it is visible, and nothing of it ever will be.
  ///
  /// @throws StoreException if the storage failed; a retry is safe for {@link StoreFault#STORE_FULL} only
  CommitOutcome commit(CommitUnit unit);

  /// A second view for another thread, which sees committed units only. The caller closes it.
  ReadView openReader();

  /// Releases files and locks. A second call does nothing.
  @Override
  void close();

  /// A closable reading view.
  interface ReadView extends SettlementReads, AutoCloseable {
    @Override
    void close();
  }
}
