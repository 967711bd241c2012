package dev.counterfoil.sim.bench;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.RecordDraft;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.BatchVerifier;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.LedgerVerification;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SiteRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A core on a store, driven by calls: no link, no thread, no clock. Its site has accounts with cards and money, and
/// terminals whose batches are signed and verified before anything is measured, as the server's verifier threads do it
/// ahead of the one that books. Used by one thread at a time.
final class LedgerSite implements AutoCloseable {

  /// Nobody is overdrawn before the longest bench is over: minor units.
  static final long OPENING = 1_000_000_000_000L;
  static final long AMOUNT = 100;
  private static final int KEY = 1;

  private final SqlDatabase database;
  private final int site;
  private final RandomGenerator random;
  private final Ed25519Signer ackKey;
  private final BatchVerifier verifier = new BatchVerifier(new StrictVerifier());
  private final List<Payer> payers = new ArrayList<>();
  private final List<BenchTerminal> terminals = new ArrayList<>();
  private SettlementStore store;
  private SettlementCore core;
  private long nowMs = System.currentTimeMillis();

  LedgerSite(SqlDatabase database, int site, RandomGenerator random) {
    this.database = database;
    this.site = site;
    this.random = random;
    byte[] seed = new byte[Ed25519Signer.SEED_LENGTH];
    random.nextBytes(seed);
    this.ackKey = new Ed25519Signer(seed);
    this.store = database.openStore();
    this.core = newCore();
    if (store.site(site).isEmpty()) {
      core.registry().putSite(new SiteRow(site, "bench " + site, "CNY"));
    }
  }

  private SettlementCore newCore() {
    return new SettlementCore(store, CoreSettings.DEFAULT.withConfirmTerminals(false), ackKey,
        new StrictVerifier(), random);
  }

  /// Opens accounts, each with a card and money.
  void openAccounts(int count) {
    for (int i = 0; i < count; i++) {
      byte[] uid = new byte[7];
      random.nextBytes(uid);
      CardToken token = CardToken.derive(KEY, new byte[32], uid);
      AccountRow account = core.accounts().open(site, "payer-" + i, true, OPENING,
          TransactionId.draw(nowMs, random), next());
      core.cards().issue(site, token, account.account(), next());
      payers.add(new Payer(token.bytes(), account.account()));
    }
  }

  /// Enrols terminals; they have sent their GENESIS when this returns.
  void enrol(int count) {
    for (int i = 0; i < count; i++) {
      BenchTerminal terminal = BenchTerminal.enrol(core, site, "bench-" + i, random, next());
      settle(List.of(terminal.genesis(nowMs)));
      terminals.add(terminal);
    }
  }

  /// Terminals that never send; a bench fills in what they would have sent.
  void enrolSilent(int count) {
    for (int i = 0; i < count; i++) {
      BenchTerminal.enrol(core, site, "past-" + i, random, next());
    }
  }

  /// Signs and verifies batches of sales, in turn by the site's terminals.
  List<IngestRequest> prepare(int batches, int records) {
    Map<TerminalId, ChainState> ends = new HashMap<>();
    var prepared = new ArrayList<IngestRequest>(batches);
    for (int i = 0; i < batches; i++) {
      BenchTerminal terminal = terminals.get(i % terminals.size());
      prepared.add(verified(terminal.sign(sales(records), nowMs), ends));
    }
    return prepared;
  }

  private List<RecordDraft> sales(int records) {
    return Stream.generate(() -> payers.get(random.nextInt(payers.size())).sale(AMOUNT, random))
        .limit(records)
        .toList();
  }

  private IngestRequest verified(IngestRequest request, Map<TerminalId, ChainState> ends) {
    var known = core.verificationBase(request.terminal()).orElseThrow();
    ChainState from = ends.getOrDefault(request.terminal(), known.chainState().orElseThrow());
    return switch (verifier.verify(from, known, request.records())) {
      case BatchVerifier.Judgement.Good(var batch) -> {
        ends.put(request.terminal(), batch.after());
        yield request.verified(batch);
      }
      case BatchVerifier.Judgement.Bad(var refused) ->
        throw new IllegalStateException("own batch: " + refused);
    };
  }

  /// Books batches, one commit unit each; every one must be acknowledged.
  void settle(List<IngestRequest> batches) {
    for (IngestRequest batch : batches) {
      IngestResult result = core.push(List.of(batch), next()).getFirst();
      if (!(result instanceof IngestResult.Acknowledged)) {
        throw new IllegalStateException("batch of " + batch.terminal() + ": " + result);
      }
    }
  }

  /// Each unit has a time of its own, by which the bare loop tells it from the others.
  private long next() {
    return ++nowMs;
  }

  /// Closes the store while somebody else writes to the database, then opens it under a fresh core.
  ///
  /// @param work what is done meanwhile
  <E extends Exception> void aside(Aside<E> work) throws E {
    store.close();
    work.run();
    store = database.openStore();
    core = newCore();
  }

  /// Done while the store is closed.
  interface Aside<E extends Exception> {
    void run() throws E;
  }

  SqlDatabase database() {
    return database;
  }

  int site() {
    return site;
  }

  LedgerVerification.Report verify() {
    return LedgerVerification.verify(store, site);
  }

  @Override
  public void close() {
    store.close();
  }
}
