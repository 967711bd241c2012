package dev.counterfoil.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.trace.Requirement;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StrictVerifierTest {

  private static final byte[] MESSAGE = "a tap".getBytes(StandardCharsets.US_ASCII);
  /// Order of the Ed25519 group, RFC 8032 section 5.1.
  private static final BigInteger L = BigInteger.TWO.pow(252)
      .add(new BigInteger("27742317777372353535851937790883648493"));

  private final StrictVerifier verifier = new StrictVerifier();
  private final Ed25519Signer edwards = new Ed25519Signer(new byte[32]);
  private final Es256Signer weierstrass = new Es256Signer(BigInteger.valueOf(12_345));

  @Test
  void theFirstTestVectorOfRfc8032Verifies() {
    byte[] seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    var signer = new Ed25519Signer(seed);

    assertThat(signer.key().encoded())
        .isEqualTo(hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
    assertThat(signer.sign(new byte[0]))
        .isEqualTo(hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e0"
            + "65224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"));
  }

  @Test
  @Requirement({"SEC-01"})
  void bothAlgorithmsVerifyTheirOwnAndNothingElse() {
    for (Signer signer : new Signer[] {edwards, weierstrass}) {
      byte[] signature = signer.sign(MESSAGE);

      assertThat(verifier.verify(signer.key(), MESSAGE, signature)).isTrue();
      assertThat(verifier.verify(signer.key(), new byte[] {1}, signature)).isFalse();
      assertThat(verifier.verify(signer.key(), MESSAGE, new byte[64])).isFalse();
      assertThat(verifier.verify(signer.key(), MESSAGE, Arrays.copyOf(signature, 63))).isFalse();
    }
    assertThat(verifier.verify(edwards.key(), MESSAGE, weierstrass.sign(MESSAGE))).isFalse();
  }

  @Test
  void aScalarMovedByTheGroupOrderIsRefused() {
    byte[] signature = edwards.sign(MESSAGE);
    BigInteger moved = littleEndian(Arrays.copyOfRange(signature, 32, 64)).add(L);
    byte[] malleable = Arrays.copyOf(Arrays.copyOf(signature, 32), 64);
    byte[] encoded = reverse(moved.toByteArray());
    System.arraycopy(encoded, 0, malleable, 32, Math.min(32, encoded.length));

    assertThat(verifier.verify(edwards.key(), MESSAGE, malleable)).isFalse();
  }

  @Test
  void keysOfSmallOrderAreNotSound() {
    for (String point : new String[] {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"}) {
      VerificationKey key = VerificationKey.of(SignatureAlgorithm.ED25519, hex(point));

      assertThat(verifier.isSound(key)).as(point).isFalse();
    }
  }

  @Test
  void theUpperHalfOfSIsRefusedForEs256() {
    byte[] signature = weierstrass.sign(MESSAGE);
    BigInteger high = Es256Signer.P256.getN().subtract(new BigInteger(1, signature, 32, 32));
    byte[] malleable = signature.clone();
    byte[] encoded = high.toByteArray();
    int from = Math.max(0, encoded.length - 32);
    System.arraycopy(encoded, from, malleable, 64 - (encoded.length - from), encoded.length - from);

    assertThat(verifier.verify(weierstrass.key(), MESSAGE, signature)).isTrue();
    assertThat(verifier.verify(weierstrass.key(), MESSAGE, malleable)).isFalse();
  }

  @Test
  void equalMessagesGetEqualSignatures() {
    assertThat(edwards.sign(MESSAGE)).isEqualTo(edwards.sign(MESSAGE));
    assertThat(weierstrass.sign(MESSAGE)).isEqualTo(weierstrass.sign(MESSAGE));
  }

  @Test
  void aSignerNeverShowsItsPrivateKey() {
    assertThat(edwards.toString()).doesNotContain("000000");
    assertThat(weierstrass.toString()).doesNotContain("12345");
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static BigInteger littleEndian(byte[] bytes) {
    return new BigInteger(1, reverse(bytes));
  }

  private static byte[] reverse(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
