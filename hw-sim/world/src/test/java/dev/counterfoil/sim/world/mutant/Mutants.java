package dev.counterfoil.sim.world.mutant;

import java.util.List;
import java.util.stream.Stream;

/// The seeded bugs and the day on which each must be noticed.
final class Mutants {
  private static final String JOURNAL = "dev.counterfoil.terminal.journal.";
  private static final String CORE = "dev.counterfoil.terminal.core.";
  private static final String INGEST = "dev.counterfoil.settlement.ingest.";
  private static final String LEDGER = "dev.counterfoil.settlement.ledger.";
  private static final String CHAIN = "dev.counterfoil.protocol.journal.";
  private static final String LINK = "dev.counterfoil.protocol.link.";

  private Mutants() {}

  static List<Mutant> all() {
    return Stream.of(durability(), exactlyOnce(), chain(), limits()).flatMap(List::stream).toList();
  }

  private static List<Mutant> durability() {
    return List.of(
        Mutant.of("m4", "a sale is acknowledged before its commit",
            Mutation.skippingCall(JOURNAL + "JournalWriter", "commit", "commit", 0)),
        Mutant.of("m9", "the glass shows a sale that was not written",
            Mutation.calling(CORE + "JournalDesk", "sell", "append", BadParts.class, "pretend")),
        Mutant.of("m12", "open holds are forgotten in a crash").on(Medium.FORGETS_HOLDS),
        Mutant.of("m13", "a batch is acknowledged without its bytes",
            Mutation.skippingCall(INGEST + "IngestUnit", "store", "insertBatch", 0)),
        Mutant.of("m14", "the server acknowledges before its commit",
            Mutation.calling(INGEST + "Intake", "attempt", "commit", BadParts.class, "pretend")));
  }

  private static List<Mutant> exactlyOnce() {
    return List.of(
        Mutant.of("m18", "what was accepted is known in memory only").on(Medium.FORGETS_RECORDS),
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
    return List.of(Mutant.of("m47", "a frame's length is trusted before its limit",
        Mutation.skippingCall(LINK + "FrameCodec", "bodyLength", "maxFrameBytes", Integer.MAX_VALUE))
        .probedBy("hugeFrame"));
  }
}
