package dev.counterfoil.sim.verify;

import com.google.protobuf.ByteString;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.journal.RecordCircumstances;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.journal.RecordSealer;
import dev.counterfoil.protocol.journal.TimeQuality;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Void;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A small good run, made by hand: one terminal, its taps, and a server that booked all of it. Tests change one thing
/// and look what the audit says.
final class RunFixture {

  static final String TERMINAL = "till-1";
  private static final long MERCHANT = 1;
  private static final long FUNDING = 2;
  private static final long HOLDER = 10;
  private static final RecordCircumstances NOON = new RecordCircumstances(1_000, TimeQuality.ANCHORED, 1, 0,
      0);

  final List<JournalRecord> records = new ArrayList<>();
  final List<Tap> taps = new ArrayList<>();
  final List<byte[]> serverRecords = new ArrayList<>();
  final List<ServerBooks.Transaction> transactions = new ArrayList<>();
  final List<ServerBooks.Transfer> transfers = new ArrayList<>();
  final List<ServerBooks.Account> accounts = new ArrayList<>();
  final List<ServerBooks.Hold> holds = new ArrayList<>();
  final List<ServerBooks.ExceptionEntry> exceptions = new ArrayList<>();
  final byte[] token = {0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};

  long safeSeq;

  private final TerminalId id = new TerminalId(7, 9);
  private final EpochId epoch = new EpochId(1, 42);
  private final Hash certificate = new Hash(1, 2, 3, 4);
  private final Signer signer = new Ed25519Signer(new byte[32]);
  private final RecordSealer sealer = new RecordSealer(id);
  private ChainPosition head = ChainPosition.beforeGenesis(certificate);
  private long holderBalance;
  private long merchantBalance;
  private long fundingBalance;

  RunFixture() {
    append(RecordDraft.of(RecordKind.GENESIS, Genesis.getDefaultInstance()));
    transactions.add(new ServerBooks.Transaction(1, new TransactionId(0, 1),
        ServerBooks.Transaction.Kind.SERVER_BORN, 0, 0, 10_000, "CNY"));
    fundingBalance -= 10_000;
    holderBalance += 10_000;
    transfers.add(
        new ServerBooks.Transfer(1, 1, new TransactionId(0, 1), FUNDING, HOLDER, "CNY", 10_000, true, false,
            0, fundingBalance, holderBalance));
  }

  /// Four sales and a void, all seen, written and booked.
  static RunFixture good() {
    var run = new RunFixture();
    run.sale(450, Tap.Glass.APPROVED);
    run.sale(1_200, Tap.Glass.APPROVED);
    run.voidLast(1_200);
    run.sale(75, Tap.Glass.APPROVED);
    run.sale(450, Tap.Glass.APPROVED);
    return run;
  }

  JournalRecord append(RecordDraft draft) {
    JournalRecord record = sealer.seal(head, epoch, NOON, draft, signer);
    head = record.position();
    records.add(record);
    serverRecords.add(record.bytes());
    return record;
  }

  void sale(long amount, Tap.Glass glass) {
    TransactionId transaction = new TransactionId(1, records.size());
    tap(Tap.Kind.SALE, amount, glass);
    JournalRecord record = append(RecordDraft.of(RecordKind.SALE,
        Sale.newBuilder().setTransactionId(ByteString.copyFrom(transaction.bytes())).setAmountMinor(amount)
            .setCardToken(ByteString.copyFrom(token)).setOffline(true).build(),
        amount));
    book(transaction, ServerBooks.Transaction.Kind.SALE, record, HOLDER, MERCHANT);
  }

  void voidLast(long amount) {
    TransactionId transaction = new TransactionId(1, records.size());
    tap(Tap.Kind.VOID, amount, Tap.Glass.APPROVED);
    JournalRecord record = append(RecordDraft.of(RecordKind.VOID,
        Void.newBuilder().setTransactionId(ByteString.copyFrom(transaction.bytes())).setAmountMinor(amount)
            .build(),
        -amount));
    book(transaction, ServerBooks.Transaction.Kind.VOID, record, MERCHANT, HOLDER);
  }

  void tap(Tap.Kind kind, long amount, Tap.Glass glass) {
    taps.add(new Tap(taps.size(), TERMINAL, "alice", kind, amount, glass, ""));
  }

  private void book(TransactionId transaction, ServerBooks.Transaction.Kind kind, JournalRecord record,
      long debit,
      long credit) {
    transactions
        .add(new ServerBooks.Transaction(1, transaction, kind, 1, record.seq(), record.amount(), "CNY"));
    holderBalance -= record.amount();
    merchantBalance += record.amount();
    boolean sale = debit == HOLDER;
    transfers.add(new ServerBooks.Transfer(1, transfers.size() + 1L, transaction, debit, credit, "CNY",
        Math.abs(record.amount()), true, false, 0, sale ? holderBalance : merchantBalance,
        sale ? merchantBalance : holderBalance));
  }

  /// Balances as a correct server keeps them.
  void closeAccounts() {
    accounts.clear();
    accounts.add(account(MERCHANT, "merchant"));
    accounts.add(account(FUNDING, "funding"));
    accounts.add(account(HOLDER, "alice"));
  }

  private ServerBooks.Account account(long account, String name) {
    long debits = transfers.stream().filter(t -> t.debit() == account && t.moves()).mapToLong(t -> t.amount())
        .sum();
    long credits = transfers.stream().filter(t -> t.credit() == account && t.moves())
        .mapToLong(t -> t.amount()).sum();
    return new ServerBooks.Account(1, account, name, "CNY", debits, credits, 0);
  }

  ServerBooks books() {
    if (accounts.isEmpty()) {
      closeAccounts();
    }
    long last = serverRecords.size();
    var terminal = new ServerBooks.Terminal(1, 1, id, TERMINAL, certificate, Set.of(epoch),
        List.of(new ServerBooks.Key(signer.key(), 1, Long.MAX_VALUE)), last, last, safeSeq, serverRecords);
    return new ServerBooks(List.of(terminal), transactions, transfers, accounts, holds, exceptions, 2_000);
  }

  RunAudit.Evidence evidence() {
    var journal = JournalImage.of(TERMINAL, records.getLast().seq(),
        records.stream().map(JournalRecord::bytes).toList());
    return new RunAudit.Evidence(List.of(journal), List.of(), taps,
        Map.of("alice", HexFormat.of().formatHex(token)));
  }

  Hash certificate() {
    return certificate;
  }
}
