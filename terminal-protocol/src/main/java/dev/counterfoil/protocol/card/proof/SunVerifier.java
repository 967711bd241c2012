package dev.counterfoil.protocol.card.proof;

import dev.counterfoil.protocol.card.proof.SunVerdict.Reason;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;

/// Verifies Secure Unique NFC messages of NTAG 424 DNA in AES mode (NXP AN12196 section 3.4): at each reading the tag puts
/// its UID and the count of its readings, encrypted, and a CMAC into the file that is read.
///
/// ```
/// PICCData = AES-CBC(meta key, IV 0) of C7 uid(7) counter(3, little endian) random(5)
/// K        = CMAC(file key, 3C C3 00 01 00 80 || uid || counter)
/// SDMMAC   = every second byte of CMAC(K, what the tag was told to cover)
/// ```
/// Pure; who calls keeps the counters. Immutable, any thread.
public final class SunVerifier {

  /// Of a tag that was never seen.
  public static final int NEVER_SEEN = -1;

  private static final int UID_LENGTH = 7;
  private static final int COUNTER_LENGTH = 3;
  /// UID and counter are there, the UID has seven bytes.
  private static final byte UID_AND_COUNTER = (byte) 0xC7;
  private static final byte[] SESSION = {0x3C, (byte) 0xC3, 0x00, 0x01, 0x00, (byte) 0x80};
  private static final int MAC_LENGTH = 8;

  private final AesKey metaKey;
  private final Function<byte[], AesKey> fileKey;

  /// The newest counter of a tag, or [#NEVER_SEEN].
  public interface LastSeen {
    int counter(byte[] uid);
  }

  /// @param metaKey decrypts the UID, so it is the same for all tags
  /// @param fileKey of the tag with this UID
  public SunVerifier(AesKey metaKey, Function<byte[], AesKey> fileKey) {
    this.metaKey = metaKey;
    this.fileKey = fileKey;
  }

  /// Judges a message whose UID and counter are encrypted.
  ///
  /// @param piccData 16 bytes
  /// @param covered  what the CMAC covers beside UID and counter, as it stands in the file; empty in the usual setting
  /// @param mac      8 bytes
  public SunVerdict verify(byte[] piccData, byte[] covered, byte[] mac, LastSeen lastSeen) {
    if (piccData.length != AesKey.LENGTH) {
      return new SunVerdict.Refused(Reason.SUN_MALFORMED);
    }
    byte[] plain = metaKey.decrypt(new byte[AesKey.LENGTH], piccData);
    if (plain[0] != UID_AND_COUNTER) {
      return new SunVerdict.Refused(Reason.SUN_FOREIGN);
    }
    int counterAt = 1 + UID_LENGTH;
    return verifyPlain(Arrays.copyOfRange(plain, 1, counterAt), plain[counterAt] & 0xFF
        | (plain[counterAt + 1] & 0xFF) << 8 | (plain[counterAt + 2] & 0xFF) << 16, covered, mac, lastSeen);
  }

  /// Judges a message that tells UID and counter in clear.
  public SunVerdict verifyPlain(byte[] uid, int counter, byte[] covered, byte[] mac, LastSeen lastSeen) {
    if (uid.length != UID_LENGTH || mac.length != MAC_LENGTH) {
      return new SunVerdict.Refused(Reason.SUN_MALFORMED);
    }
    var session = AesKey.of(AesCmac.of(fileKey.apply(uid.clone()),
        Bytes.join(SESSION, uid, Bytes.littleEndian(counter, COUNTER_LENGTH))));
    if (!MessageDigest.isEqual(AesCmac.everySecondByte(AesCmac.of(session, covered)), mac)) {
      return new SunVerdict.Refused(Reason.SUN_FORGED);
    }
    // Only now, or anybody could make a tag's counter known to have been used.
    return counter <= lastSeen.counter(uid.clone())
        ? new SunVerdict.Refused(Reason.SUN_REPLAYED)
        : new SunVerdict.Genuine(uid.clone(), counter);
  }
}
