package dev.counterfoil.settlement.mealorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.MealOrder;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.MealOrderRow;
import dev.counterfoil.settlement.store.MealOrderRow.State;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MealOrderTest extends TilledServer {

  private static final int LUNCH = 2;

  MealOrderTest() {
    super(10_000);
  }

  private LocalDate today() {
    return server.core.meals().today(server.now);
  }

  private MealWish lunch(LocalDate day, long total) {
    return new MealWish(holder.account(), day, LUNCH, 1, total, "红烧肉");
  }

  private MealOrderRow place(MealWish wish) {
    return server.core.meals().place(TestServer.SITE, wish, "li", server.now);
  }

  private MealOrderRow cancel(long order) {
    return server.core.meals().cancel(TestServer.SITE, order, "wang", server.now);
  }

  private MealOrderRow order(long number) {
    return server.core.meals().existing(TestServer.SITE, number);
  }

  private TransactionId collect(TestTerminal at, int card, long amount, long order) {
    TransactionId id = server.transaction();
    long from = at.head.seq() + 1;
    at.mealSale(id, TestServer.token(card), amount, order);
    server.acknowledged(at.push(from));
    return id;
  }

  private SnapshotStatement told(long have) throws LinkViolation {
    return Statements.open(Domain.SNAPSHOT, server.core.snapshotFor(till.id, have, server.now).orElseThrow()
        .getStatement(), SnapshotStatement.parser(), server.ackKey.key(), server.signatures);
  }

  private void refused(String code, Runnable work) {
    assertThatThrownBy(work::run).isInstanceOfSatisfying(RefusedException.class,
        e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void anOrderReachesTheTerminalsWithItsHolder() throws LinkViolation {
    long have = told(0).getToVersion();

    MealOrderRow row = place(lunch(today(), 1_350));

    SnapshotStatement change = told(have);
    assertThat(change.getAccountsList()).singleElement()
        .satisfies(entry -> assertThat(entry.getOrdersList()).containsExactly(MealOrder.newBuilder()
            .setOrderId(row.number()).setDay(dev.counterfoil.protocol.order.MealOrder.number(today()))
            .setMealPeriod(LUNCH).setCopies(1).setTotalMinor(1_350).setDish("红烧肉").build()));
    cancel(row.number());
    assertThat(told(change.getToVersion()).getAccounts(0).getOrdersList()).isEmpty();
  }

  @Test
  void onlyYesterdayAndLaterTravels() throws LinkViolation {
    place(lunch(today(), 0));
    server.now += Duration.ofDays(1).toMillis();
    server.restart();
    assertThat(told(0).getAccounts(0).getOrdersList()).hasSize(1);

    server.now += Duration.ofDays(1).toMillis();

    assertThat(told(0).getAccounts(0).getOrdersList()).isEmpty();
    assertThat(order(1).told(today())).isEqualTo("LAPSED");
  }

  @Test
  void aPartOfManyOrdersIsClosedBeforeItOutgrowsAFrame() throws LinkViolation {
    for (int card = 2; card <= 600; card++) {
      long account = server.holder(card, 0).account();
      for (int meal = 1; meal <= 5; meal++) {
        for (int day = 0; day < 3; day++) {
          place(new MealWish(account, today().plusDays(day), meal, 1, 100_000, "x".repeat(60)));
        }
      }
    }

    SnapshotStatement part = told(0);
    int accounts = part.getAccountsCount();
    assertThat(part.getMore()).isTrue();
    while (part.getMore()) {
      assertThat(part.getSerializedSize()).isBetween(200_000, 210_000);
      part = told(part.getToVersion());
      accounts += part.getAccountsCount();
    }

    assertThat(accounts).isEqualTo(600);
  }

  @Test
  void whatCannotBeOrderedIsRefusedByCode() {
    place(lunch(today(), 0));

    refused("ORDER_EXISTS", () -> place(lunch(today(), 500)));
    refused("ORDER_DAY_PAST", () -> place(lunch(today().minusDays(1), 0)));
    refused("ORDER_AMOUNT", () -> place(lunch(today().plusDays(1), 100_001)));
    refused("ACCOUNT_UNKNOWN", () -> place(new MealWish(99, today(), LUNCH, 1, 0, "粥")));
    refused("PARAMETER_ERROR", () -> place(new MealWish(holder.account(), today(), 6, 1, 0, "粥")));
    refused("PARAMETER_ERROR", () -> place(new MealWish(holder.account(), today(), 1, 100, 0, "粥")));
    refused("ORDER_DISH_NAME", () -> place(new MealWish(holder.account(), today(), 1, 1, 0, " ")));
    refused("ORDER_UNKNOWN", () -> cancel(77));
    cancel(1);
    refused("ORDER_NOT_OPEN", () -> cancel(1));
    assertThat(place(lunch(today(), 500)).number()).isEqualTo(2);
  }

  @Test
  void aHolderHasSoManyOpenOrdersAtOnce() {
    for (int day = 0; day < 15; day++) {
      place(lunch(today().plusDays(day), 0));
    }

    refused("ORDER_LIMIT", () -> place(lunch(today().plusDays(15), 0)));
    collect(till, 1, 1, 3);
    assertThat(place(lunch(today().plusDays(15), 0)).state()).isEqualTo(State.OPEN);
  }

  @Test
  void aSettledSaleCollectsItsOrder() throws LinkViolation {
    place(lunch(today(), 1_350));

    collect(till, 1, 1_350, 1);

    MealOrderRow row = order(1);
    assertThat(row.state()).isEqualTo(State.COLLECTED);
    assertThat(row.collection()).satisfies(by -> assertThat(by.seq()).isEqualTo(2));
    assertThat(told(0).getAccounts(0).getOrders(0).getCollected()).isTrue();
    assertThat(server.exceptions()).isEmpty();
    refused("ORDER_NOT_OPEN", () -> cancel(1));
    refused("ORDER_EXISTS", () -> place(lunch(today(), 0)));
  }

  @Test
  void aFreeOneIsCollectedByAUse() {
    place(lunch(today(), 0));

    push(() -> till.mealUse(server.transaction(), TestServer.token(1), 1));

    assertThat(order(1).state()).isEqualTo(State.COLLECTED);
    assertThat(server.exceptions()).isEmpty();
  }

  @Test
  void aSecondCollectionIsPaidAndShownToPeople() {
    place(lunch(today(), 1_350));
    TestTerminal other = server.terminal();
    collect(till, 1, 1_350, 1);

    collect(other, 1, 1_350, 1);

    assertThat(server.available(holder)).isEqualTo(10_000 - 2 * 1_350);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.ORDER_COLLECTED_TWICE);
    assertThat(order(1).collection()).satisfies(by -> assertThat(by.terminal()).isEqualTo(1));
  }

  private String asks(int card, long order) {
    return server.core.authorize(till.id, server.transaction(),
        Authorize.newBuilder().setCardToken(ByteString.copyFrom(TestServer.token(card).bytes()))
            .setAmountMinor(1_350).setCurrency("CNY").setMode(1).setOrderId(order).build(),
        server.now).getReason();
  }

  @Test
  void theServerRefusesWhatItKnowsToBeCollectedCancelledOrAnothers() {
    server.holder(2, 5_000);
    place(lunch(today(), 1_350));
    place(lunch(today().plusDays(1), 1_350));
    cancel(2);

    assertThat(asks(1, 1)).isEmpty();
    assertThat(asks(2, 1)).isEqualTo("ORDER_NONE");
    assertThat(asks(1, 2)).isEqualTo("ORDER_NONE");
    assertThat(asks(1, 99)).isEqualTo("ORDER_NONE");
    collect(till, 1, 1_350, 1);
    assertThat(asks(1, 1)).isEqualTo("ORDER_COLLECTED");
    assertThat(asks(1, 0)).isEmpty();
  }

  @Test
  void whatElseIsWrongWithACollectionIsShownToo() {
    server.holder(2, 5_000);
    place(lunch(today(), 1_350));
    place(lunch(today().plusDays(1), 1_350));
    cancel(2);

    collect(till, 1, 700, 99);
    collect(till, 2, 700, 1);
    assertThat(order(1).state()).isEqualTo(State.OPEN);
    collect(till, 1, 700, 1);
    collect(till, 1, 1_350, 2);

    assertThat(server.exceptions()).containsExactly(ExceptionKind.ORDER_MISSING,
        ExceptionKind.ORDER_NOT_HOLDERS, ExceptionKind.ORDER_AMOUNT_DIFFERS,
        ExceptionKind.ORDER_CANCELLED_COLLECTED);
    assertThat(List.of(order(1).state(), order(2).state())).containsOnly(State.COLLECTED);
    assertThat(server.available(holder)).isEqualTo(10_000 - 700 - 700 - 1_350);
  }

  @Test
  void aVoidMakesAnOrderWhatItWasBefore() throws LinkViolation {
    place(lunch(today(), 1_350));
    place(lunch(today().plusDays(1), 500));
    cancel(2);
    TransactionId first = collect(till, 1, 1_350, 1);
    TransactionId second = collect(till, 1, 500, 2);

    push(() -> till.voidSale(server.transaction(), second, 500));
    push(() -> till.voidSale(server.transaction(), first, 1_350));

    assertThat(order(1).state()).isEqualTo(State.OPEN);
    assertThat(order(2).state()).isEqualTo(State.CANCELLED);
    assertThat(told(0).getAccounts(0).getOrders(0).getCollected()).isFalse();
    collect(till, 1, 1_350, 1);
    assertThat(order(1).state()).isEqualTo(State.COLLECTED);
  }

  @Test
  void anOrderThatTwoCollectedStaysCollectedUntilBothAreTakenBack() {
    place(lunch(today(), 1_350));
    TestTerminal other = server.terminal();
    TransactionId first = collect(till, 1, 1_350, 1);
    TransactionId second = collect(other, 1, 1_350, 1);

    push(() -> till.voidSale(server.transaction(), first, 1_350));
    assertThat(order(1).collection()).satisfies(by -> assertThat(by.transaction()).isEqualTo(second));
    long from = other.head.seq() + 1;
    other.voidSale(server.transaction(), second, 1_350);
    server.acknowledged(other.push(from));

    assertThat(order(1).state()).isEqualTo(State.OPEN);
  }

  @Test
  void aSaleAndItsVoidInOneBatchLeaveTheOrderOpen() {
    place(lunch(today(), 1_350));
    TransactionId id = server.transaction();

    push(() -> {
      till.mealSale(id, TestServer.token(1), 1_350, 1);
      till.voidSale(server.transaction(), id, 1_350);
    });

    assertThat(order(1).state()).isEqualTo(State.OPEN);
    server.restart();
    assertThat(order(1).state()).isEqualTo(State.OPEN);
  }
}
