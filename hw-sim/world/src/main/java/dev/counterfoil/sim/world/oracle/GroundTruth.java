package dev.counterfoil.sim.world.oracle;

import dev.counterfoil.sim.world.InvariantViolation;
import dev.counterfoil.sim.world.oracle.PaperRecord.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// What really happened at the terminals: each record in the moment in which it became durable on a medium, and each
/// word a glass showed. Nobody who is judged can reach it.
public final class GroundTruth {
  private final List<TerminalTruth> terminals = new ArrayList<>();
  private final OfflineExposure exposure;

  /// One physical terminal with the medium that is in it.
  public static final class TerminalTruth {
    private final NavigableMap<Long, PaperRecord> written = new TreeMap<>();
    private final Map<PaperId, Long> sales = new HashMap<>();
    private final Set<PaperId> shownApproved = new HashSet<>();
    private final Set<PaperId> shownDeclined = new HashSet<>();
    private final Set<PaperId> takenBack = new HashSet<>();
    private final NavigableMap<Long, PaperRecord> lost = new TreeMap<>();
    private final List<Effect.Lost> gaps = new ArrayList<>();
    private boolean rolledBack;
    private boolean cloned;
    private boolean forked;
    private long serverSeq;
    private boolean attacked;

    /// All records of the true line, by sequence number.
    public NavigableMap<Long, PaperRecord> written() {
      return Collections.unmodifiableNavigableMap(written);
    }

    public Set<PaperId> shownApproved() {
      return Collections.unmodifiableSet(shownApproved);
    }

    public Set<PaperId> shownDeclined() {
      return Collections.unmodifiableSet(shownDeclined);
    }

    /// Whether a VOID of this sale is durable.
    public boolean takenBack(PaperId transaction) {
      return takenBack.contains(transaction);
    }

    /// Whether a record with this number was destroyed with its medium and declared so by a GAP.
    public boolean declaredLost(long seq) {
      return gaps.stream().anyMatch(gap -> gap.fromSeq() <= seq && seq <= gap.toSeq());
    }

    /// Whether something happened to this terminal that the server may call by a verdict other than RESUME.
    public boolean mayBeFlagged() {
      return rolledBack || cloned || attacked;
    }

    public boolean gapFree() {
      return gaps.isEmpty();
    }

    /// Where the destroyed sale of this transaction stood, if it was destroyed and never came back.
    public List<Long> lostSeq(PaperId transaction) {
      return lost.values().stream()
          .filter(
              record -> record.effect() instanceof Effect.Sold sold && sold.transaction().equals(transaction))
          .map(PaperRecord::seq).toList();
    }

    public boolean rolledBack() {
      return rolledBack;
    }

    /// Whether records of two histories bear one number: of a copy, or of an older medium without a mirror that wrote,
    /// before it had heard from the server, under a number that the server already knew. Nobody can tell the two apart.
    public boolean hasTwoHistories() {
      return cloned || forked;
    }
  }

  /// @param caps what each terminal may approve without the server
  public GroundTruth(int terminalCount, OfflineExposure.Caps caps) {
    this.exposure = new OfflineExposure(terminalCount, caps);
    for (int i = 0; i < terminalCount; i++) {
      terminals.add(new TerminalTruth());
    }
  }

  public TerminalTruth terminal(int terminal) {
    return terminals.get(terminal);
  }

  public int terminalCount() {
    return terminals.size();
  }

  /// A record is durable on the medium that is in the terminal.
  public void durable(int terminal, byte[] bytes) {
    TerminalTruth truth = terminals.get(terminal);
    PaperRecord record = PaperRecord.read(bytes);
    PaperRecord before = truth.written.putIfAbsent(record.seq(), record);
    if (before != null) {
      InvariantViolation.require(Arrays.equals(before.bytes(), bytes), "I-13",
          "terminal " + terminal + " signed sequence number " + record.seq() + " twice");
      return;
    }
    PaperRecord gone = truth.lost.get(record.seq());
    truth.forked |= gone != null && record.seq() <= truth.serverSeq && !Arrays.equals(gone.bytes(), bytes);
    takeBack(truth, record);
    switch (record.effect()) {
      case Effect.Sold sold ->
        InvariantViolation.require(truth.sales.putIfAbsent(sold.transaction(), record.seq()) == null,
            "I-10", "terminal " + terminal + " wrote two sales of " + sold.transaction());
      case Effect.Lost gap -> truth.gaps.add(gap);
      case Effect.Voided voided -> truth.takenBack.add(voided.original());
      case Effect.Refused _,Effect.None _ -> {
      }
    }
    if (!truth.rolledBack) {
      exposure.durable(terminal, record);
    }
  }

  /// The server has, or had before it was put back, the terminal's records up to this one.
  public void serverHas(int terminal, long seq) {
    terminals.get(terminal).serverSeq = seq;
    exposure.serverHas(terminal, seq);
  }

  /// The terminal removes a record for good (I-9: only one that the server's second medium holds).
  public void pruned(int terminal, long seq, boolean copied) {
    InvariantViolation.require(copied, "I-9",
        "terminal " + terminal + " removes record " + seq + ", which is in no copy");
  }

  private static void takeBack(TerminalTruth truth, PaperRecord record) {
    PaperRecord destroyed = truth.lost.get(record.seq());
    if (destroyed != null && Arrays.equals(destroyed.bytes(), record.bytes())) {
      truth.lost.remove(record.seq());
      if (record.effect() instanceof Effect.Sold sold) {
        truth.sales.remove(sold.transaction());
      }
    }
  }

  /// The glass says "approved" for this transaction (I-19: never before the record is durable).
  public void showsApproved(int terminal, PaperId transaction, long amountMinor) {
    TerminalTruth truth = terminals.get(terminal);
    Long seq = truth.sales.get(transaction);
    InvariantViolation.require(seq != null, "I-19",
        "terminal " + terminal + " shows approved for " + transaction + " without a durable record");
    PaperRecord record = seq == null ? null : truth.written.get(seq);
    boolean amountHolds = record != null && record.effect() instanceof Effect.Sold sold
        && sold.amountMinor() == amountMinor;
    InvariantViolation.require(amountHolds, "I-19",
        "terminal " + terminal + " shows " + amountMinor + " for " + transaction
            + ", the record says otherwise");
    truth.shownApproved.add(transaction);
  }

  /// The glass says that nothing was charged: declined, or failed with the medium (I-19: never with a debit, nor before
  /// a debit that there was is durably taken back).
  public void showsDeclined(int terminal, PaperId transaction) {
    InvariantViolation.require(!isBooked(terminal, transaction), "I-19",
        "terminal " + terminal + " shows declined for " + transaction + " although its record is a sale");
    terminals.get(terminal).shownDeclined.add(transaction);
  }

  /// Whether a sale of this transaction is durable and no VOID of it is.
  public boolean isBooked(int terminal, PaperId transaction) {
    TerminalTruth truth = terminals.get(terminal);
    return truth.sales.containsKey(transaction) && !truth.takenBack(transaction);
  }

  /// An older image of the medium, ending at `headSeq`, is in the terminal now.
  public void rolledBackTo(int terminal, long headSeq) {
    TerminalTruth truth = terminals.get(terminal);
    truth.rolledBack = true;
    NavigableMap<Long, PaperRecord> newer = truth.written.tailMap(headSeq, false);
    truth.lost.putAll(newer);
    newer.values().forEach(record -> {
      if (record.effect() instanceof Effect.Lost gap) {
        truth.gaps.remove(gap);
      }
    });
    newer.clear();
  }

  /// A copy of the medium runs elsewhere.
  public void cloned(int terminal) {
    terminals.get(terminal).cloned = true;
  }

  /// Somebody sends forged bytes in this terminal's name.
  public void attacked(int terminal) {
    terminals.get(terminal).attacked = true;
  }

  /// Power came back: everything that was durable before must still be there (I-8).
  public void startsWith(int terminal, long headSeq) {
    TerminalTruth truth = terminals.get(terminal);
    long durable = truth.written.isEmpty() ? 0 : truth.written.lastKey();
    InvariantViolation.require(headSeq >= durable, "I-8",
        "terminal " + terminal + " starts at " + headSeq + " although " + durable + " was durable");
  }
}
