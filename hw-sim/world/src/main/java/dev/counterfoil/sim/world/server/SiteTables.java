package dev.counterfoil.sim.world.server;

import dev.counterfoil.settlement.operator.Session;
import dev.counterfoil.settlement.store.ApprovalRow;
import dev.counterfoil.settlement.store.AnswerRow;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.KeyId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditRoot;
import dev.counterfoil.settlement.store.AccountChangeRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.store.AuthorizationRow;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.DenyRow;
import dev.counterfoil.settlement.store.EpochRow;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.ForkRow;
import dev.counterfoil.settlement.store.FreezeRow;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.HoldRow;
import dev.counterfoil.settlement.store.HoldState;
import dev.counterfoil.settlement.store.IntentRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.ArrivalRow;
import dev.counterfoil.settlement.store.GatewayOrderRow;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.PredebitRow;
import dev.counterfoil.settlement.store.PurseRow;
import dev.counterfoil.settlement.store.RecordBatchRow;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.SaleLineRow;
import dev.counterfoil.settlement.store.TerminalConditionRow;
import dev.counterfoil.settlement.store.TerminalKeyRow;
import dev.counterfoil.settlement.store.TerminalPlaceRow;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.SyncRow;
import dev.counterfoil.settlement.store.TillReferenceRow;
import dev.counterfoil.settlement.store.TransactionNoteRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferLineRow;
import dev.counterfoil.settlement.store.TransferRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The rows of one site as plain collections, each with the unique keys that the real tables have.
final class SiteTables {
  final NavigableMap<Integer, TerminalRow> terminals = new TreeMap<>();
  final NavigableMap<Integer, HeadRow> heads = new TreeMap<>();
  final Map<Integer, Map<KeyId, TerminalKeyRow>> terminalKeys = new HashMap<>();
  final Map<Integer, NavigableMap<Integer, EpochRow>> epochs = new HashMap<>();
  final Map<Integer, NavigableMap<Long, RecordBatchRow>> batches = new HashMap<>();
  final Map<Integer, NavigableMap<Long, RecordKeyRow>> recordKeys = new HashMap<>();
  final Map<Integer, Map<BranchKey, ForkRow>> forks = new HashMap<>();
  final NavigableMap<Long, AccountRow> accounts = new TreeMap<>();
  final NavigableMap<Long, CardRow> cards = new TreeMap<>();
  final Map<CardToken, CardRow> cardsByToken = new HashMap<>();
  final Map<Long, List<Long>> cardsByAccount = new HashMap<>();
  final ProfileTables profiles = new ProfileTables(this);
  final NavigableMap<Long, LedgerAccountRow> ledgers = new TreeMap<>();
  final Map<OwnerKey, Long> ledgersByOwner = new HashMap<>();
  final NavigableMap<Long, TransferRow> transfers = new TreeMap<>();
  final Map<Long, Long> endedHolds = new HashMap<>();
  final Map<TransactionId, List<TransferRow>> transfersByTransaction = new HashMap<>();
  final Map<TransactionId, TransactionRow> transactions = new HashMap<>();
  final Map<Integer, NavigableMap<Long, TransactionRow>> transactionsByRecord = new HashMap<>();
  final Map<TransactionId, TransactionRow> reversals = new HashMap<>();
  final Map<TransactionId, List<TransactionRow>> refunds = new HashMap<>();
  final List<SyncRow> syncs = new ArrayList<>();
  final List<AdminRow> deeds = new ArrayList<>();
  final NavigableMap<Long, OperatorRow> operators = new TreeMap<>();
  final Map<Hash, Session.State> sessions = new HashMap<>();
  final Map<String, AnswerRow> answers = new TreeMap<>();
  final NavigableMap<Long, ApprovalRow> approvals = new TreeMap<>();
  final List<AuditChain.Link> auditLinks = new ArrayList<>();
  final NavigableMap<Long, AuditRoot.Signed> auditRoots = new TreeMap<>();
  final Map<Integer, Map<String, TillReferenceRow>> tillReferences = new HashMap<>();
  final Map<TransactionId, AuthorizationRow> authorizations = new HashMap<>();
  final NavigableMap<Long, HoldRow> openHolds = new TreeMap<>();
  final NavigableMap<IntentKey, IntentRow> openIntents = new TreeMap<>();
  final Map<Long, HoldRow> holds = new HashMap<>();
  final Map<TransactionId, Long> holdsByTransaction = new HashMap<>();
  final NavigableMap<Long, ExceptionRow> exceptions = new TreeMap<>();
  final Map<String, Long> exceptionsByKey = new HashMap<>();
  final Map<Long, AccountChangeRow> accountChanges = new HashMap<>();
  final NavigableMap<VersionKey, AccountChangeRow> accountChangesByVersion = new TreeMap<>();
  final Map<CardToken, DenyRow> denials = new HashMap<>();
  final NavigableMap<VersionKey, DenyRow> denialsByVersion = new TreeMap<>();
  private final Map<CardToken, VersionKey> denialPlaces = new HashMap<>();
  private long denialsPut;
  final Map<TransactionId, TransactionNoteRow> notes = new HashMap<>();
  final Map<TransactionId, List<TransferLineRow>> transferLines = new HashMap<>();
  final NavigableMap<Long, FreezeRow> freezes = new TreeMap<>();
  final Map<TransactionId, List<SaleLineRow>> saleLines = new HashMap<>();
  final Map<Integer, TerminalPlaceRow> places = new HashMap<>();
  final NavigableMap<Integer, TerminalConditionRow> conditions = new TreeMap<>();
  final NavigableMap<Long, PurseRow> purses = new TreeMap<>();
  final NavigableMap<Long, PredebitRow> predebits = new TreeMap<>();
  final NavigableMap<Long, MoneyRequestRow> moneyRequests = new TreeMap<>();
  final Map<TransactionId, GatewayOrderRow> gatewayOrders = new HashMap<>();
  final NavigableMap<Long, ArrivalRow> arrivals = new TreeMap<>();
  final ModelOffice.Tables office = new ModelOffice.Tables();
  final ModelMeals.Tables meals = new ModelMeals.Tables();
  final NavigableMap<String, String> settings = new TreeMap<>();

  record VersionKey(long version, long order) implements Comparable<VersionKey> {
    static VersionKey after(long version) {
      return new VersionKey(version, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(VersionKey other) {
      int first = Long.compare(version, other.version);
      return first != 0 ? first : Long.compare(order, other.order);
    }
  }

  record IntentKey(int terminal, long seq) implements Comparable<IntentKey> {
    @Override
    public int compareTo(IntentKey other) {
      int first = Integer.compare(terminal, other.terminal);
      return first != 0 ? first : Long.compare(seq, other.seq);
    }
  }

  record BranchKey(long seq, Hash hash) {}

  record OwnerKey(LedgerKind kind, long owner, String asset) {}

  void put(CardRow row) {
    CardRow old = cards.put(row.card(), row);
    profiles.put(old, row);
    if (old != null) {
      cardsByToken.remove(old.token());
      cardsByAccount.getOrDefault(old.account(), new ArrayList<>()).remove(Long.valueOf(old.card()));
    }
    cardsByToken.put(row.token(), row);
    cardsByAccount.computeIfAbsent(row.account(), _ -> new ArrayList<>()).add(row.card());
  }

  void put(LedgerAccountRow row) {
    ledgers.put(row.ledger(), row);
    ledgersByOwner.put(new OwnerKey(row.kind(), row.owner(), row.asset()), row.ledger());
  }

  void insert(TransferRow row) {
    transfers.put(row.transfer(), row);
    transfersByTransaction.computeIfAbsent(row.transaction(), _ -> new ArrayList<>(2)).add(row);
    if (row.pending() != 0) {
      endedHolds.put(row.pending(), row.transfer());
    }
  }

  void insert(TransactionRow row) {
    transactions.put(row.transaction(), row);
    transactionsByRecord.computeIfAbsent(row.terminal(), _ -> new TreeMap<>()).put(row.seq(), row);
    if (row.reverses() != null && row.kind().takesBack()) {
      reversals.put(row.reverses(), row);
    }
    if (row.reverses() != null && row.kind().paysBack()) {
      refunds.computeIfAbsent(row.reverses(), _ -> new ArrayList<>(1)).add(row);
    }
  }

  void put(HoldRow row) {
    holds.put(row.hold(), row);
    holdsByTransaction.put(row.transaction(), row.hold());
    if (row.state() == HoldState.OPEN) {
      openHolds.put(row.hold(), row);
    } else {
      openHolds.remove(row.hold());
    }
  }

  void put(IntentRow row) {
    var key = new IntentKey(row.terminal(), row.seq());
    if (row.isOpen()) {
      openIntents.put(key, row);
    } else {
      openIntents.remove(key);
    }
  }

  void put(AccountChangeRow row) {
    AccountChangeRow old = accountChanges.put(row.account(), row);
    if (old != null) {
      accountChangesByVersion.remove(new VersionKey(old.version(), old.account()));
    }
    accountChangesByVersion.put(new VersionKey(row.version(), row.account()), row);
  }

  void put(DenyRow row) {
    VersionKey place = new VersionKey(row.version(), denialsPut++);
    VersionKey old = denialPlaces.put(row.token(), place);
    if (old != null) {
      denialsByVersion.remove(old);
    }
    denials.put(row.token(), row);
    denialsByVersion.put(place, row);
  }
}
