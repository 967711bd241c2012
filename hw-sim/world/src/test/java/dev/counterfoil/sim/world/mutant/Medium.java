package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.settlement.password.PasswordGuard;
import dev.counterfoil.settlement.store.AccountPasswordRow;
import dev.counterfoil.settlement.store.AccountReads;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.sim.world.Ports;
import dev.counterfoil.terminal.journal.CommitUnit;
import dev.counterfoil.terminal.journal.JournalStore;
import dev.counterfoil.terminal.journal.StoreException;
import dev.counterfoil.terminal.journal.StoreFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
  },

  /// m35: the server counts wrong passwords from its start.
  FORGETS_TRIES {
    @Override
    Ports ports() {
      return new Ports(UnaryOperator.identity(), Medium::forgettingTries);
    }
  },

  /// No bug: some writes report an error and are kept all the same.
  DOUBTFUL {
    @Override
    boolean isBug() {
      return false;
    }

    @Override
    Ports ports() {
      return new Ports(Medium::doubtful, UnaryOperator.identity());
    }
  };

  private static final int DOUBTFUL_EVERY = 9;

  abstract Ports ports();

  boolean isBug() {
    return this != SOUND;
  }

  private static JournalStore doubtful(JournalStore store) {
    int[] sales = {0};
    return proxy(JournalStore.class, store, (method, arguments) -> {
      if (method.getName().equals("commit") && sells((CommitUnit) arguments[0])
          && ++sales[0] % DOUBTFUL_EVERY == 0) {
        throw new StoreException(StoreFailure.IO_ERROR, "doubtful disk");
      }
    });
  }

  private static boolean sells(CommitUnit unit) {
    return unit.records().stream().anyMatch(record -> record.is(RecordKind.SALE));
  }

  private interface After {
    void call(Method method, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, T sound, After after) {
    return type.cast(Proxy.newProxyInstance(Medium.class.getClassLoader(), new Class<?>[] {type},
        (_, method, arguments) -> {
          Object answer = invoke(sound, method, arguments);
          after.call(method, arguments);
          return answer;
        }));
  }

  private static Object invoke(Object sound, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(sound, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Ports forgetting(String question, Object answer) {
    return new Ports(UnaryOperator.identity(), store -> forgetting(store, question, answer));
  }

  /// A store one question of which is never answered from what is durable.
  private static SettlementStore forgetting(SettlementStore store, String question, Object answer) {
    return (SettlementStore) Proxy.newProxyInstance(Medium.class.getClassLoader(),
        new Class<?>[] {SettlementStore.class}, (_, method, arguments) -> method.getName().equals(question)
            ? answer
            : invoke(store, method, arguments));
  }

  private static SettlementStore forgettingTries(SettlementStore store) {
    Set<Long> counted = new TreeSet<>();
    return (SettlementStore) Proxy.newProxyInstance(Medium.class.getClassLoader(),
        new Class<?>[] {SettlementStore.class}, (_, method, arguments) -> {
          Object answer = invoke(store, method, arguments);
          if (method.getName().equals("commit")) {
            ((dev.counterfoil.settlement.store.CommitUnit) arguments[0]).passwords()
                .forEach(row -> counted.add(row.account()));
          }
          return method.getName().equals("profiles") ? forgettingTries((AccountReads) answer, counted) : answer;
        });
  }

  private static AccountReads forgettingTries(AccountReads sound, Set<Long> counted) {
    return (AccountReads) Proxy.newProxyInstance(Medium.class.getClassLoader(),
        new Class<?>[] {AccountReads.class}, (_, method, arguments) -> {
          Object answer = invoke(sound, method, arguments);
          return method.getName().equals("password") && !counted.contains((Long) arguments[1])
              ? ((Optional<?>) answer).map(row -> ((AccountPasswordRow) row).withGuard(PasswordGuard.FRESH))
              : answer;
        });
  }
}
