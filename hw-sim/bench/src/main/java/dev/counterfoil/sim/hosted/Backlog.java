package dev.counterfoil.sim.hosted;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.terminal.core.JournalAnswer;
import dev.counterfoil.terminal.core.JournalRequest;
import dev.counterfoil.terminal.core.JournalTask;
import dev.counterfoil.terminal.journal.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What a terminal of a large site holds after long days without its server: the accounts and the deny list of that site,
/// and sales that nobody has taken. Written by the desk that writes for a running terminal, one task after the other, a
/// commit each.
///
/// @param sales    decided without the server
/// @param accounts in the snapshot, one card each
/// @param denied   cards on the deny list
public record Backlog(int sales, int accounts, int denied) {

  /// The most that a terminal is built for.
  public static final Backlog FULL = new Backlog(36_000, 300_000, 10_000);

  /// As many as the server sends at once.
  private static final int PART = 2_000;
  /// Sales between two rests; a terminal rests once a second.
  private static final int REST_EVERY = 200;
  private static final long PRICE = 400;
  private static final long BALANCE = 100_000;
  private static final long FIRST_ACCOUNT = 10_000_000;
  private static final String CURRENCY = "CNY";

  /// Blocks for some ten seconds; the run that the journal is in has ended in order when it returns.
  ///
  /// @param nowMillis wall clock, Unix milliseconds
  /// @return the cards that can pay, in the order of their accounts
  public List<CardToken> write(HostedJournal journal, RandomGenerator random, long nowMillis) {
    var pen = new Pen(journal, nowMillis);
    var cards = new ArrayList<CardToken>(accounts);
    for (int i = 0; i < accounts; i++) {
      cards.add(card(random));
    }
    snapshot(pen, cards);
    denyList(pen, random);
    for (int i = 0; i < sales; i++) {
      int payer = random.nextInt(accounts);
      pen.write(sale(cards.get(payer), FIRST_ACCOUNT + payer, nowMillis, random));
      if (i % REST_EVERY == 0) {
        pen.write(new JournalTask.Rest());
      }
    }
    // Else the next run would wait for the card of a sale that nobody saw approved.
    pen.write(new JournalTask.SaleTold(journal.state().head().seq(), false));
    pen.write(new JournalTask.Stop());
    return cards;
  }

  private static CardToken card(RandomGenerator random) {
    byte[] bytes = new byte[CardToken.LENGTH];
    random.nextBytes(bytes);
    return CardToken.of(bytes);
  }

  private static void snapshot(Pen pen, List<CardToken> cards) {
    long version = pen.journal.state().versions().snapshot() + 1;
    long asOf = pen.journal.state().head().seq();
    for (int from = 0; from < cards.size(); from += PART) {
      int end = Math.min(cards.size(), from + PART);
      var entries = new ArrayList<AccountEntry>(end - from);
      for (int i = from; i < end; i++) {
        entries.add(AccountEntry.newBuilder().setAccountId(FIRST_ACCOUNT + i)
            .setCardToken(ByteString.copyFrom(cards.get(i).bytes())).setAvailableMinor(BALANCE)
            .setEnableOffline(true).setStatus(1).setAsOfSeq(asOf).setCardClass(1).build());
      }
      pen.write(new JournalTask.KeepCache(
          new StateChange.SnapshotPart(version, pen.nowMillis, false, end == cards.size(), entries)));
    }
  }

  private void denyList(Pen pen, RandomGenerator random) {
    long version = pen.journal.state().versions().deny() + 1;
    for (int from = 0; from < denied; from += PART) {
      var added = new ArrayList<CardToken>(PART);
      for (int i = from; i < Math.min(denied, from + PART); i++) {
        added.add(card(random));
      }
      pen.write(new JournalTask.KeepCache(
          new StateChange.DenyPart(version, pen.nowMillis, false, added, List.of())));
    }
  }

  private static JournalTask sale(CardToken card, long account, long nowMillis, RandomGenerator random) {
    var transaction = TransactionId.draw(nowMillis, random);
    Sale sale = Sale.newBuilder().setTransactionId(ByteString.copyFrom(transaction.bytes()))
        .setTender(Tender.TENDER_CARD).setCardToken(ByteString.copyFrom(card.bytes())).setAccountId(account)
        .setAmountMinor(PRICE).setCurrency(CURRENCY).setOffline(true).setSnapshotVersion(1)
        .setBalanceBeforeMinor(BALANCE).setBalanceAfterMinor(BALANCE - PRICE).setPresentation(1).build();
    return new JournalTask.RecordSale(transaction, sale, Optional.of(card),
        Math.floorDiv(nowMillis, Duration.ofDays(1).toMillis()));
  }

  /// Hands tasks to the desk, a millisecond apart.
  private static final class Pen {

    final HostedJournal journal;
    final long nowMillis;
    private long bootMillis;

    Pen(HostedJournal journal, long nowMillis) {
      this.journal = journal;
      this.nowMillis = nowMillis;
    }

    /// @throws IllegalStateException if the journal refuses it
    void write(JournalTask task) {
      bootMillis++;
      var now = new RecordCircumstances(nowMillis, TimeQuality.LOCAL_CLOCK, bootMillis, 0, 0);
      JournalAnswer answer = journal
          .handle(new JournalRequest(task, now, journal.state().runTime()));
      if (!(answer.outcome() instanceof JournalAnswer.Done)) {
        throw new IllegalStateException(task + ": " + answer.outcome());
      }
    }
  }
}
