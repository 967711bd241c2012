package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.protocol.card.proof.SunVerdict;
import dev.counterfoil.protocol.card.proof.SunVerifier;
import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.DeviceFaultException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Reads the NDEF file of an NTAG 424 DNA, into which the tag writes a signed message at each reading, and verifies that
/// message: `https://…?picc_data=` (or `e=`) with 32 and `cmac=` (or `c=`) with 16 hexadecimal digits.
///
/// ```
/// 00 A4 04 0C 07 D2760000850101 00    select the NDEF application
/// 00 A4 00 0C 02 E104                 select its file
/// 00 B0 00 00 02                      length of the message, 2 bytes
/// 00 B0 00 02 length                  the message
/// ```
/// Threads: the reader's.
public final class SunProver implements CardProver {

  private static final byte[] SELECT_APPLICATION = HexFormat.of().parseHex("00A4040C07D276000085010100");
  private static final byte[] SELECT_FILE = HexFormat.of().parseHex("00A4000C02E104");
  private static final byte[] READ_LENGTH = HexFormat.of().parseHex("00B0000002");
  private static final int MOST_BYTES = 248;
  private static final Pattern PICC_DATA = Pattern.compile("[?&](?:picc_data|e)=([0-9A-Fa-f]{32})");
  private static final Pattern MAC = Pattern.compile("[?&](?:cmac|c)=([0-9A-Fa-f]{16})");

  private final SunVerifier verifier;
  private final SunCounters counters;

  /// @param metaKey  of all tags; decrypts who it is
  /// @param fileKeys of each tag
  public SunProver(AesKey metaKey, CardKeys fileKeys, SunCounters counters) {
    this.verifier = new SunVerifier(metaKey, fileKeys::ofTag);
    this.counters = counters;
  }

  @Override
  public CardProof prove(CardChannel channel)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    var card = channel.card();
    if (card.technology() != CardTechnology.DESFIRE && card.technology() != CardTechnology.ISO_DEP) {
      throw new CardRefusedException(CardRefusal.CARD_WRONG_KIND, card.technology() + " is no NTAG 424");
    }
    good(channel.transmit(SELECT_APPLICATION), CardRefusal.CARD_NOT_OURS, "no NDEF application");
    good(channel.transmit(SELECT_FILE), CardRefusal.CARD_NOT_OURS, "no NDEF file");
    return judge(card, message(channel));
  }

  private static String message(CardChannel channel)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    var length = good(channel.transmit(READ_LENGTH), CardRefusal.CARD_UNUSABLE, "the file may not be read");
    int bytes = length.length == 2 ? (length[0] & 0xFF) << 8 | length[1] & 0xFF : 0;
    if (bytes == 0 || bytes > MOST_BYTES) {
      throw new CardRefusedException(CardRefusal.CARD_UNUSABLE, "a message of " + bytes + " bytes");
    }
    return new String(good(channel.transmit((byte) 0, (byte) 0xB0, (byte) 0, (byte) 2, (byte) bytes),
        CardRefusal.CARD_UNUSABLE, "the file may not be read"), StandardCharsets.ISO_8859_1);
  }

  private CardProof judge(CardIdentity card, String message) throws CardRefusedException {
    return switch (verifier.verify(hex(PICC_DATA, message), new byte[0], hex(MAC, message), counters)) {
      case SunVerdict.Genuine(var uid, var counter) -> {
        // A message of another tag, copied into this one, is good and new, and not this one's.
        if (!card.hasRandomUid() && !Arrays.equals(uid, card.uid())) {
          throw new CardRefusedException(CardRefusal.CARD_FORGED, "the message is another tag's");
        }
        counters.remember(uid, counter);
        yield new CardProof(CardProof.Kind.SUN, uid);
      }
      case SunVerdict.Refused(var reason) -> throw new CardRefusedException(refusal(reason), reason.name());
    };
  }

  private static CardRefusal refusal(SunVerdict.Reason reason) {
    return switch (reason) {
      case SUN_MALFORMED -> CardRefusal.CARD_UNUSABLE;
      case SUN_FOREIGN -> CardRefusal.CARD_KEY_WRONG;
      case SUN_FORGED -> CardRefusal.CARD_FORGED;
      case SUN_REPLAYED -> CardRefusal.CARD_REPLAYED;
    };
  }

  private static byte[] hex(Pattern parameter, String message) throws CardRefusedException {
    var found = parameter.matcher(message);
    if (!found.find()) {
      throw new CardRefusedException(CardRefusal.CARD_UNUSABLE, "the message is not signed");
    }
    return HexFormat.of().parseHex(found.group(1));
  }

  private static byte[] good(byte[] answer, CardRefusal refusal, String what) throws CardRefusedException {
    int length = answer.length - 2;
    if (length < 0 || answer[length] != (byte) 0x90 || answer[length + 1] != 0) {
      throw new CardRefusedException(refusal, what);
    }
    return Arrays.copyOf(answer, length);
  }
}
