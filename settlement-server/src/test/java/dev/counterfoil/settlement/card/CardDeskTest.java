package dev.counterfoil.settlement.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.proto.v1.DenyStatement;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.CardStatus;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.trace.Requirement;
import org.junit.jupiter.api.Test;

class CardDeskTest extends TilledServer {

  private static final int SITE = TestServer.SITE;
  private static final CardToken OLD = TestServer.token(1);
  private static final CardToken NEW = TestServer.token(2);

  CardDeskTest() {
    super(10_000);
  }

  private String reason(int card) {
    return server.authorize(till, server.transaction(), card, 100).getReason();
  }

  private DenyStatement denied() throws Exception {
    return DenyStatement.parseFrom(
        server.core.denyFor(till.id, 0, server.now).orElseThrow().getStatement().getPayload());
  }

  private void refused(String code, Runnable deed) {
    assertThatThrownBy(deed::run).isInstanceOfSatisfying(RefusedException.class,
        refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  @Requirement({"CRD-10"})
  void aNewCardTakesOverTheBalanceAndTheOldOneIsRefusedEverywhere() throws Exception {
    server.core.cards().makePrimary(SITE, OLD, server.now);
    CardRow next = server.core.cards().reissue(SITE, OLD, NEW, server.now);

    assertThat(next.account()).isEqualTo(holder.account());
    assertThat(reason(2)).isEmpty();
    assertThat(reason(1)).isEqualTo("CARD_INVALID");
    assertThat(denied().getAddedList()).singleElement()
        .satisfies(bytes -> assertThat(bytes.toByteArray()).isEqualTo(OLD.bytes()));
    assertThat(server.store.profiles().profile(SITE, holder.account()).orElseThrow().primaryCard())
        .isEqualTo(next.card());
    refused("CARD_TRANSITION", () -> server.core.cards().reissue(SITE, OLD, TestServer.token(3), server.now));
    push(() -> till.cardSale(server.transaction(), OLD, 200, true));
    assertThat(server.available(holder)).isEqualTo(9_700);
    assertThat(server.exceptions()).containsExactly(ExceptionKind.LOST_CARD_USED);
  }

  @Test
  void aCardThatIsInUseReplacesNoOther() {
    server.holder(2, 0);

    refused("CARD_IN_USE", () -> server.core.cards().reissue(SITE, OLD, NEW, server.now));
    assertThat(reason(1)).isEmpty();
    refused("CARD_UNKNOWN", () -> server.core.cards().reissue(SITE, TestServer.token(8), TestServer.token(9),
        server.now));
  }

  @Test
  @Requirement({"CRD-10"})
  void aClosedAccountGetsNoCard() {
    AccountRow closed = server.holder(2, 0);
    server.core.accounts().apply(SITE, closed.account(), new AccountEvent.Closed(""), server.now);

    refused("ACCOUNT_NOT_NORMAL",
        () -> server.core.cards().issue(SITE, TestServer.token(3), closed.account(), server.now));
    refused("ACCOUNT_NOT_NORMAL", () -> server.core.cards().bind(SITE, OLD, closed.account(), server.now));
    refused("ACCOUNT_NOT_NORMAL",
        () -> server.core.cards().reissue(SITE, NEW, TestServer.token(3), server.now));
  }

  @Test
  @Requirement({"CRD-08"})
  void anExpiredCardIsRefusedAtOnceAndOnTheDenyListWithTheNextTick() throws Exception {
    server.core.cards().expireAt(SITE, OLD, server.now + 1_000, server.now);
    assertThat(reason(1)).isEmpty();

    server.now += 1_000;
    assertThat(reason(1)).isEqualTo("CARD_EXPIRED");
    assertThat(server.core.denyFor(till.id, 0, server.now)).isEmpty();
    server.core.tick(server.now);

    assertThat(server.store.card(SITE, OLD).orElseThrow().status()).isEqualTo(CardStatus.EXPIRED);
    assertThat(denied().getAddedList()).hasSize(1);
    assertThat(reason(1)).isEqualTo("CARD_EXPIRED");
    server.core.cards().expireAt(SITE, OLD, 0, server.now);
    assertThat(reason(1)).isEmpty();
    assertThat(denied().getAddedList()).isEmpty();
  }

  @Test
  void aCardMovedToAnotherAccountPaysFromThereOnlineAndOffline() throws Exception {
    AccountRow other = server.holder(2, 700);

    server.core.cards().bind(SITE, OLD, other.account(), server.now);

    SnapshotStatement all = SnapshotStatement.parseFrom(
        server.core.snapshotFor(till.id, 0, server.now).orElseThrow().getStatement().getPayload());
    assertThat(all.getAccountsList()).hasSize(2)
        .allSatisfy(entry -> assertThat(entry.getAccountId()).isEqualTo(other.account()));
    assertThat(server.authorize(till, server.transaction(), 1, 701).getReason())
        .isEqualTo("INSUFFICIENT_BALANCE");
  }
}
