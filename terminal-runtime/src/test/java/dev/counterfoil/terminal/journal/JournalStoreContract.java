package dev.counterfoil.terminal.journal;

import static dev.counterfoil.terminal.journal.JournalFixture.ACCOUNT;
import static dev.counterfoil.terminal.journal.JournalFixture.CARD;
import static dev.counterfoil.terminal.journal.JournalFixture.ENROLLED;
import static dev.counterfoil.terminal.journal.JournalFixture.ORIGIN;
import static dev.counterfoil.terminal.journal.JournalFixture.account;
import static dev.counterfoil.terminal.journal.JournalFixture.ack;
import static dev.counterfoil.terminal.journal.JournalFixture.at;
import static dev.counterfoil.terminal.journal.JournalFixture.card;
import static dev.counterfoil.terminal.journal.JournalFixture.chain;
import static dev.counterfoil.terminal.journal.JournalFixture.decline;
import static dev.counterfoil.terminal.journal.JournalFixture.lastSale;
import static dev.counterfoil.terminal.journal.JournalFixture.signed;
import static dev.counterfoil.terminal.journal.JournalFixture.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.proto.v1.Gap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every [JournalStore] does, whatever its medium. Extended once per store.
public abstract class JournalStoreContract {

  /// A store on an empty medium that begins with this state.
  protected abstract JournalStore created(JournalState enrolled);

  /// A store on the same medium after the program was ended without a word.
  protected abstract JournalStore restarted(JournalStore store);

  private JournalStore filled(int records) {
    JournalStore store = created(ENROLLED);
    store.commit(unit(ORIGIN, chain(records)));
    return store;
  }

  @Test
  void aNewJournalBeginsWithItsEnrolment() {
    JournalStore store = created(ENROLLED);

    assertThat(store.state()).isEqualTo(ENROLLED);
    assertThat(store.records(1, 10, 1_000_000)).isEmpty();
    assertThat(store.freshTail(10)).isEmpty();
  }

  @Test
  void aCommittedUnitIsThereAfterARestart() {
    JournalStore store = filled(5);
    JournalState before = store.state();

    JournalStore again = restarted(store);

    assertThat(again.state()).isEqualTo(before).isEqualTo(ENROLLED.after(unit(ORIGIN, chain(5))));
    assertThat(again.records(1, 10, 1_000_000)).isEqualTo(chain(5));
    assertThat(again.state().head()).isEqualTo(chain(5).getLast().position());
  }

  @Test
  void everyStateChangeIsThereAfterARestart() {
    JournalStore store = filled(3);
    var head = store.state().head();
    List<StateChange> changes = List.of(new StateChange.AckStored(ack(9, 3, 2, 1_000)),
        new StateChange.EpochAdopted(new EpochHeld(new EpochId(2, 99), signed("offer-2"))),
        new StateChange.AnchorTaken(new AnchorHeld(5, 123, new BootId(1, 2), 456, signed("anchor"))),
        new StateChange.ConfigTaken(17), new StateChange.OfflineUsed(new OfflineUse(3, 2, 700)),
        new StateChange.RunTimeTicked(new RunTime(60_000, 2, 1_000)),
        new StateChange.CheckpointBound(new CheckpointMark(3, 9, 3, 77)),
        new StateChange.DeclineHeld(Optional.of(new PendingDecline(decline(CARD, "CARD_LOST"), at(5)))),
        new StateChange.HardwareCounted(31), new StateChange.Started(4, new BootId(8, 9)),
        new StateChange.Barred(Optional.of(Refusal.ROLLED_BACK)),
        new StateChange.SaleKept(Optional.of(lastSale(3, 200))),
        new StateChange.SnapshotPart(12, 500, false, true, List.of(account(CARD, ACCOUNT, 1_000, 2))),
        new StateChange.DenyPart(6, 600, false, List.of(card(66)), List.of()));

    store.commit(CommitUnit.ofState(head, changes));
    JournalState expected = ENROLLED.after(unit(ORIGIN, chain(3))).after(CommitUnit.ofState(head, changes));

    assertThat(restarted(store).state()).isEqualTo(expected);
  }

  @Test
  void anEmptiedStateIsEmptyAfterARestart() {
    JournalStore store = filled(3);
    var head = store.state().head();
    store.commit(CommitUnit.ofState(head, List.of(new StateChange.Barred(Optional.of(Refusal.MIRROR_AHEAD)),
        new StateChange.DeclineHeld(Optional.of(new PendingDecline(decline(CARD, "X"), at(5)))))));

    store.commit(CommitUnit.ofState(head, List.of(new StateChange.Barred(Optional.empty()),
        new StateChange.DeclineHeld(Optional.empty()), new StateChange.SaleKept(Optional.empty()),
        new StateChange.Stopped())));

    var state = restarted(store).state();
    assertThat(state.barred()).isEmpty();
    assertThat(state.heldDecline()).isEmpty();
    assertThat(state.lastSale()).isEmpty();
    assertThat(state.boots().stopped()).isTrue();
  }

  @Test
  void aUnitBuiltOnAnotherHeadIsRefusedWhole() {
    JournalStore store = filled(3);
    JournalState before = store.state();

    var refusal = catchThrowableOfType(StoreException.class, () -> store.commit(unit(ORIGIN, chain(2))));

    assertThat(refusal.failure()).isEqualTo(StoreFailure.STALE_HEAD);
    assertThat(restarted(store).state()).isEqualTo(before);
  }

  @Test
  void recordsComeInOrderWithinBothLimits() {
    JournalStore store = filled(20);
    int length = chain(20).get(5).bytes().length;

    assertThat(store.records(4, 3, 1_000_000)).extracting(JournalRecord::seq).containsExactly(4L, 5L, 6L);
    assertThat(store.records(4, 100, length * 2 + 1)).hasSize(2);
    assertThat(store.records(4, 100, 1)).as("a single longer one still comes").hasSize(1);
    assertThat(store.records(21, 3, 1_000_000)).isEmpty();
    assertThat(store.record(20)).contains(chain(20).get(19));
    assertThat(store.record(21)).isEmpty();
  }

  @Test
  void theFreshTailIsTheNewestRecordsInOrder() {
    assertThat(filled(20).freshTail(3)).extracting(JournalRecord::seq).containsExactly(18L, 19L, 20L);
    assertThat(filled(2).freshTail(3)).extracting(JournalRecord::seq).containsExactly(1L, 2L);
  }

  @Test
  void numbersNamedInAGapArePassedOver() {
    JournalStore store = filled(3);
    var head = store.state().head();
    var claimed = new dev.counterfoil.protocol.journal.ChainPosition(9, head.hash(), 500);
    var gap = new RecordSealer(JournalFixture.TERMINAL).seal(claimed, JournalFixture.EPOCH.id(), at(9_000),
        RecordDraft.of(RecordKind.GAP,
            Gap.newBuilder().setFromSeq(4).setToSeq(9).setMirrorTurnover(500).build()),
        JournalFixture.SIGNER);

    store.commit(new CommitUnit(head, gap.position(), List.of(gap), List.of()));

    assertThat(store.records(1, 10, 1_000_000)).extracting(JournalRecord::seq).containsExactly(1L, 2L, 3L,
        10L);
    assertThat(store.record(7)).isEmpty();
    assertThat(restarted(store).state().recordCount()).isEqualTo(4);
  }

  @Test
  void ownSpendsCountOnlyAfterTheSnapshotsLastRecord() {
    JournalStore store = filled(5);

    assertThat(store.spentAfter(ACCOUNT, 0)).isEqualTo(2 + 3 + 4 + 5);
    assertThat(store.spentAfter(ACCOUNT, 3)).isEqualTo(4 + 5);
    assertThat(store.spentAfter(ACCOUNT, 5)).isZero();
    assertThat(store.spentAfter(ACCOUNT + 1, 0)).isZero();
    assertThat(restarted(store).spentAfter(ACCOUNT, 4)).isEqualTo(5);
  }

  @Test
  void aCardsUseIsReplacedByTheNewestValue() {
    JournalStore store = filled(1);
    var head = store.state().head();
    CardUse once = CardUse.none(CARD).plus(20_000, 1, true, 300, 1);
    CardUse twice = once.plus(20_000, 1, false, 50, 1);

    store.commit(CommitUnit.ofState(head, List.of(new StateChange.CardUsed(once))));
    store.commit(CommitUnit.ofState(head, List.of(new StateChange.CardUsed(twice))));

    JournalStore again = restarted(store);
    CardUse found = again.cardUse(CARD);
    assertThat(found).isEqualTo(twice);
    assertThat(found.onDayMinor(20_000)).isEqualTo(350);
    assertThat(found.sinceContactMinor(1)).isEqualTo(300);
    assertThat(found.onDayMinor(20_001)).isZero();
    assertThat(found.sinceContactMinor(2)).isZero();
    assertThat(again.cardUse(card(5))).isEqualTo(CardUse.none(card(5)));
  }

  @Test
  void oneLookFindsWhatTheSingleQuestionsFind() {
    JournalStore store = filled(5);
    var head = store.state().head();
    var use = CardUse.none(CARD).plus(20_000, 1, true, 300, 1);
    store.commit(CommitUnit.ofState(head, List.of(new StateChange.CardUsed(use),
        new StateChange.SnapshotPart(1, 0, true, true, List.of(account(CARD, ACCOUNT, 900, 3))),
        new StateChange.DenyPart(1, 0, true, List.of(card(8)), List.of()))));

    var found = store.find(CARD, 2);
    assertThat(found.entry()).contains(account(CARD, ACCOUNT, 900, 3));
    assertThat(found.denied()).isFalse();
    assertThat(found.use()).isEqualTo(use);
    assertThat(found.spentMinor()).as("after the snapshot's record 3").isEqualTo(4 + 5);
    assertThat(found.unsettledMinor()).as("after record 2").isEqualTo(3 + 4 + 5);
    assertThat(store.find(card(8), 0))
        .isEqualTo(new CardFound(Optional.empty(), true, CardUse.none(card(8)), 0, 0));
    assertThat(restarted(store).find(CARD, 2)).isEqualTo(found);
  }

  @Test
  void theUseOfACardThatWasLookedUpIsTheNewestAllTheSame() {
    JournalStore store = filled(1);
    var head = store.state().head();
    var use = CardUse.none(CARD).plus(20_000, 1, true, 300, 1);
    assertThat(store.find(CARD, 0).use()).isEqualTo(CardUse.none(CARD));

    store.commit(CommitUnit.ofState(head, List.of(new StateChange.CardUsed(use))));

    assertThat(store.cardUse(CARD)).isEqualTo(use);
    assertThat(store.find(CARD, 0).use()).isEqualTo(use);
    assertThat(store.cardUse(card(5))).isEqualTo(CardUse.none(card(5)));
  }

  @Test
  void aDeltaChangesAddsAndRemovesAccounts() {
    JournalStore store = filled(1);
    var head = store.state().head();
    store.commit(CommitUnit.ofState(head, List.of(new StateChange.SnapshotPart(1, 0, true, true,
        List.of(account(card(1), 1, 100, 0), account(card(2), 2, 200, 0))))));

    store.commit(CommitUnit.ofState(head,
        List.of(new StateChange.SnapshotPart(2, 0, false, true,
            List.of(account(card(1), 1, 150, 1),
                account(card(2), 2, 0, 0).toBuilder().setRemoved(true).build(),
                account(card(3), 3, 300, 0))))));

    JournalStore again = restarted(store);
    assertThat(again.account(card(1))).contains(account(card(1), 1, 150, 1));
    assertThat(again.account(card(2))).isEmpty();
    assertThat(again.account(card(3))).isPresent();
    assertThat(again.accountCount()).isEqualTo(2);
    assertThat(again.state().versions().snapshot()).isEqualTo(2);
  }

  @Test
  void aWholeSnapshotInPartsEndsWhatItDoesNotName() {
    JournalStore store = filled(1);
    var head = store.state().head();
    store.commit(CommitUnit.ofState(head, List.of(new StateChange.SnapshotPart(1, 0, true, true,
        List.of(account(card(1), 1, 100, 0), account(card(2), 2, 200, 0))))));

    store.commit(CommitUnit.ofState(head, List.of(
        new StateChange.SnapshotPart(9, 0, true, false, List.of(account(card(3), 3, 300, 0))))));
    assertThat(store.state().versions().snapshot()).as("not before the last part").isEqualTo(1);
    assertThat(store.account(card(1))).as("still served meanwhile").isPresent();
    store.commit(CommitUnit.ofState(head, List.of(
        new StateChange.SnapshotPart(9, 0, true, true, List.of(account(card(2), 2, 250, 0))))));

    JournalStore again = restarted(store);
    assertThat(again.state().versions().snapshot()).isEqualTo(9);
    assertThat(again.account(card(1))).isEmpty();
    assertThat(again.account(card(2))).contains(account(card(2), 2, 250, 0));
    assertThat(again.account(card(3))).isPresent();
  }

  @Test
  void theDenyListGrowsShrinksAndIsReplaced() {
    JournalStore store = filled(1);
    var head = store.state().head();
    store.commit(CommitUnit.ofState(head,
        List.of(new StateChange.DenyPart(1, 0, true, List.of(card(1), card(2)), List.of()))));
    store.commit(CommitUnit.ofState(head,
        List.of(new StateChange.DenyPart(2, 0, false, List.of(card(3)), List.of(card(1))))));
    assertThat(List.of(store.denied(card(1)), store.denied(card(2)), store.denied(card(3))))
        .containsExactly(false, true, true);

    store.commit(CommitUnit.ofState(head,
        List.of(new StateChange.DenyPart(3, 0, true, List.of(card(4)), List.of()))));

    JournalStore again = restarted(store);
    assertThat(again.denied(card(2))).isFalse();
    assertThat(again.denied(card(4))).isTrue();
    assertThat(again.state().versions().deny()).isEqualTo(3);
  }

  @Test
  void pruningLeavesAnAnchorInPlaceOfTheRecords() {
    JournalStore store = filled(10);
    var kept = chain(10).get(5);
    var anchor = new PruneAnchor(kept.epoch(), kept.position(), ack(1, 10, 10, 5).signed());

    store.prune(anchor);

    JournalStore again = restarted(store);
    assertThat(again.state().pruned()).contains(anchor);
    assertThat(again.state().origin()).isEqualTo(kept.position());
    assertThat(again.state().recordCount()).isEqualTo(4);
    assertThat(again.state().head()).isEqualTo(chain(10).getLast().position());
    assertThat(again.records(1, 100, 1_000_000)).extracting(JournalRecord::seq).containsExactly(7L, 8L, 9L,
        10L);
    assertThat(again.spentAfter(ACCOUNT, 6)).isEqualTo(7 + 8 + 9 + 10);
  }

  @Test
  void anAnchorThatIsNoStoredRecordBeforeTheHeadIsRefused() {
    JournalStore store = filled(3);
    var head = chain(3).getLast();
    var elsewhere = chain(10).get(8);

    assertThatThrownBy(
        () -> store.prune(new PruneAnchor(head.epoch(), head.position(), ack(1, 3, 3, 5).signed())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
        () -> store.prune(new PruneAnchor(head.epoch(), elsewhere.position(), ack(1, 3, 3, 5).signed())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(restarted(store).records(1, 10, 1_000_000)).hasSize(3);
  }

  @Test
  void aReopenedStoreGoesOnWhereItWas() {
    JournalStore store = filled(3);
    JournalState before = store.state();

    assertThat(store.reopen()).isEqualTo(before);
    var next = chain(4).getLast();
    store.commit(unit(before.head(), List.of(next)));

    assertThat(store.state().head()).isEqualTo(next.position());
  }
}
