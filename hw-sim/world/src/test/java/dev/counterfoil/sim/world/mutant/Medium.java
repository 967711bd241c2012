package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.sim.world.Ports;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What stands in the place of the model media.
public enum Medium {
  SOUND {
    @Override
    Ports ports() {
      return Ports.DIRECT;
    }
  },
  /// m12: the server finds no open holds after a crash.
  FORGETS_HOLDS {
    @Override
    Ports ports() {
      return forgetting("openHolds", List.of());
    }
  },
  /// m18: the server does not find what it accepted before.
  FORGETS_RECORDS {
    @Override
    Ports ports() {
      return forgetting("recordKey", Optional.empty());
    }
  };

  abstract Ports ports();

  private static Ports forgetting(String question, Object answer) {
    return new Ports(UnaryOperator.identity(), store -> forgetting(store, question, answer));
  }

  /// A store one question of which is never answered from what is durable.
  private static SettlementStore forgetting(SettlementStore store, String question, Object answer) {
    return (SettlementStore) Proxy.newProxyInstance(Medium.class.getClassLoader(),
        new Class<?>[] {SettlementStore.class}, (_, method, arguments) -> {
          if (method.getName().equals(question)) {
            return answer;
          }
          try {
            return method.invoke(store, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
