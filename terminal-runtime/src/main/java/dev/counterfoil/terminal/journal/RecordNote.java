package dev.counterfoil.terminal.journal;

import dev.counterfoil.protocol.card.CardToken;
import java.util.ArrayList;
import java.util.List;

/// What a commit unit says about cards and accounts, kept beside its last record.
///
/// Rows of `spend` and `card_use` lie on pages of their own, and every page that a commit touches is written and
/// synced before a tap is answered. Beside the record they cost no page more; [UnfoldedNotes] moves them into their
/// tables when no tap waits.
///
/// ```
/// count u32, then each spend:    seq 8, account 8, minor 8
/// count u32, then each card use: token 20, day 8, count 8, minor 8, contact 8, offline count 8, offline minor 8,
///                                and where bit 16 of the count is set: meal 8, meal count 8, meal minor 8
/// ```
record RecordNote(List<Spend> spends, List<CardUse> uses) {

  /// Longer notes would spread a record over several pages.
  private static final int MAX_ENTRIES = 8;
  /// Notes of before there were meals lack it.
  private static final int WITH_MEALS = 1 << 16;

  static final RecordNote NONE = new RecordNote(List.of(), List.of());

  RecordNote {
    spends = List.copyOf(spends);
    uses = List.copyOf(uses);
  }

  /// What the changes of a unit say about cards and accounts.
  static RecordNote of(CommitUnit unit) {
    var spends = new ArrayList<Spend>();
    var uses = new ArrayList<CardUse>();
    for (StateChange change : unit.changes()) {
      if (change instanceof StateChange.SpendRecorded(var spend)) {
        spends.add(spend);
      } else if (change instanceof StateChange.CardUsed(var use)) {
        uses.add(use);
      }
    }
    return spends.isEmpty() && uses.isEmpty() ? NONE : new RecordNote(spends, uses);
  }

  boolean isEmpty() {
    return spends.isEmpty() && uses.isEmpty();
  }

  /// Whether it can be kept beside the unit's last record: a short note, about that unit's own records.
  boolean fitsBeside(CommitUnit unit) {
    return !unit.records().isEmpty() && spends.size() + uses.size() <= MAX_ENTRIES
        && spends.stream().allMatch(spend -> spend.seq() > unit.before().seq());
  }

  byte[] bytes() {
    var out = new FieldWriter().small(spends.size());
    spends.forEach(
        spend -> out.number(spend.seq()).number(spend.accountId()).number(spend.amountMinor()));
    out.small(uses.size() | WITH_MEALS);
    uses.forEach(use -> out.fixed(use.token().bytes()).number(use.epochDay()).number(use.dayCount())
        .number(use.dayMinor()).number(use.contact()).number(use.offlineCount()).number(use.offlineMinor())
        .number(use.meal()).number(use.mealCount()).number(use.mealMinor()));
    return out.bytes();
  }

  /// @throws IllegalArgumentException if the bytes are not a note
  static RecordNote of(byte[] bytes) {
    var in = new FieldReader(bytes);
    var spends = new ArrayList<Spend>();
    for (int left = in.small(); left > 0; left--) {
      spends.add(new Spend(in.number(), in.number(), in.number()));
    }
    var uses = new ArrayList<CardUse>();
    int count = in.small();
    boolean meals = (count & WITH_MEALS) != 0;
    for (int left = count & ~WITH_MEALS; left > 0; left--) {
      uses.add(use(in, meals));
    }
    return new RecordNote(spends, uses);
  }

  private static CardUse use(FieldReader in, boolean meals) {
    return new CardUse(CardToken.of(in.fixed(CardToken.LENGTH)), in.number(), in.number(), in.number(),
        in.number(), in.number(), in.number(), meals ? Math.toIntExact(in.number()) : 0,
        meals ? in.number() : 0, meals ? in.number() : 0);
  }
}
