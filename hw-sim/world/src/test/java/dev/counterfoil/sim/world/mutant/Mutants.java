package dev.counterfoil.sim.world.mutant;

import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.terminal.journal.JournalRecovery;
import java.util.List;
import java.util.stream.Stream;

/// The seeded bugs and the day on which each must be noticed.
final class Mutants {
  private static final String JOURNAL = "dev.counterfoil.terminal.journal.";
  private static final String CORE = "dev.counterfoil.terminal.core.";
  private static final String INGEST = "dev.counterfoil.settlement.ingest.";
  private static final String LEDGER = "dev.counterfoil.settlement.ledger.";
  private static final String SETTLEMENT = "dev.counterfoil.settlement.";
  private static final String CHAIN = "dev.counterfoil.protocol.journal.";
  private static final String LINK = "dev.counterfoil.protocol.link.";

  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(durability(), exactlyOnce(), chain(), limits(), money(), subsidies(), meals(), audit())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Mutant> durability() {
    return List.of(
        Mutant.of("m7", "the terminal prunes what the server has received",
            Mutation.redirecting(JOURNAL + "Pruning", "limit", "prunableSeq", "receivedSeq"))
            .given(Mutation.changingConstant(JOURNAL + "Pruning", "limit", 1_000, 3),
                Mutation.skippingCall(JOURNAL + "Pruning", "before", "toMillis", 0))
            .in(Scene.COPY_STANDS_STILL, 1),
        Mutant.of("m8", "recovery from the mirror drops the last record",
            Mutation.calling(JOURNAL + "JournalRecovery", "execute", "reinsert", BadParts.class,
                "allButLast"))
            .in(Scene.ROLL_BACKS, 3, 1, 2, 4),
        Mutant.of("m4", "a sale is acknowledged before its commit",
            Mutation.skippingCall(JOURNAL + "JournalWriter", "commit", "commit", 0)),
        Mutant.of("m9", "the glass shows a sale that was not written",
            Mutation.calling(CORE + "JournalDesk", "sell", "append", BadParts.class, "pretend")),
        Mutant.of("m51", "a payment is called failed while its sale may have landed",
            Mutation.skippingCall(CORE + "TerminalCore", "recorded", "inDoubt", 0))
            .in(Scene.MEDIA_ERR, 1, 2),
        Mutant.of("m12", "open holds are forgotten in a crash").on(Medium.FORGETS_HOLDS),
        Mutant.of("m13", "a batch is acknowledged without its bytes",
            Mutation.skippingCall(INGEST + "IngestUnit", "store", "insertBatch", 0)),
        Mutant.of("m14", "the server acknowledges before its commit",
            Mutation.calling(INGEST + "Intake", "attempt", "commit", BadParts.class, "pretend")));
  }

  private static List<Mutant> exactlyOnce() {
    return List.of(
        Mutant.of("m18", "what was accepted is known in memory only").on(Medium.FORGETS_RECORDS),
        Mutant.of("m19", "what is known is looked up by the second in which it was sold",
            Mutation.calling(INGEST + "RecordPoster", "isBookable", "transaction", BadParts.class,
                "ofThatSecond"))
            .in(Scene.CALM, 2, 1, 3),
        Mutant.of("m20", "a write tried again takes the next number",
            Mutation.calling(CORE + "JournalDesk", "sell", "append", BadParts.class, "insist"))
            .on(Medium.DOUBTFUL).in(Scene.CALM, 1),
        Mutant.of("m22", "what was sent before the line broke counts as received",
            Mutation.calling(LINK + "JournalSession", "loaded", "position", BadParts.class, "pushed"),
            Mutation.callingWith(LINK + "JournalSession", "welcome", "position", "trust", ServerTrust.class,
                BadParts.class, "asIfArrived"),
            Mutation.callingWith(LINK + "JournalSession", "refused", "position", "trust", ServerTrust.class,
                BadParts.class, "asIfArrived"))
            .in(Scene.LINES_BREAK, 1, 2, 3),
        Mutant.of("m25", "the exception queue drops entries",
            Mutation.returning(LEDGER + "Books", "raise", 0)));
  }

  private static List<Mutant> chain() {
    return List.of(
        Mutant.of("m26", "the signature is checked over what was parsed, not over what was received",
            Mutation.calling(CHAIN + "ChainVerifier", "verify", "signedBytes", BadChains.class, "meantBytes"))
            .in(Scene.FORGERS, 1),
        Mutant.of("m27", "the result of the signature check is ignored",
            Mutation.skippingCall(CHAIN + "ChainVerifier", "verify", "verify", 1)).in(Scene.FORGERS, 1),
        hashing("m28", "the chain hash omits the amount", "hashWithoutAmount"),
        hashing("m28b", "the chain hash omits the epoch", "hashWithoutEpoch"),
        hashing("m28c", "the chain hash omits the card", "hashWithoutCard"),
        Mutant.of("m29", "an equal number with another hash is taken as known",
            Mutation.skippingCall(INGEST + "BatchJudge", "overlapping", "equals", 1)).in(Scene.FORGERS, 1),
        Mutant.of("m30", "a number that was used before is accepted",
            Mutation.calling(CHAIN + "ChainVerifier", "linkProblem", "placeProblem", BadChains.class,
                "placeAnywhere"))
            .in(Scene.FORGERS, 1),
        Mutant.of("m32", "a record's epoch is not looked up",
            Mutation.skippingCall(CHAIN + "ChainVerifier", "linkProblem", "knows", 1)).in(Scene.FORGERS, 1),
        Mutant.of("m32b", "an epoch is confirmed before it is durable",
            Mutation.calling(CORE + "JournalDesk", "carryOut", "adopt", BadParts.class, "adoptLater"),
            Mutation.callingWith(CORE + "JournalDesk", "carryOut", "now", "recovery", JournalRecovery.class,
                BadParts.class, "afterWhatIsDue"))
            .in(Scene.POWER_CUTS, 8, 1, 2, 3),
        Mutant.of("m33", "the key is taken from the record, not from the registry",
            Mutation.calling(CHAIN + "ChainVerifier", "verify", "verify", BadChains.class,
                "verifyByItsOwnKey"))
            .in(Scene.FORGERS, 1));
  }

  private static Mutant hashing(String name, String what, String hash) {
    return Mutant.of(name, what,
        Mutation.calling(CHAIN + "JournalRecord", "hash", "prefixed", BadChains.class, hash),
        Mutation.calling(CHAIN + "JournalRecord", "hashWith", "prefixed", BadChains.class, hash))
        .in(Scene.FORGERS, 1);
  }

  private static List<Mutant> limits() {
    return List.of(
        Mutant.of("m43", "a hold ends by the terminal's clock",
            Mutation.calling(INGEST + "RecordPoster", "settle", "record", BadParts.class, "noteClock"),
            Mutation.calling("dev.counterfoil.settlement.authorization.AuthorizationDesk", "approve",
                "Books.hold",
                BadParts.class, "holdByTerminalClock"))
            // What the server could see of a board's clock if records under a time anchor carried it.
            .given(Mutation.skippingCall(CORE + "TerminalClock", "circumstances", "isAnchored", 0))
            .in(Scene.CLOCKS_JUMP, 1, 2, 3, 4),
        Mutant.of("m47", "a frame's length is trusted before its limit",
            Mutation.skippingCall(LINK + "FrameCodec", "bodyLength", "maxFrameBytes", Integer.MAX_VALUE))
            .probedBy("hugeFrame"),
        Mutant.of("m49", "a record that cannot be read blocks its batch",
            Mutation.calling(INGEST + "BatchVerifier", "verify", "verifyByHead", BadParts.class,
                "allReadable"))
            .given(Mutation.calling(CORE + "JournalDesk", "carryOut", "JournalWriter.decline", BadParts.class,
                "unreadableDecline"))
            .in(Scene.QUIET, 1, 2, 3, 4),
        Mutant.of("m50", "what was approved without the server is counted in memory",
            Mutation.calling(JOURNAL + "JournalRecovery", "start", "keep", BadParts.class, "startFromZero"))
            .in(Scene.CUT_OFF, 4, 8, 12, 16));
  }

  private static List<Mutant> money() {
    return List.of(
        Mutant.of("m17", "a till's number counts for all terminals",
            Mutation.calling(INGEST + "RecordPoster", "isNewToItsTill", "tillReference", BadMoney.class,
                "anybodysTicket"))
            .in(Scene.CALM, 1),
        Mutant.of("m17b", "a caller's key counts for all callers",
            Mutation.calling(SETTLEMENT + "request.RequestDesk", "once", "answer", BadMoney.class,
                "anybodysAnswer"))
            .in(Scene.OFFICE, 1),
        Mutant.of("m21", "the same request at the same time is done twice",
            Mutation.calling(SETTLEMENT + "request.RequestDesk", "once", "answer", BadMoney.class, "notYet"))
            .in(Scene.OFFICE, 1),
        Mutant.of("m23", "of two refunds each sees the whole sale",
            Mutation.returning(SETTLEMENT + "refund.RefundDesk", "refunded", 0)).in(Scene.OFFICE, 1, 2, 3),
        Mutant.of("m24", "a hold that was released is captured",
            Mutation.calling(LEDGER + "Books", "anyOpenHold", "openHold", BadMoney.class, "asItWas")),
        Mutant.of("m36", "sums are kept in 32 bits",
            Mutation.calling(LEDGER + "Sheet", "credit", "addExact", BadMoney.class, "inAnInt"))
            .in(Scene.OFFICE, 1, 2, 3),
        Mutant.of("m38", "an amount below 0 is moved",
            Mutation.calling(SETTLEMENT + "transfer.TransferRules", "refusal", "amount", BadMoney.class,
                "unsigned"))
            .in(Scene.OFFICE, 1, 2, 3),
        Mutant.of("m41", "an overdraft is cut off at 0",
            Mutation.calling(LEDGER + "SaleLegs", "post", "Books.post", BadMoney.class, "clipped")));
  }

  private static List<Mutant> subsidies() {
    return List.of(
        Mutant.of("m35", "wrong passwords are counted in memory").on(Medium.FORGETS_TRIES)
            .in(Scene.SERVER_CRASHES, 1, 2, 3),
        Mutant.of("m37", "every other share of a refund is rounded half up",
            Mutation.calling(LEDGER + "WayBack", "given", "part", BadMoney.class, "halfUpNowAndThen"))
            .in(Scene.SUBSIDIES, 1, 2, 3),
        Mutant.of("m39", "a refund of what was paid from two purses forgets the subsidy",
            Mutation.calling(LEDGER + "WayBack", "post", "toList", BadMoney.class, "withoutTheFirst"))
            .in(Scene.SUBSIDIES, 1, 2, 3),
        Mutant.of("m39b", "a refund of what was paid from two purses forgets the last of them",
            Mutation.calling(LEDGER + "WayBack", "post", "toList", BadMoney.class, "withoutTheLast"))
            .in(Scene.SUBSIDIES, 1, 2, 3),
        Mutant.of("m42", "what an open purchase needs falls back at the end of its subsidy",
            Mutation.skippingCall(SETTLEMENT + "subsidy.SubsidyDesk", "lapse", "reservedForPurchases", 0))
            .in(Scene.SUBSIDIES, 1, 2, 3, 4));
  }

  private static List<Mutant> meals() {
    return List.of(
        Mutant.of("m54", "what collects an ordered meal is booked, and the order stays open",
            Mutation.skippingCall(SETTLEMENT + "mealorder.OrderBook", "collected", "put", 0))
            .in(Scene.MEALS, 1),
        Mutant.of("m55", "a void leaves its ordered meal collected",
            Mutation.skippingCall(INGEST + "RecordPoster", "settle", "OrderBook.voided", 0))
            .in(Scene.MEALS, 1, 2),
        Mutant.of("m56", "nobody hears of a second collection",
            Mutation.skippingCall(SETTLEMENT + "mealorder.OrderBook", "collected", "raise", 0))
            .in(Scene.MEALS, 1, 2, 3),
        Mutant.of("m57", "a terminal forgets what it handed out",
            Mutation.returning(JOURNAL + "MealCollections", "of", 0)).in(Scene.MEALS, 1, 2, 3));
  }

  private static List<Mutant> audit() {
    return List.of(
        Mutant.of("m34", "the audit hash omits the actor",
            Mutation.calling(SETTLEMENT + "audit.AuditEvent", "bytes", "actor", BadMoney.class, "nobody"))
            .in(Scene.OFFICE, 1),
        Mutant.of("m52", "who asked may decide",
            Mutation.returning(LEDGER + "TwoOperators", "areOne", 0)).in(Scene.OFFICE, 1, 2, 3),
        Mutant.of("m53", "the server does not look whether a card is lost",
            Mutation.calling(SETTLEMENT + "authorization.AuthorizationGates", "cardRefusal", "status",
                BadMoney.class, "active"))
            .in(Scene.CALM, 1, 2, 3, 4, 5, 6));
  }
}
