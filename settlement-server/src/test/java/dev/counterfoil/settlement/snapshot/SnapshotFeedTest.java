package dev.counterfoil.settlement.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.DenyStatement;
import dev.counterfoil.proto.v1.SnapshotStatement;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TilledServer;
import dev.counterfoil.settlement.store.PriceTerms;
import org.junit.jupiter.api.Test;

class SnapshotFeedTest extends TilledServer {

  SnapshotFeedTest() {
    super(10_000);
  }

  private SnapshotStatement delta(long have) throws LinkViolation {
    return Statements.open(Domain.SNAPSHOT, server.core.snapshotFor(till.id, have, server.now).orElseThrow()
        .getStatement(), SnapshotStatement.parser(), server.ackKey.key(), server.signatures);
  }

  @Test
  void aFreshTerminalGetsAllAndLaterOnlyWhatChanged() throws LinkViolation {
    server.holder(2, 500);
    SnapshotStatement all = delta(0);
    assertThat(all.getAccountsList()).extracting(AccountEntry::getAvailableMinor).containsExactly(10_000L,
        500L);
    assertThat(server.core.snapshotFor(till.id, all.getToVersion(), server.now)).isEmpty();

    till.cardSale(server.transaction(), TestServer.token(1), 700, true);
    server.acknowledged(till.push(2));
    SnapshotStatement change = delta(all.getToVersion());

    assertThat(change.getFromVersion()).isEqualTo(all.getToVersion());
    assertThat(change.getAccountsList()).singleElement().satisfies(entry -> {
      assertThat(entry.getAccountId()).isEqualTo(holder.account());
      assertThat(entry.getAvailableMinor()).isEqualTo(9_300);
      // This very terminal's record 2 is contained in the figure, so it must not subtract it again.
      assertThat(entry.getAsOfSeq()).isEqualTo(2);
    });
  }

  @Test
  void theTermsOfAnAccountReachTheTerminals() throws LinkViolation {
    SnapshotStatement all = delta(0);
    assertThat(all.getAccounts(0).getCardClass()).isEqualTo(1);

    server.core.accounts().changeTerms(TestServer.SITE, holder.account(), new PriceTerms(7, 150), server.now);

    assertThat(delta(all.getToVersion()).getAccountsList()).singleElement().satisfies(entry -> {
      assertThat(entry.getCardClass()).isEqualTo(7);
      assertThat(entry.getDiscountPermille()).isEqualTo(150);
    });
  }

  @Test
  void availableIsNetOfHolds() throws LinkViolation {
    server.authorize(till, server.transaction(), 1, 4_000);

    assertThat(delta(0).getAccounts(0).getAvailableMinor()).isEqualTo(6_000);
  }

  @Test
  void aRestrictedAccountMayNotSpendOffline() throws LinkViolation {
    till.cardSale(server.transaction(), TestServer.token(1), 10_001, true);
    server.acknowledged(till.push(2));

    assertThat(delta(0).getAccounts(0).getEnableOffline()).isFalse();
  }

  @Test
  void anOperatorCardIsMarked() throws LinkViolation {
    server.core.cards().issueOperatorCard(TestServer.SITE, TestServer.token(50), server.now);

    assertThat(delta(0).getAccountsList()).extracting(AccountEntry::getOperatorCard).containsExactly(false,
        true);
  }

  @Test
  void aLostCardGoesOnTheDenyListAndAFoundOneComesOff() throws InvalidProtocolBufferException {
    assertThat(server.core.denyFor(till.id, 0, server.now)).isEmpty();
    server.core.cards().reportLost(TestServer.SITE, TestServer.token(1), server.now);
    DenyStatement lost = deny(0);
    assertThat(lost.getAddedList()).hasSize(1);

    server.core.cards().found(TestServer.SITE, TestServer.token(1), server.now);

    assertThat(deny(lost.getToVersion()).getRemovedList()).isEqualTo(lost.getAddedList());
  }

  private DenyStatement deny(long have) throws InvalidProtocolBufferException {
    return DenyStatement.parseFrom(
        server.core.denyFor(till.id, have, server.now).orElseThrow().getStatement().getPayload());
  }

  @Test
  void aVersionFromBeforeARestoreStartsOver() throws LinkViolation {
    SnapshotStatement over = delta(1_000_000);

    assertThat(over.getFromVersion()).isZero();
    assertThat(over.getAccountsList()).hasSize(1);
  }

  @Test
  void afterARestoreEveryTerminalGetsEverythingAnew() throws LinkViolation {
    server.core.cards().reportLost(TestServer.SITE, TestServer.token(1), server.now);
    long had = delta(0).getToVersion();

    server.core.restored(server.now);
    SnapshotStatement anew = delta(had);

    assertThat(anew.getFromVersion()).isZero();
    assertThat(anew.getAccountsList()).hasSize(1);
    assertThat(server.core.snapshotFor(till.id, anew.getToVersion(), server.now)).isEmpty();
    assertThat(server.core.denyFor(till.id, 1, server.now)).isPresent();
    server.restart();
    assertThat(server.core.snapshotFor(till.id, anew.getToVersion(), server.now)).isEmpty();
  }
}
