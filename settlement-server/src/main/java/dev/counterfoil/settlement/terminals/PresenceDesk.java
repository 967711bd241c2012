package dev.counterfoil.settlement.terminals;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.AnchorStatement;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Statements;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.settlement.ingest.AckDesk;
import dev.counterfoil.settlement.ledger.Books;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.EpochRow;
import dev.counterfoil.settlement.store.ExceptionKind;
import dev.counterfoil.settlement.store.HeadRow;
import dev.counterfoil.settlement.store.HeadUpdate;
import dev.counterfoil.settlement.store.RecordKeyRow;
import dev.counterfoil.settlement.store.ServerGeneration;
import dev.counterfoil.settlement.store.SiteMemory;
import dev.counterfoil.settlement.store.StoreMemory;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TerminalStatus;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Answers a Hello: who is it, where does it stand, what epoch goes on. Belongs to the core's thread.
///
/// Epochs: every new boot id and every day gets a fresh offer on the journal channel. The terminal makes it durable
/// and then confirms; until then both the confirmed and the offered one are good, so a power cut between is no alarm.
public final class PresenceDesk {

  private static final int LINK_VERSION = 1;

  private final StoreMemory memory;
  private final CoreSettings settings;
  private final AckDesk acks;
  private final EpochOffers offers;
  private final ServerGeneration generation;
  private final Signer signer;
  private final RandomGenerator random;

  public PresenceDesk(StoreMemory memory, CoreSettings settings, AckDesk acks, EpochOffers offers,
      ServerGeneration generation, Signer signer, RandomGenerator random) {
    this.memory = memory;
    this.settings = settings;
    this.acks = acks;
    this.offers = offers;
    this.generation = generation;
    this.signer = signer;
    this.random = random;
  }

  /// Judges a Hello whose identifiers have the right sizes, as a session has checked.
  ///
  /// @param id by the certificate
  public HelloAnswer hello(TerminalId id, Greeting greeting, long nowMs) {
    Hello hello = greeting.hello();
    Optional<TerminalMemory> found = memory.terminal(id);
    if (found.isEmpty()) {
      return new HelloAnswer.Barred(ReasonCode.NOT_ENROLLED, "no terminal " + id);
    }
    try {
      TerminalMemory terminal = vouched(found.get(), hello, nowMs);
      var claim = new PresenceCheck.Claim(hello.getBoardSerial(), Wire.epoch(hello.getEpoch()),
          Wire.position(hello.getHead()));
      PresenceVerdict verdict = PresenceCheck.judge(terminal, claim, greeting.other(), seq -> memory.reads()
          .recordKey(terminal.row().site(), terminal.row().terminal(), seq).map(RecordKeyRow::hash));
      return answer(terminal, greeting, claim, overtaken(terminal, hello, verdict), nowMs);
    } catch (LinkViolation e) {
      return new HelloAnswer.Barred(e.reason(), String.valueOf(e.getMessage()));
    }
  }

  /// The two connections of a terminal are not ordered: a desk Hello may arrive after the journal channel of the very
  /// same boot has moved on. That boot was judged on its journal channel; being overtaken by itself is no roll-back.
  private static PresenceVerdict overtaken(TerminalMemory terminal, Hello hello, PresenceVerdict verdict) {
    boolean sameBoot = BootId.of(hello.getBootId().toByteArray()).equals(terminal.row().bootId());
    return verdict instanceof PresenceVerdict.RolledBack && sameBoot
        && hello.getChannel() == Channel.CHANNEL_DESK ? new PresenceVerdict.Resume() : verdict;
  }

  /// After a restore a terminal may be in an epoch that this database never offered. Its own signed offer proves it.
  private TerminalMemory vouched(TerminalMemory terminal, Hello hello, long nowMs) throws LinkViolation {
    return hello.hasEpochOffer()
        ? vouched(terminal, Wire.epoch(hello.getEpoch()), hello.getEpochOffer(), nowMs)
        : terminal;
  }

  /// Takes epochs that this database has forgotten from the signed offers in a terminal's own records, which must be
  /// verified.
  public void vouchFor(TerminalId id, List<JournalRecord> records, long nowMs) {
    for (JournalRecord record : records) {
      EpochOffers.carriedBy(record).ifPresent(
          offer -> vouched(memory.terminal(id).orElseThrow(), record.epoch(), offer, nowMs));
    }
  }

  private TerminalMemory vouched(TerminalMemory terminal, EpochId claimed, Signed offer, long nowMs) {
    TerminalRow row = terminal.row();
    if (terminal.knows(claimed) || !claimed.isAfter(row.confirmed())
        || offers.recognise(row.terminalId(), offer).filter(claimed::equals).isEmpty()) {
      return terminal;
    }
    var unit = new CommitUnit();
    unit.putEpoch(new EpochRow(row.site(), row.terminal(), claimed, nowMs, true));
    unit.putTerminal(row.withEpochs(claimed, null, nowMs));
    memory.commit(unit);
    return memory.terminal(row.terminalId()).orElseThrow();
  }

  private HelloAnswer answer(TerminalMemory terminal, Greeting greeting, PresenceCheck.Claim claim,
      PresenceVerdict verdict, long nowMs) {
    Hello hello = greeting.hello();
    return switch (verdict) {
      case PresenceVerdict.Barred(var reason) ->
        new HelloAnswer.Barred(reason, "terminal " + terminal.row().name());
      case PresenceVerdict.Clone(var evidence) -> {
        raise(terminal.row(), ExceptionKind.CLONE, claim.boardSerial() + ":" + settings.dayAt(nowMs), 0,
            evidence,
            nowMs, new CommitUnit());
        yield refused(terminal, Verdict.VERDICT_CLONE, ReasonCode.CLONE);
      }
      case PresenceVerdict.Fork(var seq, var evidence) -> {
        freeze(terminal.row(), seq, evidence, nowMs);
        yield refused(terminal, Verdict.VERDICT_FORK, ReasonCode.FORK);
      }
      case PresenceVerdict.RolledBack(var evidence) -> {
        var unit = new CommitUnit();
        Optional<EpochId> offer = takeOver(terminal, hello, claim, true, nowMs, unit);
        raise(terminal.row(), ExceptionKind.ROLLED_BACK,
            HexFormat.of().formatHex(hello.getBootId().toByteArray()),
            claim.head().seq(), evidence, nowMs, unit);
        yield welcome(greeting, terminal.row().terminalId(), Verdict.VERDICT_ROLLED_BACK, offer, nowMs);
      }
      case PresenceVerdict.Resume() -> {
        var unit = new CommitUnit();
        Optional<EpochId> offer = takeOver(terminal, hello, claim, false, nowMs, unit);
        if (isLacking(terminal, hello)) {
          raiseLacking(terminal, hello, nowMs, unit);
        } else if (!unit.isEmpty()) {
          memory.commit(unit);
        }
        yield welcome(greeting, terminal.row().terminalId(), Verdict.VERDICT_RESUME, offer, nowMs);
      }
    };
  }

  /// The database was restored to before records that the terminal has pruned, because they were SAFE.
  private static boolean isLacking(TerminalMemory terminal, Hello hello) {
    return hello.getChannel() == Channel.CHANNEL_JOURNAL
        && hello.getKeptFromSeq() > terminal.head().received().seq() + 1;
  }

  private void raiseLacking(TerminalMemory terminal, Hello hello, long nowMs, CommitUnit unit) {
    long from = terminal.head().received().seq() + 1;
    long to = hello.getKeptFromSeq() - 1;
    raise(terminal.row(), ExceptionKind.SERVER_LACKS_RECORDS, from + "-" + to, to,
        "records " + from + ".." + to + " are only in the copy; counterfoil admin safe replay takes them in",
        nowMs, unit);
  }

  /// Notes what the Hello brought: the boot, the epoch it has made durable, and a new offer where one is due.
  private Optional<EpochId> takeOver(TerminalMemory terminal, Hello hello, PresenceCheck.Claim claim,
      boolean forced,
      long nowMs, CommitUnit unit) {
    TerminalRow row = terminal.row();
    if (hello.getChannel() != Channel.CHANNEL_JOURNAL) {
      return Optional.empty();
    }
    BootId boot = BootId.of(hello.getBootId().toByteArray());
    boolean newBoot = !boot.equals(row.bootId());
    EpochId confirmed = claim.epoch().isAfter(row.confirmed()) ? claim.epoch() : row.confirmed();
    boolean due = forced || newBoot || nowMs - row.offeredAtMs() >= settings.epochLife().toMillis()
        || row.offered() != null && !row.offered().equals(confirmed);
    Optional<EpochId> offer = due ? Optional.of(fresh(terminal)) : Optional.empty();
    if (due || newBoot || !confirmed.equals(row.confirmed())) {
      offer.ifPresent(epoch -> unit.putEpoch(new EpochRow(row.site(), row.terminal(), epoch, nowMs, false)));
      unit.putTerminal(row.withBootId(boot).withEpochs(confirmed, offer.orElse(null),
          offer.isPresent() ? nowMs : row.offeredAtMs()));
      unit.moveHead(HeadUpdate.replacing(terminal.head(), terminal.head().withNextAnchor()));
    }
    return offer;
  }

  private EpochId fresh(TerminalMemory terminal) {
    int number = terminal.row().confirmed().number();
    for (EpochRow known : terminal.epochs()) {
      number = Integer.compareUnsigned(known.epoch().number(), number) > 0 ? known.epoch().number() : number;
    }
    return new EpochId(number + 1, random.nextLong());
  }

  /// The terminal says that an offered epoch is durable. Anything else than {confirmed, offered} is ignored.
  ///
  /// @return whether the epoch is the terminal's now
  public boolean confirm(TerminalId id, EpochId epoch) {
    Optional<TerminalMemory> terminal = memory.terminal(id);
    if (terminal.isEmpty()) {
      return false;
    }
    TerminalRow row = terminal.get().row();
    if (epoch.equals(row.confirmed())) {
      return true;
    }
    if (!epoch.equals(row.offered())) {
      return false;
    }
    return memory.commit(new CommitUnit().putTerminal(row.withEpochs(epoch, null, row.offeredAtMs())))
        .isCommitted();
  }

  private Welcome.Builder common(Greeting greeting, TerminalMemory terminal, long nowMs) {
    SiteMemory site = memory.site(terminal.row().site());
    var statement = acks.statement(terminal, generation.current(), nowMs);
    return Welcome.newBuilder().setVersion(LINK_VERSION).setAnswersErrands(true)
        .setServerGeneration(ByteString.copyFrom(HexFormat.of().parseHex(generation.current())))
        .setAck(acks.seal(statement)).setAnchor(anchor(greeting, terminal, nowMs))
        .setSnapshotVersion(site.numbers().snapshotVersion()).setDenyVersion(site.numbers().denyVersion())
        .setWindow(settings.windowBatches()).setSiteCurrency(site.row().currency());
  }

  /// The time of the Hello's arrival, not of this answer: between the two it may have waited for an older session's word.
  private Signed anchor(Greeting greeting, TerminalMemory terminal, long nowMs) {
    HeadRow head = terminal.head();
    Hello hello = greeting.hello();
    var statement = AnchorStatement.newBuilder().setTerminalId(Wire.bytes(terminal.row().terminalId()))
        .setAnchorId(Math.max(nowMs, head.anchorId())).setServerMs(greeting.arrivedMs())
        .setBootId(hello.getBootId())
        .setBootMs(hello.getBootMs()).build();
    return Statements.seal(Domain.ANCHOR, statement, signer);
  }

  private HelloAnswer welcome(Greeting greeting, TerminalId id, Verdict verdict, Optional<EpochId> offer,
      long nowMs) {
    TerminalMemory terminal = memory.terminal(id).orElseThrow();
    Welcome.Builder welcome = common(greeting, terminal, nowMs).setVerdict(verdict);
    // An offer counts only once it is durable here; a lost commit offers again at the next Hello.
    offer.filter(epoch -> epoch.equals(terminal.row().offered()))
        .ifPresent(epoch -> welcome.setEpochOffer(offers.offer(id, epoch, generation.current(), nowMs)));
    if (verdict == Verdict.VERDICT_ROLLED_BACK) {
      welcome.setProblem(ReasonCode.ROLLED_BACK.name());
    }
    return new HelloAnswer.Answered(welcome.build());
  }

  private HelloAnswer refused(TerminalMemory terminal, Verdict verdict, ReasonCode problem) {
    return new HelloAnswer.Answered(Welcome.newBuilder().setVersion(LINK_VERSION).setVerdict(verdict)
        .setProblem(problem.name()).setSiteCurrency(memory.site(terminal.row().site()).row().currency())
        .build());
  }

  private void freeze(TerminalRow row, long seq, String evidence, long nowMs) {
    if (row.status() == TerminalStatus.FROZEN) {
      return;
    }
    var unit = new CommitUnit();
    unit.putTerminal(row.withStatus(TerminalStatus.FROZEN, "FORK at record " + seq));
    raise(row, ExceptionKind.FORK, String.valueOf(seq), seq, evidence, nowMs, unit);
  }

  private void raise(TerminalRow row, ExceptionKind kind, String key, long seq, String evidence, long nowMs,
      CommitUnit unit) {
    SiteMemory site = memory.site(row.site());
    String whole = row.terminal() + ":" + key;
    if (!site.isRaised(kind + ":" + whole)) {
      var books = new Books(site, memory.reads(), unit, nowMs);
      books.raise(kind, whole, row.terminal(), seq, Optional.empty(), 0, 0, row.name() + ": " + evidence);
      books.close();
    }
    if (!unit.isEmpty()) {
      memory.commit(unit);
    }
  }
}
