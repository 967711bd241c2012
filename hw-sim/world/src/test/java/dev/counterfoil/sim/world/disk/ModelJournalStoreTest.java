package dev.counterfoil.sim.world.disk;

import dev.counterfoil.terminal.journal.JournalState;
import dev.counterfoil.terminal.journal.JournalStore;
import dev.counterfoil.terminal.journal.JournalStoreContract;

/// What the fleet simulator finds holds for real terminals only as far as its medium does what SQLite does.
class ModelJournalStoreTest extends JournalStoreContract {

  @Override
  protected JournalStore created(JournalState enrolled) {
    return on(new JournalImage(enrolled));
  }

  @Override
  protected JournalStore restarted(JournalStore store) {
    return on(((ModelJournalStore) store).image());
  }

  private static JournalStore on(JournalImage image) {
    return new ModelJournalStore(image, () -> DiskFault.NONE, _ -> {
    }, _ -> {
    });
  }
}
