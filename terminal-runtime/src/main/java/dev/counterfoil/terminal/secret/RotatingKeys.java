package dev.counterfoil.terminal.secret;

import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.KeyId;
import dev.counterfoil.terminal.journal.SigningKeys;
import dev.counterfoil.terminal.secret.KeyFaultException.Code;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signing keys of a terminal in its key folder. A rotation writes in this order, each step durable before the next
/// (ADR 0008):
///
/// ```
/// next.key      the seed that will sign
///               KEY_ROTATE in the journal, signed by record.key
/// earlier.keys  gets the public half of record.key: algorithm 1 | key 32, oldest first
/// record.key    becomes the seed of next.key
/// next.key      goes
/// ```
///
/// Before the record a cut leaves a prepared key that nobody knows of, and the next rotation takes it; after it the
/// chain names the prepared key, and [#take] completes what is left. No step may be left out or done again wrongly, and
/// all can be repeated. Belongs to the journal thread.
public final class RotatingKeys implements SigningKeys {

  private static final Logger LOG = LoggerFactory.getLogger(RotatingKeys.class);
  private static final int ENTRY = 1 + SignatureAlgorithm.ED25519.keyLength();

  private final SecretFiles files;
  private final Supplier<byte[]> freshSeed;
  private final List<VerificationKey> earlier;
  private Ed25519Signer signer;
  private Optional<Prepared> prepared;

  private record Prepared(byte[] seed, Ed25519Signer signer) {

    static Prepared of(byte[] seed) {
      return new Prepared(seed, new Ed25519Signer(seed));
    }

    boolean is(KeyId id) {
      return signer.key().id().equals(id);
    }
  }

  private RotatingKeys(SecretFiles files, Supplier<byte[]> freshSeed, Ed25519Signer signer,
      Optional<Prepared> prepared, List<VerificationKey> earlier) {
    this.files = files;
    this.freshSeed = freshSeed;
    this.signer = signer;
    this.prepared = prepared;
    this.earlier = new ArrayList<>(earlier);
  }

  /// Reads the keys; changes nothing yet.
  ///
  /// @param freshSeed gives 32 secret bytes, cryptographically strong
  /// @throws KeyFaultException why a key file cannot be used
  public static RotatingKeys open(SecretFiles files, Supplier<byte[]> freshSeed) throws KeyFaultException {
    var signer = new Ed25519Signer(files.load(KeyFolder.RECORD_KEY));
    Optional<Prepared> prepared = files.has(KeyFolder.NEXT_KEY)
        ? Optional.of(Prepared.of(files.load(KeyFolder.NEXT_KEY)))
        : Optional.empty();
    List<VerificationKey> earlier = files.has(KeyFolder.EARLIER_KEYS)
        ? decoded(files.load(KeyFolder.EARLIER_KEYS))
        : List.of();
    return new RotatingKeys(files, freshSeed, signer, prepared, earlier);
  }

  @Override
  public Optional<Signer> signer() {
    return Optional.of(signer);
  }

  @Override
  public Optional<VerificationKey> held(KeyId id) {
    return Stream.concat(earlier.stream(),
        Stream.concat(Stream.of(signer.key()), prepared.stream().map(next -> next.signer().key())))
        .filter(key -> key.id().equals(id)).findFirst();
  }

  @Override
  public Optional<VerificationKey> oldest() {
    return Optional.of(earlier.isEmpty() ? signer.key() : earlier.getFirst());
  }

  @Override
  public Signer prepare() {
    try {
      if (prepared.filter(next -> next.is(signer.key().id())).isPresent()) {
        // The last rotation's files: another key in this place would lose the one that signs.
        settle();
      }
      if (prepared.isEmpty()) {
        byte[] seed = freshSeed.get();
        files.keep(KeyFolder.NEXT_KEY, seed);
        prepared = Optional.of(Prepared.of(seed));
      }
      return prepared.orElseThrow().signer();
    } catch (KeyFaultException e) {
      throw new Signer.SignerException(e.code() + " " + e.getMessage(), e);
    }
  }

  @Override
  public boolean isPrepared(KeyId id) {
    return prepared.filter(next -> next.is(id) && !signer.key().id().equals(id)).isPresent();
  }

  @Override
  public void take(KeyId id) {
    if (!isPrepared(id)) {
      throw new IllegalStateException("no key " + id + " was prepared");
    }
    VerificationKey before = signer.key();
    if (!earlier.contains(before)) {
      earlier.add(before);
    }
    signer = prepared.orElseThrow().signer();
    LOG.info("event=key_taken key={} before={}", id, before.id());
    try {
      settle();
    } catch (KeyFaultException e) {
      LOG.warn("event=key_files_late code={} detail=\"{}\"", e.code(), e.getMessage());
    }
  }

  private void settle() throws KeyFaultException {
    files.keep(KeyFolder.EARLIER_KEYS, encoded(earlier));
    files.keep(KeyFolder.RECORD_KEY, prepared.orElseThrow().seed());
    files.drop(KeyFolder.NEXT_KEY);
    prepared = Optional.empty();
  }

  private static byte[] encoded(List<VerificationKey> keys) {
    var bytes = ByteBuffer.allocate(keys.size() * ENTRY);
    keys.forEach(key -> bytes.put((byte) key.algorithm().code()).put(key.encoded()));
    return bytes.array();
  }

  private static List<VerificationKey> decoded(byte[] bytes) throws KeyFaultException {
    var keys = new ArrayList<VerificationKey>();
    var in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      if (in.remaining() < ENTRY || in.get() != SignatureAlgorithm.ED25519.code()) {
        throw new KeyFaultException(Code.KEY_DAMAGED, KeyFolder.EARLIER_KEYS + " cannot be read");
      }
      byte[] key = new byte[ENTRY - 1];
      in.get(key);
      keys.add(VerificationKey.of(SignatureAlgorithm.ED25519, key));
    }
    return keys;
  }
}
