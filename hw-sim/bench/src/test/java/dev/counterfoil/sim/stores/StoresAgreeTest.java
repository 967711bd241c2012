package dev.counterfoil.sim.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.LedgerVerification;
import dev.counterfoil.settlement.ledger.PostingReason;
import dev.counterfoil.settlement.limit.PurchaseLimits;
import dev.counterfoil.settlement.limit.RechargeLimits;
import dev.counterfoil.settlement.store.ArrivalState;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.MealOrderReads;
import dev.counterfoil.settlement.store.MealOrderRow;
import dev.counterfoil.settlement.store.MoneyRequestKind;
import dev.counterfoil.settlement.store.MoneyRequestState;
import dev.counterfoil.settlement.store.PostgresAddress;
import dev.counterfoil.settlement.store.PostgresSettlementStore;
import dev.counterfoil.settlement.store.RechargeMethod;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import dev.counterfoil.settlement.store.TestPostgres;
import dev.counterfoil.settlement.store.TransferKind;
import dev.counterfoil.settlement.store.TransferRow;
import dev.counterfoil.sim.world.oracle.MealAudit;
import dev.counterfoil.sim.world.server.ModelSettlementStore;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same commands, step by step, to three servers: on SQLite, on PostgreSQL and on the ledger in memory. Each step's
/// answers are the same, and at intervals everything that they keep is; each asset sums to 0.
///
/// A failure names seed and step; `-Dstores.seed=SEED` runs that sequence alone, `-Dstores.commands=N` its first N commands.
class StoresAgreeTest {

  private static final int COMMANDS = Integer.getInteger("stores.commands", 5_000);
  private static final int INTERVAL = 500;
  private static final int SITE = TestServer.SITE;
  private static final CoreSettings SETTINGS = CoreSettings.DEFAULT.withConfirmTerminals(false)
      .withPurchases(PurchaseLimits.NONE).withRecharges(new RechargeLimits(1, 1_000_000, 0, 0));

  @TempDir
  Path folder;

  /// A store's name and the server on it.
  private record Side(String name, TestServer server) {}

  @Test
  void oneSequenceIsAnsweredTheSameByEveryStore() {
    agree(Long.getLong("stores.seed", 20_261_121));
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @Tag("nightly")
  @ParameterizedTest
  @MethodSource("seeds")
  void manySequencesAreAnsweredTheSameByEveryStore(long seed) {
    agree(seed);
  }

  private void agree(long seed) {
    PostgresAddress address = TestPostgres.empty();
    List<Side> sides = List.of(side("model", new ModelSettlementStore()),
        side("sqlite", SqliteSettlementStore.open(folder.resolve(seed + ".db"))),
        side("postgresql", PostgresSettlementStore.open(address, TestPostgres.password())));
    try {
      run(seed, sides);
    } finally {
      sides.forEach(side -> side.server().close());
      TestPostgres.drop(address);
    }
  }

  private static Side side(String name, SettlementStore store) {
    return new Side(name, new TestServer(store, SETTINGS));
  }

  private static void run(long seed, List<Side> sides) {
    var commands = new LedgerCommands(seed, terminals(sides));
    var answers = new TreeMap<String, Integer>();
    for (int step = 1; step <= COMMANDS; step++) {
      LedgerCommands.Command command = commands.next();
      String where = "seed " + seed + ", step " + step + ": " + command;
      List<String> said = sides.stream().map(side -> answer(side, command)).toList();
      requireEqual(where, sides, said);
      answers.merge(said.getFirst().startsWith("REFUSED") ? "refused" : "done", 1, Integer::sum);
      if (step % INTERVAL == 0 || step == COMMANDS) {
        compare("seed " + seed + ", after step " + step, sides);
      }
    }
    assertThat(answers.getOrDefault("done", 0)).as("commands that did something, of %s", answers)
        .isGreaterThan(COMMANDS / 2);
    if (COMMANDS >= 5_000) {
      requireVariety(sides.getFirst().server().store);
    }
  }

  /// A sequence in which nothing is captured, paid out or split into legs would prove little.
  private static void requireVariety(SettlementStore store) {
    List<TransferRow> postings = store.transfers(SITE, 0, Integer.MAX_VALUE);
    assertThat(postings.stream().map(TransferRow::kind)).contains(TransferKind.values());
    assertThat(postings.stream().map(TransferRow::leg)).contains(1, 2);
    assertThat(postings.stream().map(TransferRow::reason)).contains(PostingReason.SALE, PostingReason.VOID,
        PostingReason.REFUND, PostingReason.TRANSFER, PostingReason.UNFREEZE, PostingReason.ADJUSTMENT,
        PostingReason.REVERSAL, PostingReason.EXPIRED, PostingReason.SALE_SUSPENSE,
        PostingReason.RECHARGE_FEE, PostingReason.RECHARGE_FEE_BACK, PostingReason.RECHARGE_REFUND,
        PostingReason.RECHARGE_REFUND_FAILED, RechargeMethod.WECHAT.reason(), RechargeMethod.ALIPAY.reason(),
        RechargeMethod.BANK_TRANSFER.reason(), PostingReason.SALE_SUBSIDY, PostingReason.SUBSIDY_LAPSE);
    assertThat(store.meals().orders(SITE, MealOrderReads.Search.all(0), 0, Integer.MAX_VALUE).stream()
        .map(MealOrderRow::state)).contains(MealOrderRow.State.values());
    assertThat(store.exceptions(SITE, false, 0, Integer.MAX_VALUE).stream().map(ExceptionRow::kind)).contains(
        ExceptionKind.ORDER_COLLECTED_TWICE, ExceptionKind.ORDER_CANCELLED_COLLECTED,
        ExceptionKind.ORDER_NOT_HOLDERS, ExceptionKind.ORDER_AMOUNT_DIFFERS);
    assertThat(store.approvals(SITE, false, 0, Integer.MAX_VALUE).stream()
        .map(row -> row.approval().state().getClass().getSimpleName()))
        .contains("Waiting", "Used", "Rejected", "Withdrawn");
  }

  /// The same terminals at each server; the first one's journals are everybody's.
  private static List<TestTerminal> terminals(List<Side> sides) {
    return IntStream.range(0, 3).mapToObj(_ -> sides.stream().map(side -> side.server().terminal()).toList())
        .map(List::getFirst).toList();
  }

  private static String answer(Side side, LedgerCommands.Command command) {
    try {
      return String.valueOf(command.deed().apply(side.server()));
    } catch (RefusedException e) {
      return "REFUSED " + e.getMessage();
    } catch (IllegalArgumentException | IllegalStateException e) {
      return "REFUSED " + e;
    }
  }

  private static void requireEqual(String where, List<Side> sides, List<String> said) {
    for (int i = 1; i < sides.size(); i++) {
      assertThat(said.get(i)).as("%s; %s beside %s", where, sides.get(i).name(), sides.getFirst().name())
          .isEqualTo(said.getFirst());
    }
  }

  private static void compare(String where, List<Side> sides) {
    for (Map.Entry<String, Function<SettlementStore, List<?>>> part : PARTS.entrySet()) {
      List<?> expected = part.getValue().apply(sides.getFirst().server().store);
      for (Side side : sides) {
        assertThat(part.getValue().apply(side.server().store))
            .as("%s; %s of %s", where, part.getKey(), side.name())
            .hasSameSizeAs(expected).isEqualTo(expected);
      }
    }
    for (Side side : sides) {
      LedgerVerification.Report report = side.server().ledger();
      assertThat(report.problems()).as("%s; books of %s", where, side.name()).isEmpty();
      assertThat(MealAudit.problems(side.server().store, SITE)).as("%s; meals of %s", where, side.name())
          .isEmpty();
      assertThat(sums(side.server().store)).as("%s; sums of %s", where, side.name())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of("CNY", 0L));
    }
  }

  private static Map<String, Long> sums(SettlementStore store) {
    return store.ledgerAccounts(SITE).stream()
        .collect(Collectors.groupingBy(LedgerAccountRow::asset,
            Collectors.summingLong(LedgerAccountRow::balance)));
  }

  /// Everything that a command may have changed.
  private static final Map<String, Function<SettlementStore, List<?>>> PARTS = parts();

  private static Map<String, Function<SettlementStore, List<?>>> parts() {
    var parts = new TreeMap<String, Function<SettlementStore, List<?>>>();
    parts.put("balances", store -> store.ledgerAccounts(SITE));
    parts.put("postings", store -> store.transfers(SITE, 0, Integer.MAX_VALUE));
    parts.put("holds", store -> store.openHolds(SITE));
    parts.put("accounts", store -> store.accounts(SITE, 0, Integer.MAX_VALUE));
    parts.put("changes of accounts", store -> store.accountsChangedAfter(SITE, 0, Integer.MAX_VALUE));
    parts.put("denied cards", store -> store.deniesChangedAfter(SITE, 0, Integer.MAX_VALUE));
    parts.put("exceptions", store -> store.exceptions(SITE, false, 0, Integer.MAX_VALUE));
    parts.put("heads", store -> store.heads(SITE));
    parts.put("transactions", store -> ofAccounts(store,
        account -> store.transactionsOfAccount(SITE, account, 0, Integer.MAX_VALUE)));
    parts.put("cards", store -> ofAccounts(store, account -> store.cardsOf(SITE, account)));
    parts.put("freezes", store -> ofAccounts(store,
        account -> store.money().freezesOf(SITE, account, 0, Integer.MAX_VALUE)));
    parts.put("events",
        store -> ofAccounts(store, account -> store.profiles().accountEvents(SITE, account, 10_000)));
    parts.put("requests", StoresAgreeTest::requests);
    parts.put("approvals", store -> store.approvals(SITE, false, 0, Integer.MAX_VALUE));
    parts.put("gateway orders", StoresAgreeTest::gatewayOrders);
    parts.put("announced recharges", store -> Stream.of(ArrivalState.values())
        .flatMap(state -> store.recharges().arrivals(SITE, state, 0, Integer.MAX_VALUE).stream()).toList());
    parts.put("purses", store -> ofAccounts(store, account -> store.purses().pursesOf(SITE, account)));
    parts.put("recharges under way", store -> ofAccounts(store,
        account -> List.of(store.recharges().underWay(SITE, account, TestServer.NOW))));
    parts.put("audit trail", store -> store.auditLinks(SITE, 0, Integer.MAX_VALUE));
    parts.put("ordered meals",
        store -> store.meals().orders(SITE, MealOrderReads.Search.all(0), 0, Integer.MAX_VALUE));
    parts.put("live orders", store -> store.meals().liveSince(SITE, LocalDate.EPOCH));
    parts.put("collections", store -> store.meals()
        .orders(SITE, MealOrderReads.Search.all(0), 0, Integer.MAX_VALUE).stream()
        .flatMap(order -> store.meals().collections(SITE, order.number()).stream()).toList());
    parts.put("record keys", store -> store.terminals(SITE).stream()
        .flatMap(row -> store.recordKeys(SITE, row.terminal(), 1, Long.MAX_VALUE).stream()).toList());
    return parts;
  }

  /// All, and those that are due by then.
  private static List<?> gatewayOrders(SettlementStore store) {
    return Stream.of(GatewayName.values()).flatMap(gateway -> Stream.of(
        store.recharges().ordersSince(SITE, gateway, 0, new TransactionId(0, 0), Integer.MAX_VALUE),
        store.recharges().ordersDue(SITE, gateway, Long.MAX_VALUE, Integer.MAX_VALUE))).toList();
  }

  private static List<?> ofAccounts(SettlementStore store, Function<Long, List<?>> rows) {
    var all = new ArrayList<Object>();
    store.accounts(SITE, 0, Integer.MAX_VALUE).forEach(account -> all.addAll(rows.apply(account.account())));
    return all;
  }

  private static List<?> requests(SettlementStore store) {
    return Stream.of(MoneyRequestKind.values())
        .flatMap(kind -> Stream.of(MoneyRequestState.values())
            .flatMap(state -> store.money().requests(SITE, kind, state, 0, Integer.MAX_VALUE).stream()))
        .toList();
  }
}
