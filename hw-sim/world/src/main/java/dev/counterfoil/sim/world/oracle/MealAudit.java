package dev.counterfoil.sim.world.oracle;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.settlement.ingest.RecordRun;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.MealOrderReads;
import dev.counterfoil.settlement.store.MealOrderRow;
import dev.counterfoil.settlement.store.RecordBatchRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.store.TransactionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// An ordered meal is collected exactly if a settled record of its holder names it and was not taken back; and of several
/// that name it at once, all but one stand in the exception queue. Told from the records as they are stored, never from what
/// the server wrote down about collections.
public final class MealAudit {

  private static final int PAGE = 1_000;

  private final SettlementReads books;
  private final int site;
  private final Map<Long, MealOrderRow> orders = new TreeMap<>();
  private final Map<Long, Set<String>> standing = new TreeMap<>();
  private final Map<ExceptionKind, Set<String>> raised = new TreeMap<>();

  private MealAudit(SettlementReads books, int site) {
    this.books = books;
    this.site = site;
    books.meals().orders(site, MealOrderReads.Search.all(0), 0, Integer.MAX_VALUE)
        .forEach(row -> orders.put(row.number(), row));
    for (ExceptionRow row : books.exceptions(site, false, 0, Integer.MAX_VALUE)) {
      raised.computeIfAbsent(row.kind(), _ -> new TreeSet<>()).add(row.terminal() + ":" + row.seq());
    }
  }

  /// What is wrong, in words; empty when all is well.
  public static List<String> problems(SettlementReads books, int site) {
    var audit = new MealAudit(books, site);
    books.terminals(site).forEach(terminal -> audit.read(terminal.terminal()));
    return audit.compare();
  }

  private void read(int terminal) {
    long from = 1;
    for (List<RecordBatchRow> page = books.batches(site, terminal, from, PAGE); !page.isEmpty(); page = books
        .batches(site, terminal, from, PAGE)) {
      for (RecordBatchRow batch : page) {
        for (JournalRecord record : RecordRun.split(batch)) {
          take(terminal, record);
          from = record.seq() + 1;
        }
      }
    }
  }

  private void take(int terminal, JournalRecord record) {
    try {
      if (record.is(RecordKind.SALE)) {
        sold(terminal, record, Sale.parseFrom(record.body()));
      } else if (record.is(RecordKind.USE)) {
        stands(terminal, record, Use.parseFrom(record.body()).getOrderId());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("record " + record.seq() + " of terminal " + terminal, e);
    }
  }

  private void sold(int terminal, JournalRecord record, Sale sale) {
    if (sale.getOrderId() == 0) {
      return;
    }
    var id = TransactionId.of(sale.getTransactionId().toByteArray());
    boolean booked = books.transaction(site, id).filter(row -> isOf(row, terminal, record)).isPresent();
    if (booked && books.reversalOf(site, id).isEmpty()) {
      stands(terminal, record, sale.getOrderId());
    }
  }

  private static boolean isOf(TransactionRow row, int terminal, JournalRecord record) {
    return row.terminal() == terminal && row.seq() == record.seq();
  }

  /// What one terminal handed out twice without having taken it back between, in words. Only of a fleet whose media never
  /// went back in time: such a terminal has forgotten what it did.
  public static List<String> twiceAtOne(SettlementReads books, int site) {
    var twice = new ArrayList<String>();
    var audit = new MealAudit(books, site);
    books.terminals(site).forEach(terminal -> audit.read(terminal.terminal()));
    audit.standing.forEach((order, names) -> names.stream()
        .filter(
            name -> names.stream().filter(other -> terminalOf(other).equals(terminalOf(name))).count() > 1)
        .forEach(name -> twice.add("order " + order + " by record " + name)));
    return twice;
  }

  private static String terminalOf(String name) {
    return name.substring(0, name.indexOf(':'));
  }

  private void stands(int terminal, JournalRecord record, long order) {
    String name = terminal + ":" + record.seq();
    if (orders.containsKey(order) && !of(ExceptionKind.ORDER_NOT_HOLDERS).contains(name)
        && !of(ExceptionKind.ORDER_MISSING).contains(name)) {
      standing.computeIfAbsent(order, _ -> new TreeSet<>()).add(name);
    }
  }

  private Set<String> of(ExceptionKind kind) {
    return raised.getOrDefault(kind, new TreeSet<>());
  }

  private List<String> compare() {
    var problems = new ArrayList<String>();
    for (MealOrderRow order : orders.values()) {
      var named = new TreeSet<>(standing.getOrDefault(order.number(), new TreeSet<>()));
      if (named.isEmpty() == (order.state() == MealOrderRow.State.COLLECTED)) {
        problems
            .add("order " + order.number() + " is " + order.state() + ", and records " + named + " name it");
      }
      int all = named.size();
      named.removeAll(of(ExceptionKind.ORDER_COLLECTED_TWICE));
      if (named.size() > 1) {
        problems.add(
            "order " + order.number() + " was collected " + all + " times, and nobody hears of " + named);
      }
    }
    return problems;
  }
}
