package dev.counterfoil.sim.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RunAuditTest {

  @Test
  void aGoodRunHasNoFinding() {
    Verdict verdict = audit(_ -> {
    });
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.resultLine()).isEqualTo(
        "RESULT taps=5 approved=4 declined=0 settled=4 exceptions=0 lost=0 doubled=0 ledger=balanced");
    assertThat(verdict.total().settledMinor()).isEqualTo(975);
    assertThat(verdict.total().offline()).isEqualTo(4);
  }

  @Test
  @Requirement({"OFF-07", "AUD-02"})
  void aPostingThatTheServerDroppedIsALostRecord() {
    Verdict verdict = audit(run -> {
      ServerBooks.Transaction dropped = run.transactions.remove(2);
      run.transfers.removeIf(transfer -> transfer.transaction().equals(dropped.id()));
      run.closeAccounts();
    });
    assertThat(kinds(verdict)).contains(Finding.Kind.LOST);
    assertThat(verdict.total().lost()).isEqualTo(1);
  }

  @Test
  @Requirement({"OFF-07", "PAY-17"})
  void aRecordPostedTwiceIsDoubled() {
    Verdict verdict = audit(run -> {
      ServerBooks.Transaction once = run.transactions.get(2);
      run.transactions
          .add(new ServerBooks.Transaction(1, new TransactionId(5, 5), once.kind(), once.terminal(),
              once.seq(), once.amount(), once.asset()));
    });
    assertThat(kinds(verdict)).contains(Finding.Kind.DOUBLED);
    assertThat(verdict.total().doubled()).isEqualTo(1);
  }

  @Test
  void aBalanceThatIsOneFenOffIsUnbalanced() {
    Verdict verdict = audit(run -> {
      run.closeAccounts();
      ServerBooks.Account account = run.accounts.removeLast();
      run.accounts.add(new ServerBooks.Account(1, account.id(), account.name(), account.asset(),
          account.postedDebits(), account.postedCredits() + 1, account.held()));
    });
    assertThat(kinds(verdict)).containsOnly(Finding.Kind.UNBALANCED);
    assertThat(verdict.resultLine()).endsWith("ledger=unbalanced");
  }

  @Test
  void aTransferThatIsOneFenOffIsFound() {
    Verdict verdict = audit(run -> {
      ServerBooks.Transfer transfer = run.transfers.removeLast();
      run.transfers.add(new ServerBooks.Transfer(1, transfer.id(), transfer.transaction(), transfer.debit(),
          transfer.credit(), transfer.asset(), transfer.amount() + 1, true, false, 0, transfer.debitAfter(),
          transfer.creditAfter()));
    });
    assertThat(kinds(verdict)).contains(Finding.Kind.WRONG_AMOUNT, Finding.Kind.UNBALANCED);
  }

  @Test
  void anApprovalOnTheGlassWithoutARecordIsLost() {
    Verdict verdict = audit(run -> run.tap(Tap.Kind.SALE, 300, Tap.Glass.APPROVED));
    assertThat(verdict.findings()).singleElement().extracting(Finding::kind).isEqualTo(Finding.Kind.LOST);
  }

  @Test
  void aRecordWithoutAnApprovalOnTheGlassIsADebitThatNobodyAgreedTo() {
    Verdict verdict = audit(run -> run.taps.removeLast());
    assertThat(kinds(verdict)).containsOnly(Finding.Kind.DEBIT_WITHOUT_RECORD);
  }

  @Test
  void aDeclineOnTheGlassWithARecordIsFound() {
    Verdict verdict = audit(run -> run.sale(20, Tap.Glass.DECLINED));
    assertThat(kinds(verdict)).containsOnly(Finding.Kind.DEBIT_WITHOUT_RECORD);
  }

  @Test
  void aGlassThatWentDarkMayHaveARecordOrNone() {
    Verdict verdict = audit(run -> {
      run.tap(Tap.Kind.SALE, 450, Tap.Glass.DARK);
      run.sale(450, Tap.Glass.APPROVED);
      run.sale(450, Tap.Glass.DARK);
    });
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.total().dark()).isEqualTo(2);
  }

  @Test
  void aTapByAnotherCardDoesNotPassForThisOne() {
    var run = RunFixture.good();
    RunAudit.Evidence evidence = run.evidence();
    Verdict verdict = new RunAudit(new StrictVerifier(), run.books())
        .judge(new RunAudit.Evidence(evidence.journals(),
            List.of(), evidence.taps(), Map.of("alice", "00".repeat(20))));
    assertThat(verdict.total().lost()).isEqualTo(4);
  }

  @Test
  void aFlippedByteInTheJournalBreaksTheChain() {
    Verdict verdict = audit(
        run -> run.records.set(2, JournalRecord.parse(flipped(run.records.get(2).bytes()))));
    assertThat(kinds(verdict)).contains(Finding.Kind.CHAIN, Finding.Kind.DIFFERENT_BYTES);
  }

  @Test
  void aFlippedByteInTheServersCopyIsFoundThere() {
    Verdict verdict = audit(run -> run.serverRecords.set(2, flipped(run.serverRecords.get(2))));
    assertThat(kinds(verdict)).contains(Finding.Kind.CHAIN, Finding.Kind.DIFFERENT_BYTES);
  }

  @Test
  void aMissingRecordInTheServersCopyBreaksItsChain() {
    assertThat(kinds(audit(run -> run.serverRecords.remove(2)))).contains(Finding.Kind.CHAIN);
  }

  @Test
  void anUnpostedRecordInTheExceptionQueueIsNotLost() {
    Verdict verdict = audit(run -> {
      ServerBooks.Transaction put = run.transactions.removeLast();
      run.transfers.removeLast();
      run.closeAccounts();
      run.exceptions.add(new ServerBooks.ExceptionEntry(1, 1, "UNKNOWN_CARD", 1, put.seq(), put.id(), true));
    });
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.exceptions()).isEqualTo(1);
    assertThat(verdict.total().settled()).isEqualTo(3);
  }

  @Test
  void aPostingWithoutARecordIsADebitWithoutRecord() {
    Verdict verdict = audit(
        run -> run.transactions.add(new ServerBooks.Transaction(1, new TransactionId(6, 6),
            ServerBooks.Transaction.Kind.SALE, 1, 1, 100, "CNY")));
    assertThat(kinds(verdict)).contains(Finding.Kind.DEBIT_WITHOUT_RECORD);
  }

  @Test
  void aHoldThatOutlivedItsTimeIsFound() {
    Verdict verdict = audit(run -> {
      run.closeAccounts();
      ServerBooks.Account account = run.accounts.removeLast();
      run.accounts.add(new ServerBooks.Account(1, account.id(), account.name(), account.asset(),
          account.postedDebits(), account.postedCredits(), 50));
      run.holds.add(new ServerBooks.Hold(1, 99, account.id(), 50, true, -200_000));
    });
    assertThat(kinds(verdict)).containsOnly(Finding.Kind.HOLD_OPEN);
  }

  @Test
  void aCopiedMediumThatSoldOnItsOwnIsFound() {
    var run = RunFixture.good();
    var thief = new RunFixture();
    thief.sale(999, Tap.Glass.APPROVED);
    var copy = JournalImage.of("copy", thief.records.getLast().seq(),
        thief.records.stream().map(JournalRecord::bytes).toList());
    RunAudit.Evidence evidence = run.evidence();
    Verdict verdict = new RunAudit(new StrictVerifier(), run.books())
        .judge(new RunAudit.Evidence(evidence.journals(),
            List.of(copy), evidence.taps(), evidence.tokenByCard()));
    assertThat(kinds(verdict)).containsOnly(Finding.Kind.LOST);
  }

  @Test
  void whatATerminalPrunedIsTakenFromTheServer() {
    Verdict verdict = audit(run -> {
      run.safeSeq = 3;
      run.records.subList(0, 3).clear();
    });
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.total().approved()).isEqualTo(4);
    assertThat(verdict.notes()).anyMatch(note -> note.contains("pruned"));
  }

  @Test
  void pruningBeyondTheSafeCopyIsFound() {
    assertThat(kinds(audit(run -> {
      run.safeSeq = 2;
      run.records.subList(0, 3).clear();
    }))).containsOnly(Finding.Kind.CHAIN);
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] copy = bytes.clone();
    copy[copy.length - 70] ^= 1;
    return copy;
  }

  private static Verdict audit(Consumer<RunFixture> change) {
    var run = RunFixture.good();
    change.accept(run);
    return new RunAudit(new StrictVerifier(), run.books()).judge(run.evidence());
  }

  private static List<Finding.Kind> kinds(Verdict verdict) {
    return verdict.findings().stream().map(Finding::kind).toList();
  }
}
