package dev.counterfoil.settlement.enrolment;

import com.google.protobuf.ByteString;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.enrolment.EnrolmentStatements;
import dev.counterfoil.protocol.enrolment.MistypedCodeException;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.EnrolRequest;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.TerminalMemory;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.store.TerminalStatus;
import dev.counterfoil.settlement.terminals.RegistryDesk;
import dev.counterfoil.settlement.terminals.ca.BadCertificateRequestException;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Answers an EnrolRequest: checks the code, the proof of possession and the certificate request, issues the certificate
/// and registers the key. Of two devices with one code exactly one is enrolled, because the code is used up in the
/// commit unit that registers the terminal.
///
/// Blocks for a commit and for public-key arithmetic, so it runs on a thread of its own. Every refusal is a reply with a
/// stable code; only ENROL_RATE_LIMITED is worth a retry as it is.
///
/// | code | meaning |
/// | --- | --- |
/// | ENROL_RATE_LIMITED | too many attempts from this address, wait a minute |
/// | ENROL_CODE_MISTYPED | no code that any server printed |
/// | ENROL_CODE_UNKNOWN | not a code of this server |
/// | ENROL_CODE_USED | used before |
/// | ENROL_CODE_EXPIRED | older than 15 minutes |
/// | ENROL_BAD_KEY | signing key unsound, or the proof does not verify |
/// | ENROL_BAD_REQUEST | certificate request refused |
/// | ENROL_REFUSED | the registry refuses, such as a terminal that was revoked for good |
public final class EnrolmentDesk {

  private static final int LONGEST_SERIAL = 64;
  private static final Map<String, String> CODES = Map.of("CODE_UNKNOWN", "ENROL_CODE_UNKNOWN", "CODE_USED",
      "ENROL_CODE_USED", "CODE_EXPIRED", "ENROL_CODE_EXPIRED", "SYSTEM_BUSY", "ENROL_RATE_LIMITED");

  private final CoreAccess core;
  private final ServerKeys keys;
  private final SignatureVerifier signatures;
  private final AttemptLimiter limiter;
  private final InstantSource clock;
  private final LongSupplier monotonicMillis;
  private final SecureRandom random;

  public EnrolmentDesk(CoreAccess core, ServerKeys keys, SignatureVerifier signatures, AttemptLimiter limiter,
      InstantSource clock, LongSupplier monotonicMillis, SecureRandom random) {
    this.core = core;
    this.keys = keys;
    this.signatures = signatures;
    this.limiter = limiter;
    this.clock = clock;
    this.monotonicMillis = monotonicMillis;
    this.random = random;
  }

  /// @param address the device's network address
  public EnrolReply enrol(EnrolRequest request, String address) {
    if (!limiter.admit(address, monotonicMillis.getAsLong())) {
      return refusal("ENROL_RATE_LIMITED");
    }
    try {
      return enrol(request, EnrolmentCode.parse(request.getCode()));
    } catch (MistypedCodeException _) {
      return refusal(MistypedCodeException.CODE);
    } catch (RefusedException e) {
      return refusal(CODES.getOrDefault(e.code(), "ENROL_REFUSED"));
    } catch (BadCertificateRequestException _) {
      return refusal("ENROL_BAD_REQUEST");
    }
  }

  private EnrolReply enrol(EnrolRequest request, EnrolmentCode code) {
    Hash codeHash = Hash.of(code.secretHash());
    long nowMs = clock.millis();
    // Asked before any arithmetic is spent on the device, and asked again by the registry when it counts.
    EnrolmentCodeRow row = core.call(server -> server.registry().usable(codeHash, nowMs));
    Optional<VerificationKey> key = provenKey(request);
    if (key.isEmpty() || request.getBoardSerial().length() > LONGEST_SERIAL) {
      return refusal("ENROL_BAD_KEY");
    }
    Optional<TerminalMemory> known = row.terminal() == 0 ? Optional.empty() : known(row);
    TerminalId id = known.map(terminal -> terminal.row().terminalId()).orElseGet(this::freshId);
    X509Certificate certificate = keys.authority().issueClient(request.getCsr().toByteArray(), id,
        Instant.ofEpochMilli(nowMs));
    var enrolment = new RegistryDesk.Enrolment(id, request.getBoardSerial(), Sha256.hash(der(certificate)),
        key.get());
    return core.call(server -> {
      TerminalMemory before = known.map(terminal -> server.verificationBase(id).orElseThrow()).orElse(null);
      TerminalMemory after = server.registry().enrol(codeHash, enrolment, nowMs);
      return reply(server, before, after, certificate, nowMs);
    });
  }

  private Optional<VerificationKey> provenKey(EnrolRequest request) {
    byte[] statement = EnrolmentStatements.proof(request.getCode(), request.getCsr().toByteArray());
    return SignatureAlgorithm.ofCode(request.getAlg())
        .filter(algorithm -> request.getSigningKey().size() == algorithm.keyLength())
        .map(algorithm -> VerificationKey.of(algorithm, request.getSigningKey().toByteArray()))
        .filter(signatures::isSound)
        .filter(key -> signatures.verify(key, statement, request.getProof().toByteArray()));
  }

  private Optional<TerminalMemory> known(EnrolmentCodeRow row) {
    return core.call(server -> server.reads().terminal(row.site(), row.terminal())
        .flatMap(terminal -> server.verificationBase(terminal.terminalId())));
  }

  private TerminalId freshId() {
    return new TerminalId(random.nextLong(), random.nextLong());
  }

  private EnrolReply reply(SettlementCore server, @Nullable TerminalMemory before, TerminalMemory after,
      X509Certificate certificate, long nowMs) {
    TerminalRow row = after.row();
    var site = server.reads().site(row.site()).orElseThrow();
    var reply = EnrolReply.newBuilder().setAccepted(true)
        .setTerminalId(ByteString.copyFrom(row.terminalId().bytes()))
        .setCertificate(ByteString.copyFrom(der(certificate)))
        .setCaCertificate(ByteString.copyFrom(der(keys.authority().root())))
        .setAckKey(ByteString.copyFrom(keys.ackPublic()))
        .setAckKeyCertificate(ByteString.copyFrom(keys.ackCertificate())).setSite(row.site())
        .setCurrency(site.currency()).setCardKey(ByteString.copyFrom(keys.cardKey()))
        .setCardKeyId(keys.cardKeyId())
        .setFirstSeq(after.head().received().seq() + 1)
        .setEpochOffer(
            server.epochOffers().offer(row.terminalId(), row.confirmed(), server.serverGeneration(), nowMs))
        .setConfirmationPending(row.status() == TerminalStatus.PENDING).setName(row.name());
    if (before != null) {
      // Where the chain stands now: a batch may have arrived since `before` was read.
      reply.setMarkHash(ByteString.copyFrom(after.head().received().hash().bytes()))
          .setMarkTurnover(after.head().received().turnover())
          .setOldEpochNo(before.row().confirmed().number());
      before.nextKey().ifPresent(old -> reply.setOldKeyId(ByteString.copyFrom(old.id().bytes())));
    }
    return reply.build();
  }

  private static EnrolReply refusal(String problem) {
    return EnrolReply.newBuilder().setAccepted(false).setProblem(problem).build();
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of our own cannot be encoded", e);
    }
  }
}
