package dev.counterfoil.sim.virtual;

import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.terminal.journal.OwnRecord;

/// Records of a journal as words for people. Pure.
final class RecordText {

  private RecordText() {}

  /// The kind's name, or its number if a newer program wrote it.
  static String kind(JournalRecord record) {
    return record.kind().map(RecordKind::name).orElse("KIND_" + record.kindCode());
  }

  static String facts(JournalRecord record) {
    if (record.is(RecordKind.SALE)) {
      var sale = OwnRecord.body(record, Sale.parser());
      return Money.decimal(sale.getAmountMinor()) + (sale.getOffline() ? " offline" : " online");
    }
    if (record.is(RecordKind.DECLINE)) {
      return OwnRecord.body(record, Decline.parser()).getReason();
    }
    return record.amount() == 0 ? "" : Money.decimal(record.amount());
  }
}
