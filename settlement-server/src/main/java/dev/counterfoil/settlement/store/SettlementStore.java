package dev.counterfoil.settlement.store;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;

/// The server's one writing port. One thread uses an instance; reads see everything that its own commits wrote.
public interface SettlementStore extends SettlementReads, AutoCloseable {

  /// Makes a unit durable as a whole, or changes nothing.
  ///
  /// Blocks for the disk. When this returns {@link CommitOutcome.Committed}, a power cut cannot undo it; when it
  /// returns another outcome or throws, nothing of it is visible, and nothing of it ever will be. One exception: when a
  /// connection is lost while the database commits ({@link StoreFault#STORE_UNREACHABLE}), nobody knows. The unit is
  /// there as a whole or not at all then, and its keys tell.
  ///
  /// @throws StoreException if the storage failed; a retry of the same unit is safe for {@link StoreFault#STORE_FULL}
  CommitOutcome commit(CommitUnit unit);

  /// Whether other processes may commit to the same database. Then whoever keeps what it read must know the versions of
  /// the sites before reading, and give them to the unit ({@link CommitUnit#expectVersion}).
  default boolean isShared() {
    return false;
  }

  /// How many units were committed to each site so far, of a store that is shared; sites without any are left out.
  default SortedMap<Integer, Long> siteVersions() {
    return Collections.emptySortedMap();
  }

  /// Keeps other processes from committing to these sites until the next commit, whatever its outcome, or the next
  /// {@link #release}. Blocks while another one has a site, and sees everything that was committed to them.
  ///
  /// @return false if another one held a site too long; nothing is claimed then
  default boolean claim(SortedSet<Integer> sites) {
    return true;
  }

  /// Gives back what was claimed, if anything still is.
  default void release() {
    // Nobody else commits.
  }

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
