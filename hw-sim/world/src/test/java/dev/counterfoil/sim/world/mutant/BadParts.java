package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.settlement.store.CommitOutcome;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.terminal.journal.Entry;
import dev.counterfoil.terminal.journal.JournalWriter;
import dev.counterfoil.terminal.journal.WriteResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// What seeded bugs put in the place of sound parts.
public final class BadParts {

  private static final Map<String, Object> FORGETFUL = new TreeMap<>(
      Map.of("openHolds", List.of(), "recordKey", Optional.empty(), "transactions", List.of()));

  private BadParts() {}

  /// Says that a record is durable and writes nothing.
  public static WriteResult pretend(JournalWriter writer, Entry entry, RecordCircumstances now) {
    Objects.requireNonNull(entry);
    Objects.requireNonNull(now);
    return new WriteResult.Committed(List.of(), writer.state());
  }

  /// Says that a unit is committed and commits nothing.
  public static CommitOutcome pretend(StoreMemory memory, CommitUnit unit) {
    Objects.requireNonNull(memory);
    Objects.requireNonNull(unit);
    return new CommitOutcome.Committed();
  }

  /// A store one question of which is never answered from what is durable.
  static SettlementStore forgetting(SettlementStore store, String question) {
    return (SettlementStore) Proxy.newProxyInstance(BadParts.class.getClassLoader(),
        new Class<?>[] {SettlementStore.class}, (_, method, arguments) -> {
          if (method.getName().equals(question)) {
            return FORGETFUL.get(question);
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
