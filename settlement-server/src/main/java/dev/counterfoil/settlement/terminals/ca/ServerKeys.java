package dev.counterfoil.settlement.terminals.ca;

import dev.counterfoil.protocol.enrolment.EnrolmentStatements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Everything secret that a server owns, created at its first start under `DATA/ca` and read at every later one.
/// Whoever copies this folder can speak for the installation: back it up, and keep it apart from the database.
///
/// | file | content |
/// | --- | --- |
/// | `root.key`, `root.crt` | the authority |
/// | `server.key`, `server.crt` | the server's TLS identity, renewed at a start with less than a third of its life left |
/// | `ack.key`, `ack.pub`, `ack.sig` | Ed25519 key of acknowledgements and offers, with the authority's signature |
/// | `card.key` | key of card tokens, the same on all terminals |
///
/// @param ackSeed        32 bytes: the private half of the acknowledgement key
/// @param ackPublic      32 bytes
/// @param ackCertificate the authority's signature (64 bytes, P-256, r and s) over `ackPublic`, see [EnrolmentStatements#ackKey]
/// @param cardKey        32 bytes
/// @param cardKeyId      number of the card key, written into each token
public record ServerKeys(CertificateAuthority authority, PrivateKey tlsKey, X509Certificate tlsCertificate,
    byte[] ackSeed, byte[] ackPublic, byte[] ackCertificate, byte[] cardKey, int cardKeyId) {

  private static final int KEY_LENGTH = 32;
  private static final List<String> KEPT = List.of("root.key", "root.crt", "ack.key", "ack.pub", "card.key");

  /// Files that cannot be made again for those who hold their other halves: terminals and cards.
  ///
  /// @return the names of those that are not in the folder
  public static List<String> missing(Path folder) {
    return KEPT.stream().filter(name -> Files.notExists(folder.resolve(name))).toList();
  }

  /// @param names host names and literal addresses for the server certificate
  public static ServerKeys openOrCreate(Path folder, List<String> names, Instant now, SecureRandom random) {
    var files = new KeyFolder(folder);
    try {
      CertificateAuthority authority = authority(files, now, random);
      KeyPair tls = keyPair(files, "server", "EC", random);
      X509Certificate certificate = serverCertificate(files, authority, tls.getPublic(), names, now);
      KeyPair ack = keyPair(files, "ack", "Ed25519", random);
      byte[] ackPublic = lastBytes(ack.getPublic().getEncoded());
      return new ServerKeys(authority, tls.getPrivate(), certificate,
          lastBytes(ack.getPrivate().getEncoded()),
          ackPublic, ackCertificate(files, authority, ackPublic), cardKey(files, random), 1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("folder=" + folder + " holds a key or certificate that cannot be read: "
          + e.getMessage(), e);
    }
  }

  /// The TLS identity's certificate and the authority's, as PEM.
  public String certificatesPem() throws CertificateEncodingException {
    return KeyFolder.encode("CERTIFICATE", tlsCertificate.getEncoded())
        + KeyFolder.encode("CERTIFICATE", authority.root().getEncoded());
  }

  /// The TLS identity's private key, as PEM; never shown.
  public String tlsKeyPem() {
    return KeyFolder.encode("PRIVATE KEY", tlsKey.getEncoded());
  }

  @Override
  public String toString() {
    return "ServerKeys[root=" + authority.root().getSerialNumber() + "]";
  }

  private static CertificateAuthority authority(KeyFolder files, Instant now, SecureRandom random)
      throws GeneralSecurityException {
    var key = files.read("root.key");
    var certificate = files.read("root.crt");
    if (key.isPresent() && certificate.isPresent()) {
      return new CertificateAuthority(privateKey("EC", key.get()),
          CertificateAuthority.certificate(certificate.get()), random);
    }
    if (certificate.isPresent()) {
      throw new GeneralSecurityException("root.crt is there but root.key is missing");
    }
    var created = CertificateAuthority.create(now, random);
    files.write("root.key", "PRIVATE KEY", created.key().getEncoded());
    files.write("root.crt", "CERTIFICATE", created.root().getEncoded());
    return created;
  }

  private static KeyPair keyPair(KeyFolder files, String name, String algorithm, SecureRandom random)
      throws GeneralSecurityException {
    var key = files.read(name + ".key");
    var published = files.read(name + ".pub");
    if (key.isPresent() && published.isPresent()) {
      var publicKey = KeyFactory.getInstance(algorithm)
          .generatePublic(new X509EncodedKeySpec(published.get()));
      return new KeyPair(publicKey, privateKey(algorithm, key.get()));
    }
    KeyPair created = algorithm.equals("EC") ? CertificateAuthority.newKeyPair(random)
        : KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    files.write(name + ".key", "PRIVATE KEY", created.getPrivate().getEncoded());
    files.write(name + ".pub", "PUBLIC KEY", created.getPublic().getEncoded());
    return created;
  }

  private static X509Certificate serverCertificate(KeyFolder files, CertificateAuthority authority,
      PublicKey key,
      List<String> names, Instant now) throws GeneralSecurityException {
    var stored = files.read("server.crt");
    if (stored.isPresent()) {
      X509Certificate certificate = CertificateAuthority.certificate(stored.get());
      Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
      boolean lasts = left.compareTo(CertificateAuthority.SERVER_LIFE.dividedBy(3)) > 0;
      if (lasts && certificate.getPublicKey().equals(key) && covers(certificate, names)) {
        return certificate;
      }
    }
    X509Certificate issued = authority.issueServer(key, names, now);
    files.write("server.crt", "CERTIFICATE", issued.getEncoded());
    return issued;
  }

  private static boolean covers(X509Certificate certificate, List<String> names)
      throws GeneralSecurityException {
    var alternatives = certificate.getSubjectAlternativeNames();
    return alternatives != null && alternatives.size() == names.size()
        && alternatives.stream().map(entry -> String.valueOf(entry.get(1))).toList().equals(names);
  }

  private static byte[] ackCertificate(KeyFolder files, CertificateAuthority authority, byte[] ackPublic) {
    return files.read("ack.sig").orElseGet(() -> {
      byte[] signature = authority.certify(EnrolmentStatements.ackKey(ackPublic));
      files.write("ack.sig", "SIGNATURE", signature);
      return signature;
    });
  }

  private static byte[] cardKey(KeyFolder files, SecureRandom random) {
    return files.read("card.key").orElseGet(() -> {
      byte[] created = new byte[KEY_LENGTH];
      random.nextBytes(created);
      files.write("card.key", "CARD TOKEN KEY", created);
      return created;
    });
  }

  private static PrivateKey privateKey(String algorithm, byte[] der) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  /// PKCS#8 and SubjectPublicKeyInfo of Ed25519 both end in the 32 raw bytes (RFC 8410).
  private static byte[] lastBytes(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
  }
}
