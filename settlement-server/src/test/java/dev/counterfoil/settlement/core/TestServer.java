package dev.counterfoil.settlement.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Decision;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.LedgerVerification;
import dev.counterfoil.settlement.limit.OpeningHours;
import dev.counterfoil.settlement.limit.PurchaseLimits;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.ExceptionRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.terminals.HelloAnswer;
import dev.counterfoil.settlement.terminals.OtherSession;
import dev.counterfoil.settlement.terminals.RegistryDesk;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// A core on a real database file with one site, and what tests ask of it.
public final class TestServer implements AutoCloseable {

  public static final int SITE = 1;
  public static final long NOW = 1_763_600_000_000L;

  /// Those of the requirements, but for hours: tests begin in the night.
  public static final CoreSettings SETTINGS = CoreSettings.DEFAULT.withConfirmTerminals(false)
      .withPurchases(PurchaseLimits.DEFAULT.withHours(OpeningHours.ALWAYS));

  public final StrictVerifier signatures = new StrictVerifier();
  public final Ed25519Signer ackKey = new Ed25519Signer(seed(999));
  public final SettlementStore store;
  public SettlementCore core;
  public long now = NOW;
  private final CoreSettings settings;
  private final SplittableRandom random = new SplittableRandom(42);
  private int terminals;
  private long transactions;

  public TestServer(SettlementStore store, CoreSettings settings) {
    this.store = store;
    this.settings = settings;
    this.core = newCore();
    if (store.site(SITE).isEmpty()) {
      core.registry().putSite(new SiteRow(SITE, "canteen", "CNY"));
    }
  }

  public static TestServer at(Path folder) {
    return at(folder, SETTINGS);
  }

  public static TestServer at(Path folder, CoreSettings settings) {
    return new TestServer(SqliteSettlementStore.open(folder.resolve("server.db")), settings);
  }

  /// The same database under a fresh core, as after a restart.
  public void restart() {
    core = newCore();
  }

  private SettlementCore newCore() {
    return new SettlementCore(store, settings, ackKey, signatures, random.split());
  }

  public static byte[] seed(int number) {
    return Sha256.digest(new byte[] {(byte) number, (byte) (number >> 8), 7});
  }

  /// Numbers terminals from here on, for a database that has some already.
  public void enrolFrom(int number) {
    terminals = number;
  }

  public TestTerminal enrol() {
    terminals++;
    var id = new TerminalId(0x7000, terminals);
    var signer = new Ed25519Signer(seed(terminals));
    Hash certificate = Sha256.hash(new byte[] {(byte) terminals, 1});
    Hash code = Sha256.hash(new byte[] {(byte) terminals, 2});
    core.registry().putEnrolmentCode(
        new EnrolmentCodeRow(SITE, code, "till-" + terminals, 0, now, now + 900_000, 0, "admin"));
    TerminalMemory row = core.registry().enrol(code,
        new RegistryDesk.Enrolment(id, "board-" + terminals, certificate, signer.key()), now);
    return new TestTerminal(id, signer, "board-" + terminals, certificate, row.row().confirmed());
  }

  /// A terminal that has sent its GENESIS.
  public TestTerminal terminal() {
    TestTerminal terminal = enrol();
    terminal.genesis();
    push(terminal.push(1));
    return terminal;
  }

  public TransactionId transaction() {
    transactions++;
    return new TransactionId(0x0190_0000_0000_7000L + transactions, 0x8000_0000_0000_0000L + transactions);
  }

  public static CardToken token(int number) {
    return CardToken.derive(1, new byte[32], new byte[] {1, 2, (byte) (number >> 8), (byte) number});
  }

  /// An account with a card and an opening balance.
  public AccountRow holder(int card, long balance) {
    AccountRow account = core.accounts().open(SITE, "holder " + card, true, balance, transaction(), now);
    core.cards().issue(SITE, token(card), account.account(), now);
    return account;
  }

  public IngestResult push(IngestRequest request) {
    return core.push(List.of(request), now).getFirst();
  }

  public AckStatement acknowledged(IngestRequest request) {
    IngestResult result = push(request);
    if (result instanceof IngestResult.Acknowledged(_, var statement)) {
      return statement;
    }
    throw new AssertionError("expected an acknowledgement, got " + result);
  }

  public IngestResult.Refused refused(IngestRequest request) {
    IngestResult result = push(request);
    if (result instanceof IngestResult.Refused refused) {
      return refused;
    }
    throw new AssertionError("expected a refusal, got " + result);
  }

  public Decision authorize(TestTerminal terminal, TransactionId id, int card, long amount) {
    return authorize(terminal, id, card, amount, 0);
  }

  public Decision authorize(TestTerminal terminal, TransactionId id, int card, long amount,
      long ownUnsettled) {
    return core.authorize(terminal.id, id,
        Authorize.newBuilder().setCardToken(ByteString.copyFrom(token(card).bytes()))
            .setAmountMinor(amount).setCurrency("CNY").setMode(1).setOwnUnsettledMinor(ownUnsettled).build(),
        now);
  }

  public Welcome hello(TestTerminal terminal) {
    return hello(terminal.id, terminal.hello(null), OtherSession.NONE);
  }

  public Welcome hello(TerminalId id, Hello hello, OtherSession other) {
    HelloAnswer answer = core.hello(id, hello, other, now);
    if (answer instanceof HelloAnswer.Answered(var welcome)) {
      return welcome;
    }
    throw new AssertionError("expected a Welcome, got " + answer);
  }

  public static AckStatement ack(Welcome welcome) throws InvalidProtocolBufferException {
    return AckStatement.parseFrom(welcome.getAck().getPayload());
  }

  public long balance(LedgerKind kind, long owner) {
    return store.ledgerAccount(SITE, kind, owner, "CNY").map(LedgerAccountRow::balance).orElse(0L);
  }

  public long available(AccountRow account) {
    return store.ledgerAccount(SITE, account.cashLedger()).orElseThrow().available();
  }

  public AccountRow account(AccountRow account) {
    return store.account(SITE, account.account()).orElseThrow();
  }

  public List<ExceptionKind> exceptions() {
    return store.exceptions(SITE, true, 0, 1_000).stream().map(ExceptionRow::kind).toList();
  }

  public LedgerVerification.Report ledger() {
    return LedgerVerification.verify(store, SITE);
  }

  @Override
  public void close() {
    store.close();
  }
}
