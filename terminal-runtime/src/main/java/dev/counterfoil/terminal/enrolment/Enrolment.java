package dev.counterfoil.terminal.enrolment;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.EnrolRequest;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.protocol.crypto.CertificateRequests;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.enrolment.EnrolmentStatements;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.secret.KeyFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.InstantSource;

/// Enrols this board: makes its keys, asks the server with the one-time code, verifies the answer, and stores keys,
/// journal and, last of all, the identity. Private keys never leave the board. Blocks for network and disk.
///
/// A failure before the server's answer leaves the data folder as it was. One after it needs a new code, because the old
/// one is used up; the folder is then still that of a board not enrolled.
public final class Enrolment {

  private final Place place;
  private final KeyFolder keys;
  private final SecureRandom random;
  private final InstantSource clock;
  private final SignatureVerifier signatures = new StrictVerifier();

  /// Where an enrolment is put.
  ///
  /// @param data    data folder
  /// @param journal the journal's database
  /// @param mirror  its mirror
  public record Place(Path data, Path journal, Path mirror) {}

  public Enrolment(Place place, KeyFolder keys, SecureRandom random, InstantSource clock) {
    this.place = place;
    this.keys = keys;
    this.random = random;
    this.clock = clock;
  }

  /// @param again whether an enrolled terminal may be enrolled anew; its journal is moved aside, never deleted
  /// @throws EnrolmentException why it did not take place
  /// @throws KeyFaultException  if the keys cannot be kept; the code is used up
  public Identity enrol(ServerAddress server, EnrolmentCode code, String boardSerial, String software,
      boolean again)
      throws EnrolmentException, KeyFaultException {
    var identityFile = new IdentityFile(place.data());
    if (identityFile.exists() && !again) {
      throw new EnrolmentException(EnrolmentException.ALREADY_ENROLLED,
          place.data() + " belongs to an enrolled terminal; --again enrols it anew");
    }
    var beginning = new JournalBeginning(place);
    beginning.requireIdle();
    byte[] seed = Ed25519Signer.newSeed(random);
    var signer = new Ed25519Signer(seed);
    KeyPair tls = CertificateRequests.newTlsKeyPair(random);
    EnrolReply reply = new EnrolmentLink(server, random).ask(code,
        request(code, signer, tls, boardSerial, software));
    Identity identity = new ReplyCheck(code, tls.getPublic(), signatures).identity(reply, server);
    try {
      beginning.begin(identity, signer, signatures, software,
          genesis(reply, boardSerial, software), clock.millis());
      // Keys of an earlier enrolment signed nothing in this journal.
      keys.drop(KeyFolder.NEXT_KEY);
      keys.drop(KeyFolder.EARLIER_KEYS);
      keys.keep(KeyFolder.RECORD_KEY, seed);
      keys.keep(KeyFolder.TLS_KEY, tls.getPrivate().getEncoded());
      keys.keep(KeyFolder.CARD_KEY, reply.getCardKey().toByteArray());
      identityFile.write(identity);
    } catch (IOException e) {
      throw new EnrolmentException(EnrolmentException.DATA_UNWRITABLE, place.data() + ": " + e, e);
    }
    return identity;
  }

  private static EnrolRequest request(EnrolmentCode code, Signer signer, KeyPair tls, String boardSerial,
      String software) {
    byte[] csr = CertificateRequests.request(tls);
    byte[] proof = signer.sign(EnrolmentStatements.proof(code.text(), csr));
    return EnrolRequest.newBuilder().setCode(code.text()).setAlg(signer.key().algorithm().code())
        .setSigningKey(ByteString.copyFrom(signer.key().encoded())).setCsr(ByteString.copyFrom(csr))
        .setBoardSerial(boardSerial).setSoftware(software).setProof(ByteString.copyFrom(proof)).build();
  }

  private Genesis genesis(EnrolReply reply, String boardSerial, String software) {
    byte[] boot = new byte[BootId.LENGTH];
    random.nextBytes(boot);
    var genesis = Genesis.newBuilder().setBoardSerial(boardSerial).setSoftware(software)
        .setBootId(ByteString.copyFrom(boot));
    if (reply.getFirstSeq() > 1) {
      genesis.setOldKeyId(reply.getOldKeyId()).setOldEpochNo(reply.getOldEpochNo())
          .setServerMarkSeq(reply.getFirstSeq() - 1).setServerMarkHash(reply.getMarkHash());
    }
    return genesis.build();
  }
}
