package dev.counterfoil.sim.bench;

import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.SnapshotRequest;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.link.ServerSession;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.protocol.link.ServerWish;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.settlement.copy.CopySteps;
import dev.counterfoil.settlement.copy.SafeCopy;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ingest.IngestRequest;
import dev.counterfoil.settlement.ingest.IngestResult;
import dev.counterfoil.settlement.ingest.InnerVerification;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.limit.PurchaseLimits;
import dev.counterfoil.settlement.snapshot.News;
import dev.counterfoil.settlement.snapshot.NewsPace;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.SettlementStore;
import dev.counterfoil.settlement.store.SiteRow;
import dev.counterfoil.settlement.terminals.HelloAnswer;
import dev.counterfoil.settlement.terminals.OtherSession;
import dev.counterfoil.settlement.terminals.RegistryDesk;
import dev.counterfoil.sim.load.LoadTerminal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The server of one terminal without a network between them: the real core on a real store, and the protocol's session
/// around it, called directly. Everything that the background does is done when somebody says so. One thread.
final class DirectServer implements AutoCloseable {

  private static final int SITE = 1;
  private static final int CARD_KEY = 1;
  private static final String BOARD = "board-1";
  private static final long OPENING = 1_000_000_000_000L;
  private static final long CODE_LIFE_MS = 900_000;
  private static final int AT_ONCE = 2_000;
  private static final long AMPLE = 1_000_000_000_000L;
  private static final long WEEK = Duration.ofDays(7).toMillis();
  private static final OfflineCaps ALLOWANCE = new OfflineCaps(1_000_000, AMPLE, WEEK, AMPLE, AMPLE, AMPLE,
      WEEK,
      1_000);

  private final SettlementStore store;
  private final SettlementCore core;
  private final Ed25519Signer ackKey;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final StrictVerifier signatures = new StrictVerifier();
  private final LastPlace copy = new LastPlace();
  private final Map<Channel, ServerSession> sessions = new EnumMap<>(Channel.class);
  private final TerminalId terminal;
  private NewsPace pace = new NewsPace();
  private Listener terminalSide = (_, _) -> {
  };

  /// The terminal's end of the connections.
  interface Listener {
    void hears(Channel channel, Frame frame);
  }

  /// @param store of its own, empty
  DirectServer(SettlementStore store, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.ackKey = signer(random);
    this.terminal = new TerminalId(random.nextLong(), random.nextLong());
    this.core = new SettlementCore(store, CoreSettings.DEFAULT.withConfirmTerminals(false)
        .withAllowance(ALLOWANCE).withPurchases(PurchaseLimits.NONE), ackKey, signatures, random);
    core.registry().putSite(new SiteRow(SITE, "bench", "CNY"));
  }

  private static Ed25519Signer signer(RandomGenerator random) {
    byte[] seed = new byte[Ed25519Signer.SEED_LENGTH];
    random.nextBytes(seed);
    return new Ed25519Signer(seed);
  }

  /// Opens accounts with a card and money each.
  List<CardToken> open(int accounts) {
    var cards = new ArrayList<CardToken>(accounts);
    for (int i = 0; i < accounts; i++) {
      byte[] uid = new byte[7];
      random.nextBytes(uid);
      CardToken card = CardToken.derive(CARD_KEY, new byte[32], uid);
      long account = core.accounts()
          .open(SITE, "payer-" + i, true, OPENING, TransactionId.draw(clock.millis(), random), clock.millis())
          .account();
      core.cards().issue(SITE, card, account, clock.millis());
      cards.add(card);
    }
    return cards;
  }

  /// What the one terminal knows after its enrolment.
  record Enrolled(LoadTerminal.Enrolled identity, Signed epochOffer) {}

  Enrolled enrol() {
    long now = clock.millis();
    Ed25519Signer key = signer(random);
    Hash certificate = Sha256.hash(terminal.bytes());
    Hash code = Sha256.hash(certificate.bytes());
    core.registry()
        .putEnrolmentCode(new EnrolmentCodeRow(SITE, code, "till", 0, now, now + CODE_LIFE_MS, 0, "bench"));
    var epoch = core.registry()
        .enrol(code, new RegistryDesk.Enrolment(terminal, BOARD, certificate, key.key()), now).row()
        .confirmed();
    return new Enrolled(
        new LoadTerminal.Enrolled(new ServerTrust(terminal, ackKey.key(), signatures), key, epoch,
            ChainPosition.beforeGenesis(certificate), BOARD),
        core.epochOffers().offer(terminal, epoch, core.serverGeneration(), now));
  }

  /// From now on this hears what the server says.
  void answerTo(Listener listener) {
    terminalSide = listener;
  }

  void connected(Channel channel) {
    sessions.put(channel, new ServerSession(LinkLimits.DEFAULT));
    if (channel == Channel.CHANNEL_DESK) {
      pace = new NewsPace();
    }
  }

  void gone(Channel channel) {
    sessions.remove(channel);
  }

  void received(Channel channel, Frame frame) {
    ServerSession session = sessions.get(channel);
    if (session != null) {
      perform(channel, session, session.received(frame));
    }
  }

  private void perform(Channel channel, ServerSession session, List<ServerWish> wishes) {
    for (ServerWish wish : wishes) {
      perform(channel, session, wish);
    }
  }

  private void perform(Channel channel, ServerSession session, ServerWish wish) {
    switch (wish) {
      case ServerWish.Send(var frame) -> terminalSide.hears(channel, frame);
      case ServerWish.Judge(var hello) -> perform(channel, session, judged(session, hello));
      case ServerWish.EpochConfirmed(var epoch) -> core.confirmEpoch(terminal, epoch);
      case ServerWish.Ingest batch -> perform(channel, session, session.acknowledged(taken(batch)));
      case ServerWish.Decide(var id, var question) -> perform(channel, session,
          session.say(Frame.newBuilder().setDecision(core.authorize(terminal, id, question, clock.millis()))
              .build()));
      case ServerWish.Cancel(var id) -> perform(channel, session, session
          .say(Frame.newBuilder().setCancelled(core.cancel(terminal, id, clock.millis())).build()));
      case ServerWish.Refresh(var request) ->
        pace.asked(request).ifPresent(have -> refresh(channel, session, have));
      case ServerWish.ProbeAnswered _,ServerWish.Answered _,ServerWish.Alive _ -> {
      }
      case ServerWish.Close _ -> sessions.remove(channel);
      case ServerWish.Serve _,ServerWish.Errand _ ->
        throw new IllegalStateException("a terminal that lost nothing wants " + wish);
    }
  }

  private List<ServerWish> judged(ServerSession session, Hello hello) {
    return switch (core.hello(terminal, hello, OtherSession.NONE, clock.millis())) {
      case HelloAnswer.Answered(var welcome) -> session.judged(welcome);
      case HelloAnswer.Barred(var reason, var facts) -> throw new IllegalStateException(reason + " " + facts);
    };
  }

  private Signed taken(ServerWish.Ingest batch) {
    var request = new IngestRequest(terminal, batch.epoch(), batch.oldSeq(), batch.oldHash(), batch.records(),
        null);
    return switch (core.push(List.of(request), clock.millis()).getFirst()) {
      case IngestResult.Acknowledged(var ack, _) -> ack;
      case IngestResult.Refused refused -> throw new IllegalStateException("a good batch: " + refused);
    };
  }

  private void refresh(Channel channel, ServerSession session, SnapshotRequest have) {
    News news = core.newsFor(terminal, have, clock.millis());
    pace.looked(have, news);
    news.frames().forEach(frame -> perform(channel, session, session.say(frame)));
  }

  /// What the background does in its own time: holds that are over, each signature, the copy, and word of all that to
  /// the terminal.
  void background() {
    core.tick(clock.millis());
    var verifier = new ChainVerifier(signatures);
    for (var range = next(); range.isPresent(); range = next()) {
      core.innerVerification().verified(range.get(), InnerVerification.firstBad(range.get(), verifier),
          clock.millis());
    }
    for (var work = uncopied(); work.isPresent(); work = uncopied()) {
      copy.append(work.get().site(), work.get().number(), work.get().records());
      core.copySteps().copied(terminal, copy.last);
    }
    ServerSession journal = sessions.get(Channel.CHANNEL_JOURNAL);
    if (journal != null) {
      perform(Channel.CHANNEL_JOURNAL, journal,
          journal.marksRose(core.acknowledgement(terminal, clock.millis())));
    }
    ServerSession desk = sessions.get(Channel.CHANNEL_DESK);
    if (desk != null) {
      pace.rose().ifPresent(have -> refresh(Channel.CHANNEL_DESK, desk, have));
    }
  }

  private Optional<InnerVerification.Range> next() {
    return core.innerVerification().next(terminal, AT_ONCE);
  }

  private Optional<CopySteps.Work> uncopied() {
    return core.copySteps().next(terminal, copy.last, AT_ONCE, Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    store.close();
  }

  /// A copy of which only the end is kept: the server's disk is not what is measured.
  private static final class LastPlace implements SafeCopy {

    private ChainPosition last = HeadRow.NOWHERE;

    @Override
    public ChainPosition position(int site, int number) {
      return last;
    }

    @Override
    public void append(int site, int number, List<JournalRecord> records) {
      last = Objects.requireNonNull(records.getLast()).position();
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
