package dev.counterfoil.sim.verify.vectors;

import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.crypto.Domain;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.journal.ChainState;
import dev.counterfoil.protocol.journal.ChainVerdict;
import dev.counterfoil.protocol.journal.ChainVerifier;
import dev.counterfoil.protocol.journal.JournalRecord;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Judges published cases with the production verifier.
public final class VectorCheck {

  static final String ACCEPTED = "ACCEPTED";
  private static final HexFormat HEX = HexFormat.of();

  private final SignatureVerifier signatures;
  private final ChainVerifier verifier;

  public VectorCheck(SignatureVerifier signatures) {
    this.signatures = signatures;
    this.verifier = new ChainVerifier(signatures);
  }

  /// What was found.
  ///
  /// @param found ACCEPTED or the name of a reason code
  /// @param at index of the refused record
  public record Answer(String found, int at) {

    public boolean agreesWith(Vector vector) {
      return found.equals(vector.expect()) && at == vector.at();
    }
  }

  /// Judges one case.
  ///
  /// @throws IllegalArgumentException if the case itself cannot be read
  public Answer judge(Vector vector) {
    return switch (vector.check()) {
      case RECORDS_BY_HEAD -> records(vector, false);
      case RECORDS_EACH -> records(vector, true);
      case ACKNOWLEDGEMENT -> acknowledgement(vector);
      case KEY -> signatures.isSound(key(vector))
          ? new Answer(ACCEPTED, 0)
          : new Answer(ReasonCode.BAD_KEY.name(), 0);
    };
  }

  private Answer records(Vector vector, boolean every) {
    ChainState state = state(vector);
    Set<EpochId> epochs = epochs(vector);
    List<byte[]> before = bytes(vector.accepted());
    if (!before.isEmpty()) {
      ChainVerdict verdict = verifier.verifyByHead(state, epochs::contains, before);
      if (!(verdict instanceof ChainVerdict.Accepted(var after, var _))) {
        throw new IllegalArgumentException(vector.name() + ": its own earlier records do not verify");
      }
      state = after;
    }
    List<byte[]> run = withoutRepeats(before, bytes(vector.records()));
    ChainVerdict verdict = every
        ? verifier.verifyEach(state, epochs::contains, run)
        : verifier.verifyByHead(state, epochs::contains, run);
    return switch (verdict) {
      case ChainVerdict.Accepted _ -> new Answer(ACCEPTED, 0);
      case ChainVerdict.Refused(var reason, var index, var seq) ->
        new Answer(contradicts(before, seq, run.get(index)) ? ReasonCode.FORK.name() : reason.name(), index);
    };
  }

  /// A record sent again as it was is no news: the same acknowledgement answers it.
  private static List<byte[]> withoutRepeats(List<byte[]> before, List<byte[]> run) {
    Map<Long, Hash> known = hashes(before);
    int repeats = 0;
    while (repeats < run.size() - 1 && isKnown(known, run.get(repeats))) {
      repeats++;
    }
    return run.subList(repeats, run.size());
  }

  private static boolean isKnown(Map<Long, Hash> known, byte[] bytes) {
    JournalRecord record = JournalRecord.parse(bytes);
    return record.hash().equals(known.get(record.seq()));
  }

  /// Another record where one is already accepted is a fork, not merely an old sequence number.
  private static boolean contradicts(List<byte[]> before, long seq, byte[] bytes) {
    Hash known = seq == 0 ? null : hashes(before).get(seq);
    return known != null && !known.equals(JournalRecord.parse(bytes).hash());
  }

  private static Map<Long, Hash> hashes(List<byte[]> records) {
    return records.stream().map(JournalRecord::parse)
        .collect(Collectors.toMap(JournalRecord::seq, JournalRecord::hash));
  }

  private Answer acknowledgement(Vector vector) {
    byte[] payload = HEX.parseHex(vector.records().get(0));
    byte[] signature = HEX.parseHex(vector.records().get(1));
    boolean good = signatures.verify(key(vector), Domain.ACK.over(payload), signature);
    return new Answer(good ? ACCEPTED : ReasonCode.BAD_SIGNATURE.name(), 0);
  }

  private static ChainState state(Vector vector) {
    Vector.Start start = vector.start();
    var head = new ChainPosition(start.seq(), Hash.parse(start.hash()), start.turnover());
    return new ChainState(TerminalId.parse(start.terminal()), head, epoch(start.epoch()), key(vector));
  }

  private static VerificationKey key(Vector vector) {
    SignatureAlgorithm algorithm = SignatureAlgorithm.ofCode(vector.start().algorithm())
        .orElseThrow(() -> new IllegalArgumentException(vector.name() + ": unknown algorithm"));
    return VerificationKey.of(algorithm, HEX.parseHex(vector.start().publicKey()));
  }

  private static Set<EpochId> epochs(Vector vector) {
    return vector.epochs().stream().map(VectorCheck::epoch)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static EpochId epoch(Vector.Epoch epoch) {
    return EpochId.of(epoch.number(), HEX.parseHex(epoch.nonce()));
  }

  private static List<byte[]> bytes(List<String> hex) {
    return hex.stream().map(HEX::parseHex).toList();
  }
}
