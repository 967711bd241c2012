package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// A few reading views of the store, each lent to one request at a time. Thread-safe; blocks while all are out.
final class Readers implements AutoCloseable {

  private static final int MOST = 4;
  private static final long PATIENCE_SECONDS = 5;

  private final Supplier<SettlementStore.ReadView> opener;
  private final Semaphore free = new Semaphore(MOST, true);
  private final Deque<SettlementStore.ReadView> idle = new ArrayDeque<>();

  Readers(Supplier<SettlementStore.ReadView> opener) {
    this.opener = opener;
  }

  /// @throws RefusedException SYSTEM_BUSY if no view comes free in five seconds
  <T> T read(Function<SettlementReads, T> work) {
    take();
    try {
      SettlementStore.ReadView view = view();
      T result;
      try {
        result = work.apply(view);
      } catch (StoreException e) {
        // A view that failed is not lent again.
        view.close();
        throw e;
      } catch (RuntimeException e) {
        back(view);
        throw e;
      }
      back(view);
      return result;
    } finally {
      free.release();
    }
  }

  private void take() {
    try {
      if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new RefusedException("SYSTEM_BUSY", "too many readers; try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("SYSTEM_BUSY", "the server is stopping");
    }
  }

  private SettlementStore.ReadView view() {
    synchronized (idle) {
      SettlementStore.ReadView known = idle.poll();
      if (known != null) {
        return known;
      }
    }
    return opener.get();
  }

  private void back(SettlementStore.ReadView view) {
    synchronized (idle) {
      idle.push(view);
    }
  }

  @Override
  public void close() {
    synchronized (idle) {
      idle.forEach(SettlementStore.ReadView::close);
      idle.clear();
    }
  }
}
