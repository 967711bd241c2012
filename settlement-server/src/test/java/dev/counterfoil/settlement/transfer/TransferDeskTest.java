package dev.counterfoil.settlement.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.core.MoneyServer;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.MoveLimits;
import dev.counterfoil.settlement.store.AccountChangeRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferLineRow;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferDeskTest extends MoneyServer {

  private TransactionRow send(AccountRow from, AccountRow to, long amount) {
    return send(from, to, amount, server.transaction());
  }

  private TransactionRow send(AccountRow from, AccountRow to, long amount, TransactionId id) {
    return server.core.transfers().send(SITE, line(from, to, amount), "wang", "lunch", id, server.now);
  }

  private static TransferLine line(AccountRow from, AccountRow to, long amount) {
    return new TransferLine(from.account(), to.account(), amount);
  }

  private List<TransferLineRow> sendAll(TransferSubType subType, TransactionId id, TransferLine... lines) {
    return server.core.transfers().sendAll(SITE, subType, List.of(lines), "wang", "bonus", id, server.now);
  }

  private TransactionRow giveBack(TransactionId sent, long amount) {
    return server.core.transfers().giveBack(SITE, sent, amount, "wang", "wrong one", server.transaction(),
        server.now);
  }

  @Test
  @Requirement({"TRF-01"})
  void moneyGoesFromOneAccountToAnother() {
    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);

    send(holder, friend, 2_500);

    assertThat(balances()).containsExactly(7_500L, 3_500L, 0L);
    aMissingLegIsFound(friend, 0, 2_500);
  }

  @Test
  @Requirement({"PAY-17"})
  void aTransferWithTheSameKeyIsDoneOnce() {
    TransactionId key = server.transaction();

    TransactionRow first = send(holder, friend, 2_500, key);
    TransactionRow second = send(holder, friend, 2_500, key);

    assertThat(second).isEqualTo(first);
    assertThat(balances()).containsExactly(7_500L, 3_500L, 0L);
    refused("KEY_REUSED", () -> send(holder, friend, 2_400, key));
    refused("KEY_REUSED", () -> send(holder, poor, 2_500, key));
    refused("KEY_REUSED", () -> send(friend, holder, 2_500, key));
  }

  @Test
  void bothHoldersTerminalsLearnOfIt() {
    long before = newestVersion();

    send(holder, friend, 2_500);

    assertThat(server.store.accountsChangedAfter(SITE, before, 10)).extracting(AccountChangeRow::account)
        .containsExactlyInAnyOrder(holder.account(), friend.account());
  }

  private long newestVersion() {
    return server.store.accountsChangedAfter(SITE, 0, 1_000).getLast().version();
  }

  @Test
  @Requirement({"TRF-03", "LIM-10"})
  void aTransferIsOfAtMostTwoThousand() {
    AccountRow rich = server.holder(4, 500_000);

    refused("TRANSFER_LIMIT", () -> send(rich, friend, 200_001));
    send(rich, friend, 200_000);
    send(rich, friend, 200_000);

    assertThat(server.available(rich)).isEqualTo(100_000);
  }

  @Test
  void theLimitIsASetting(@TempDir Path elsewhere) {
    try (TestServer other = TestServer.at(elsewhere,
        CoreSettings.DEFAULT.withMoves(new MoveLimits(300, 1, 1, 1)))) {
      AccountRow first = other.holder(1, 1_000);
      AccountRow second = other.holder(2, 0);
      TransferDesk desk = other.core.transfers();

      desk.send(SITE, line(first, second, 300), "wang", "", other.transaction(), other.now);
      refused("TRANSFER_LIMIT",
          () -> desk.send(SITE, line(first, second, 301), "wang", "", other.transaction(), other.now));
    }
  }

  @Test
  @Requirement({"TRF-05"})
  void whatIsWrongIsNamedAndNothingMoves() {
    AccountRow lost = server.holder(4, 5_000);
    server.core.accounts().apply(SITE, lost.account(), new AccountEvent.LossReported(""), server.now);
    AccountRow overdrawn = server.holder(5, 5_000);
    server.core.accounts().changeRestriction(SITE, overdrawn.account(), true, server.now);

    refused("TRANSFER_AMOUNT", () -> send(holder, friend, 0));
    refused("TRANSFER_AMOUNT", () -> send(holder, friend, -5));
    refused("TRANSFER_SELF", () -> send(holder, holder, 5));
    refused("PAYER_UNKNOWN", () -> server.core.transfers().send(SITE, new TransferLine(99, 1, 5), "wang", "",
        server.transaction(), server.now));
    refused("PAYEE_UNKNOWN", () -> server.core.transfers().send(SITE, new TransferLine(1, 99, 5), "wang", "",
        server.transaction(), server.now));
    refused("PAYER_NOT_NORMAL", () -> send(lost, friend, 5));
    refused("PAYEE_NOT_NORMAL", () -> send(friend, lost, 5));
    refused("PAYER_RESTRICTED", () -> send(overdrawn, friend, 5));
    refused("BALANCE_INSUFFICIENT", () -> send(friend, holder, 1_001));
  }

  private void permit(PermissionType type, long single, long daily, long monthly, boolean enabled) {
    server.core.accounts().permissions().grant(new PermissionRow(SITE, holder.account(), 0, type, false, "",
        single, daily, monthly, 0, 0, enabled), server.now);
  }

  @Test
  @Requirement({"TRF-04"})
  void aPermissionThatDoesNotHoldRefusesTheTransfer() {
    permit(PermissionType.CONSUMPTION, 1, 1, 1, true);
    send(holder, friend, 100);

    permit(PermissionType.TRANSFER, 0, 0, 0, false);

    refused("TRANSFER_NOT_PERMITTED", () -> send(holder, friend, 100));
    send(friend, holder, 100);
  }

  @Test
  @Requirement({"TRF-04"})
  void aPermissionsLimitsHoldForOneTransferADayAndAMonth() {
    permit(PermissionType.TRANSFER, 400, 900, 1_000, true);

    refused("TRANSFER_OVER_PERMISSION", () -> send(holder, friend, 401));
    send(holder, friend, 400);
    send(holder, friend, 400);
    refused("TRANSFER_OVER_PERMISSION", () -> send(holder, friend, 101));
    server.now += 86_400_000;
    send(holder, friend, 200);
    refused("TRANSFER_OVER_PERMISSION", () -> send(holder, friend, 1));
    server.now += 31L * 86_400_000;
    send(holder, friend, 400);

    assertThat(balances()).containsExactly(8_600L, 2_400L, 0L);
  }

  @Test
  @Requirement({"TRF-04"})
  void theLinesOfOneOrderCountTogetherAgainstAPermission() {
    permit(PermissionType.TRANSFER, 0, 500, 0, true);

    List<TransferLineRow> outcomes = sendAll(TransferSubType.GROUP, server.transaction(),
        line(holder, friend, 300), line(holder, poor, 201), line(holder, poor, 200));

    assertThat(outcomes).extracting(TransferLineRow::outcome).containsExactly("", "TRANSFER_OVER_PERMISSION",
        "");
  }

  @Test
  void whatAPurchaseHoldsCannotBeSent() {
    server.authorize(till, server.transaction(), 2, 400);

    refused("BALANCE_INSUFFICIENT", () -> send(friend, holder, 601));
    send(friend, holder, 600);

    assertThat(balances()).containsExactly(10_600L, 400L, 0L);
    assertThat(availables()).containsExactly(10_600L, 0L, 0L);
  }

  @Test
  @Requirement({"TRF-01", "TRF-05"})
  void aGroupIsPaidLineByLineAndEachOutcomeIsTold() {
    List<TransferLineRow> outcomes = sendAll(TransferSubType.GROUP, server.transaction(),
        line(friend, holder, 300), line(friend, friend, 5), line(friend, poor, 800), line(friend, poor, 700));

    assertThat(outcomes).extracting(TransferLineRow::outcome).containsExactly("", "TRANSFER_SELF",
        "BALANCE_INSUFFICIENT", "");
    assertThat(balances()).containsExactly(10_300L, 0L, 700L);
    aMissingLegIsFound(friend, 300, 0);
  }

  @Test
  @Requirement({"TRF-01", "PAY-17"})
  void aBatchAskedForAgainGivesTheSameOutcomesAndMovesNothing() {
    TransactionId key = server.transaction();
    TransferLine[] lines = {line(holder, friend, 300), line(poor, friend, 5), line(friend, poor, 1_300)};

    List<TransferLineRow> first = sendAll(TransferSubType.BATCH, key, lines);
    server.core.accounts().rechargeByCash(SITE, poor.account(), 500, server.transaction(), server.now);
    server.restart();
    List<TransferLineRow> second = sendAll(TransferSubType.BATCH, key, lines);

    assertThat(second).isEqualTo(first);
    assertThat(first).extracting(TransferLineRow::outcome).containsExactly("", "BALANCE_INSUFFICIENT", "");
    assertThat(balances()).containsExactly(9_700L, 0L, 1_800L);
    refused("KEY_REUSED", () -> sendAll(TransferSubType.BATCH, key, lines[0], lines[1]));
    refused("KEY_REUSED",
        () -> sendAll(TransferSubType.BATCH, key, lines[0], lines[1], line(friend, poor, 1)));
  }

  @Test
  void anOrderHasAReasonableSizeAndAGroupHasOnePayer() {
    refused("PARAMETER_ERROR", () -> sendAll(TransferSubType.GROUP, server.transaction()));
    refused("PARAMETER_ERROR", () -> sendAll(TransferSubType.GROUP, server.transaction(),
        line(holder, poor, 1), line(friend, poor, 1)));
    TransferLine[] many = new TransferLine[TransferDesk.MOST_LINES + 1];
    Arrays.fill(many, line(holder, poor, 1));
    refused("PARAMETER_ERROR", () -> sendAll(TransferSubType.BATCH, server.transaction(), many));
  }

  @Test
  @Requirement({"TRF-01", "RFD-08"})
  void thePayeeGivesBackUpToWhatHeGot() {
    TransactionId sent = send(holder, poor, 900).transaction();
    assertThat(balances()).containsExactly(9_100L, 1_000L, 900L);

    giveBack(sent, 400);
    assertThat(balances()).containsExactly(9_500L, 1_000L, 500L);
    refused("REFUND_AMOUNT_EXCEEDED", () -> giveBack(sent, 501));
    TransactionRow last = giveBack(sent, 500);

    assertThat(balances()).containsExactly(10_000L, 1_000L, 0L);
    refused("REFUND_AMOUNT_EXCEEDED", () -> giveBack(sent, 1));
    assertThat(last.reverses()).isEqualTo(sent);
    assertThat(server.store.money().note(SITE, last.transaction()).orElseThrow().subType())
        .isEqualTo("REFUND");
  }

  @Test
  void onlyATransferIsGivenBackAndOnlyFromWhatThereIs() {
    TransactionId sale = server.transaction();
    push(() -> till.cardSale(sale, TestServer.token(1), 100, true));
    TransactionId sent = send(holder, poor, 900).transaction();
    send(poor, friend, 600);

    refused("TRANSACTION_STATUS", () -> giveBack(sale, 100));
    refused("TRANSACTION_NOT_FOUND", () -> giveBack(server.transaction(), 100));
    refused("BALANCE_INSUFFICIENT", () -> giveBack(sent, 301));
    giveBack(sent, 300);

    assertThat(balances()).containsExactly(9_300L, 1_600L, 0L);
  }
}
