package dev.counterfoil.sim.verify;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.proto.v1.Sale;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Lays what customers saw beside what a terminal wrote, in order, and finds approvals without a record and records
/// without an approval. A tap whose answer nobody saw may have a record or none.
///
/// Both lists are in time order, so this is the cheapest alignment of two sequences: the smallest number of taps and
/// records that have no partner. A greedy walk would blame the wrong tap when a customer tries again after a dark
/// glass.
final class TapAudit {

  private static final int UNSEEN_COST = 1;

  private final String terminal;
  private final Map<String, String> tokenByCard;
  private final Consumer<Finding> report;

  /// @param tokenByCard what the server calls each card, as hexadecimal; cards that are not in it match any token
  TapAudit(String terminal, Map<String, String> tokenByCard, Consumer<Finding> report) {
    this.terminal = terminal;
    this.tokenByCard = tokenByCard;
    this.report = report;
  }

  /// @param taps    of this terminal, in order
  /// @param records of this terminal, in order
  /// @return approvals without a record
  long check(List<Tap> taps, List<JournalRecord> records) {
    List<Tap> answered = taps.stream().filter(tap -> tap.glass() != Tap.Glass.DECLINED).toList();
    List<JournalRecord> money = records.stream().filter(record -> record.amount() != 0).toList();
    int[][] cost = costs(answered, money);
    return walk(answered, money, cost);
  }

  /// `cost[i][j]`: fewest partners missing when taps from `i` and records from `j` on are aligned.
  private int[][] costs(List<Tap> taps, List<JournalRecord> records) {
    int[][] cost = new int[taps.size() + 1][records.size() + 1];
    for (int i = taps.size(); i >= 0; i--) {
      for (int j = records.size(); j >= 0; j--) {
        if (i == taps.size()) {
          cost[i][j] = (records.size() - j) * UNSEEN_COST;
        } else if (j == records.size()) {
          cost[i][j] = cost[i + 1][j] + skipCost(taps.get(i));
        } else {
          int skip = Math.min(cost[i + 1][j] + skipCost(taps.get(i)), cost[i][j + 1] + UNSEEN_COST);
          cost[i][j] = matches(taps.get(i), records.get(j)) ? Math.min(cost[i + 1][j + 1], skip) : skip;
        }
      }
    }
    return cost;
  }

  private long walk(List<Tap> taps, List<JournalRecord> records, int[][] cost) {
    long lost = 0;
    int i = 0;
    int j = 0;
    while (i < taps.size() || j < records.size()) {
      if (i < taps.size() && j < records.size() && matches(taps.get(i), records.get(j))
          && cost[i][j] == cost[i + 1][j + 1]) {
        i++;
        j++;
      } else if (i < taps.size() && cost[i][j] == cost[i + 1][j] + skipCost(taps.get(i))) {
        lost += lost(taps.get(i));
        i++;
      } else {
        unseen(records.get(j));
        j++;
      }
    }
    return lost;
  }

  private static int skipCost(Tap tap) {
    return tap.glass() == Tap.Glass.DARK ? 0 : 1;
  }

  private long lost(Tap tap) {
    if (tap.glass() == Tap.Glass.DARK) {
      return 0;
    }
    report.accept(new Finding(Finding.Kind.LOST, terminal,
        tap.kind() + " of " + Money.decimal(tap.amountMinor())
            + " by " + tap.card() + " at " + tap.atMillis()
            + " was approved on the glass and is not in the journal"));
    return 1;
  }

  private void unseen(JournalRecord record) {
    report.accept(new Finding(Finding.Kind.DEBIT_WITHOUT_RECORD, terminal,
        record + " has no tap of which the glass said approved or went dark"));
  }

  private boolean matches(Tap tap, JournalRecord record) {
    return switch (tap.kind()) {
      case SALE ->
        record.is(RecordKind.SALE) && record.amount() == tap.amountMinor() && sameCard(tap, record);
      case CASH -> record.is(RecordKind.SALE) && record.amount() == tap.amountMinor();
      case VOID -> record.is(RecordKind.VOID) && record.amount() == -tap.amountMinor();
    };
  }

  private boolean sameCard(Tap tap, JournalRecord record) {
    String token = tokenByCard.get(tap.card());
    return token == null || token.equals(HexFormat.of().formatHex(body(record).getCardToken().toByteArray()));
  }

  /// A body that cannot be read matches no card; the chain check has named it by then.
  static Sale body(JournalRecord record) {
    try {
      return Sale.parseFrom(record.body());
    } catch (InvalidProtocolBufferException _) {
      return Sale.getDefaultInstance();
    }
  }
}
