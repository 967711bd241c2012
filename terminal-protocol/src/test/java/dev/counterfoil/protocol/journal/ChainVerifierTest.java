package dev.counterfoil.protocol.journal;

import static dev.counterfoil.protocol.journal.ChainFixture.FIRST_EPOCH;
import static dev.counterfoil.protocol.journal.ChainFixture.TERMINAL;
import static dev.counterfoil.protocol.journal.ChainFixture.aChain;
import static dev.counterfoil.protocol.journal.ChainFixture.aChainOf;
import static dev.counterfoil.protocol.journal.ChainFixture.signer;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.Gap;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.KeyRotate;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.trace.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {

  private static final EpochId SECOND_EPOCH = new EpochId(2, 99);

  private final ChainVerifier verifier = new ChainVerifier(new StrictVerifier());

  @Test
  @Requirement({"OFF-08", "SEC-01"})
  void anHonestChainIsAcceptedUpToItsHead() {
    ChainFixture chain = aChainOf(5);

    ChainVerdict verdict = verifier.verifyByHead(chain.nothingSeen(), nothing(), chain.bytes());

    assertThat(verdict).isInstanceOfSatisfying(ChainVerdict.Accepted.class, accepted -> {
      assertThat(accepted.state().head()).isEqualTo(chain.head());
      assertThat(accepted.state().head().turnover()).isEqualTo(1_500);
      assertThat(accepted.records()).isEqualTo(chain.records());
    });
  }

  @Test
  @Requirement({"OFF-08", "SEC-01"})
  void everySingleFlippedByteOfABatchIsNoticed() {
    ChainFixture chain = aChainOf(3);
    for (int record = 0; record < chain.bytes().size(); record++) {
      for (int at = 0; at < chain.bytes().get(record).length; at++) {
        List<byte[]> bytes = chain.bytes();
        bytes.get(record)[at] ^= 0x10;

        ChainVerdict verdict = verifier.verifyEach(chain.nothingSeen(), nothing(), bytes);

        assertThat(verdict).as("record %d byte %d", record, at).isInstanceOf(ChainVerdict.Refused.class);
      }
    }
  }

  @Test
  void theHeadSignatureCoversEveryEarlierByteButNotTheInnerSignatureItself() {
    ChainFixture chain = aChainOf(3);
    List<byte[]> bytes = chain.bytes();
    byte[] inner = bytes.get(1);
    inner[inner.length - 1] ^= 1;

    // The inner signature is hashed too, so the next record no longer links.
    assertRefused(verifier.verifyByHead(chain.nothingSeen(), nothing(), bytes), ReasonCode.WRONG_PREVIOUS, 2);
  }

  @Test
  void aWriterThatChainsABadInnerSignatureIsFoundByCheckingEach() {
    ChainFixture chain = aChain().genesis();
    JournalRecord honest = chain.seal(chain.head(), chainDraft(500));
    byte[] forged = honest.bytes().clone();
    forged[forged.length - 1] ^= 1;
    JournalRecord inner = JournalRecord.parse(forged);
    JournalRecord last = chain.seal(inner.position(), chainDraft(700));
    List<byte[]> run = List.of(chain.bytes().getFirst(), inner.bytes(), last.bytes());

    assertThat(verifier.verifyByHead(chain.nothingSeen(), nothing(), run))
        .isInstanceOf(ChainVerdict.Accepted.class);
    assertRefused(verifier.verifyEach(chain.nothingSeen(), nothing(), run), ReasonCode.BAD_SIGNATURE, 1);
  }

  @Test
  void aDroppedRecordIsAGapAndARepeatedOneARegress() {
    ChainFixture chain = aChainOf(3);
    var dropped = new ArrayList<>(chain.bytes());
    dropped.remove(1);
    var repeated = new ArrayList<>(chain.bytes());
    repeated.add(1, repeated.get(0));

    assertRefused(verifier.verifyByHead(chain.nothingSeen(), nothing(), dropped), ReasonCode.SEQ_GAP, 1);
    assertRefused(verifier.verifyByHead(chain.nothingSeen(), nothing(), repeated), ReasonCode.SEQ_REGRESS, 1);
  }

  @Test
  void aRecordOfAnotherTerminalIsRefusedWhateverItsSignature() {
    ChainFixture mine = aChain().genesis();
    ChainFixture other = new ChainFixture(new TerminalId(1, 2), mine.signer()).genesis();

    assertRefused(verifier.verifyByHead(mine.nothingSeen(), nothing(), other.bytes()),
        ReasonCode.WRONG_TERMINAL, 0);
  }

  @Test
  void anEpochMustHaveBeenGivenAndNeverGoesBack() {
    ChainFixture chain = aChain().genesis().epoch(SECOND_EPOCH).sale(100).epoch(FIRST_EPOCH).sale(200);

    assertRefused(verifier.verifyByHead(chain.nothingSeen(), nothing(), chain.bytes()),
        ReasonCode.WRONG_EPOCH, 1);
    assertRefused(verifier.verifyByHead(chain.nothingSeen(), SECOND_EPOCH::equals, chain.bytes()),
        ReasonCode.WRONG_EPOCH, 2);
    assertThat(verifier.verifyByHead(chain.nothingSeen(), SECOND_EPOCH::equals,
        chain.bytes().subList(0, 2))).isInstanceOf(ChainVerdict.Accepted.class);
  }

  @Test
  @Requirement({"OFF-08"})
  void aChainBeginsWithGenesisAndALaterEnrolmentNamesTheRecordBeforeIt() {
    ChainFixture hasty = aChain().sale(100);
    var mark = new ChainPosition(9, new Hash(5, 5, 5, 5), 700);
    ChainFixture again = aChain().add(mark, genesis(9));
    ChainFixture other = aChain().add(mark, genesis(8));
    ChainState state = new ChainState(TERMINAL, mark, FIRST_EPOCH, signer(1).key());

    assertRefused(verifier.verifyByHead(hasty.nothingSeen(), nothing(), hasty.bytes()),
        ReasonCode.GENESIS_MISSING, 0);
    assertThat(verifier.verifyByHead(state, nothing(), again.bytes()))
        .isInstanceOf(ChainVerdict.Accepted.class);
    assertRefused(verifier.verifyByHead(state, nothing(), other.bytes()), ReasonCode.BAD_GENESIS, 0);
  }

  private static RecordDraft genesis(long mark) {
    return RecordDraft.of(RecordKind.GENESIS, Genesis.newBuilder().setServerMarkSeq(mark).build());
  }

  @Test
  void theKeyComesFromTheRegistryAndNotFromTheRecord() {
    ChainFixture chain = aChain().genesis();
    chain.signWith(signer(2)).sale(100);
    ChainState registered = new ChainState(TERMINAL, chain.start(), FIRST_EPOCH, signer(1).key());

    assertRefused(verifier.verifyByHead(registered, nothing(), chain.bytes()), ReasonCode.UNKNOWN_KEY, 1);
  }

  @Test
  void aRotationNeedsTheOldSignatureAndProofOfTheNewKey() {
    Signer next = signer(2);
    ChainFixture chain = aChain().genesis().add(rotation(next, next)).signWith(next).sale(100);
    ChainState start = new ChainState(TERMINAL, chain.start(), FIRST_EPOCH, signer(1).key());

    assertThat(verifier.verifyByHead(start, nothing(), chain.bytes()))
        .isInstanceOfSatisfying(ChainVerdict.Accepted.class,
            accepted -> assertThat(accepted.state().key()).isEqualTo(next.key()));

    ChainFixture unproven = aChain().genesis().add(rotation(next, signer(3)));
    assertRefused(verifier.verifyByHead(start, nothing(), unproven.bytes()), ReasonCode.BAD_KEY, 1);
  }

  @Test
  void aGapCarriesOnFromTheDigestsOfTheMirror() {
    ChainFixture lost = aChainOf(4);
    ChainPosition survivor = lost.records().get(1).position();
    ChainFixture chain = aChain().genesis().sale(100);
    chain.add(new ChainPosition(5, survivor.hash(), 1_000), gap(3, 5, lost.head().hash(), 1_000)).sale(50);

    assertThat(verifier.verifyByHead(chain.nothingSeen(), nothing(), chain.bytes()))
        .isInstanceOfSatisfying(ChainVerdict.Accepted.class, accepted -> {
          assertThat(accepted.state().head().seq()).isEqualTo(7);
          assertThat(accepted.state().head().turnover()).isEqualTo(1_050);
        });
  }

  @Test
  void aGapThatDoesNotStartAtTheHeadOrContradictsItsDigestsIsRefused() {
    ChainFixture chain = aChain().genesis().sale(100);
    Hash hash = chain.head().hash();
    var wrongStart = chain.seal(new ChainPosition(5, hash, 100), gap(4, 5, hash, 100));
    var wrongTurnover = chain.seal(new ChainPosition(5, hash, 100), gap(3, 5, hash, 999));
    ChainState state = new ChainState(TERMINAL, chain.head(), FIRST_EPOCH, chain.signer().key());

    assertRefused(verifier.verifyByHead(state, nothing(), List.of(wrongStart.bytes())), ReasonCode.BAD_GAP,
        0);
    assertRefused(verifier.verifyByHead(state, nothing(), List.of(wrongTurnover.bytes())),
        ReasonCode.BAD_GAP, 0);
  }

  @Test
  @Requirement({"AUD-02"})
  void aGapThatCannotHaveBeenIsRefused() {
    ChainFixture chain = aChain().genesis().sale(100);
    Hash hash = chain.head().hash();
    ChainState state = new ChainState(TERMINAL, chain.head(), FIRST_EPOCH, chain.signer().key());
    var dearest = new ChainPosition(5, hash, 100 + 3 * ChainVerifier.MAX_LOST_AMOUNT_MINOR - 1);
    var dearer = new ChainPosition(5, hash, 100 + 3 * ChainVerifier.MAX_LOST_AMOUNT_MINOR);
    var longer = new ChainPosition(3 + ChainVerifier.MAX_GAP_RECORDS, hash, 100);
    var hashless = RecordDraft.of(RecordKind.GAP,
        Gap.newBuilder().setFromSeq(3).setToSeq(5).setMirrorTurnover(100).build());

    assertThat(verifier.verifyByHead(state, nothing(), List.of(gapOver(chain, dearest))))
        .isInstanceOf(ChainVerdict.Accepted.class);
    for (byte[] impossible : List.of(gapOver(chain, dearer), gapOver(chain, longer),
        gapOver(chain, new ChainPosition(5, hash, Long.MIN_VALUE)),
        chain.seal(new ChainPosition(5, hash, 100), hashless).bytes())) {
      assertRefused(verifier.verifyByHead(state, nothing(), List.of(impossible)), ReasonCode.BAD_GAP, 0);
    }
  }

  private static byte[] gapOver(ChainFixture chain, ChainPosition lost) {
    return chain.seal(lost, gap(3, lost.seq(), lost.hash(), lost.turnover())).bytes();
  }

  @Test
  void anUnknownKindIsChainedLikeAnyOther() {
    ChainFixture chain = aChain().genesis();
    byte[] future = unsignedCopyOfKind(chain, 200);
    ChainState state = new ChainState(TERMINAL, chain.head(), FIRST_EPOCH, chain.signer().key());

    assertThat(verifier.verifyByHead(state, nothing(), List.of(future)))
        .isInstanceOf(ChainVerdict.Accepted.class);
  }

  /// A record of a kind that this version cannot draft, properly signed.
  private static byte[] unsignedCopyOfKind(ChainFixture chain, int kind) {
    byte[] bytes = chain.seal(chain.head(), RecordDraft.of(RecordKind.HEALTH, Gap.getDefaultInstance()))
        .bytes().clone();
    bytes[RecordLayout.KIND_AT] = (byte) kind;
    int unsigned = bytes.length - RecordLayout.SIGNATURE_LENGTH;
    byte[] signature = chain.signer().sign(Domain.RECORD.over(bytes, 0, unsigned));
    System.arraycopy(signature, 0, bytes, unsigned, signature.length);
    return bytes;
  }

  private static RecordDraft chainDraft(long minor) {
    return new RecordDraft(RecordKind.SALE, new byte[0], minor);
  }

  private static RecordDraft gap(long from, long to, Hash mirrorHash, long turnover) {
    return RecordDraft.of(RecordKind.GAP, Gap.newBuilder().setFromSeq(from).setToSeq(to)
        .setMirrorHash(ByteString.copyFrom(mirrorHash.bytes())).setMirrorTurnover(turnover).build());
  }

  private static RecordDraft rotation(Signer next, Signer prover) {
    byte[] message = ChainVerifier.rotationMessage(TERMINAL, next.key());
    return RecordDraft.of(RecordKind.KEY_ROTATE,
        KeyRotate.newBuilder().setNewAlg(next.key().algorithm().code())
            .setNewPublicKey(ByteString.copyFrom(next.key().encoded()))
            .setProof(ByteString.copyFrom(prover.sign(Domain.ROTATE.over(message)))).build());
  }

  private static EpochBook nothing() {
    return Set.<EpochId>of()::contains;
  }

  private static void assertRefused(ChainVerdict verdict, ReasonCode reason, int index) {
    assertThat(verdict).isInstanceOfSatisfying(ChainVerdict.Refused.class, refused -> {
      assertThat(refused.reason()).isEqualTo(reason);
      assertThat(refused.index()).isEqualTo(index);
    });
  }
}
