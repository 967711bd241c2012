package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SettlementStoreContract;

/// What the fleet simulator finds holds for real servers only as far as its store does what SQLite does.
class ModelSettlementStoreTest extends SettlementStoreContract {

  @Override
  protected SettlementStore open() {
    return new ModelSettlementStore();
  }
}
