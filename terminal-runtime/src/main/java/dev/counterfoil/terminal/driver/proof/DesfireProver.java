package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.protocol.card.proof.AesKey;
import dev.counterfoil.protocol.card.proof.Ev1Handshake;
import dev.counterfoil.protocol.card.proof.Ev1Session;
import dev.counterfoil.protocol.card.proof.Ev2Handshake;
import dev.counterfoil.protocol.card.proof.Ev2Session;
import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardProof;
import dev.counterfoil.terminal.device.CardProver;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.CardTechnology;
import dev.counterfoil.terminal.device.DeviceFaultException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Selects our application on a DESFire card, authenticates with AES in both directions, and reads the number of the card
/// under the session's key.
///
/// Threads: the reader's.
public final class DesfireProver implements CardProver {

  private static final int SELECT_APPLICATION = 0x5A;
  private static final int AUTHENTICATE_AES = 0xAA;
  private static final int AUTHENTICATE_EV2_FIRST = 0x71;
  private static final int READ_DATA = 0xBD;
  private static final int AES_BLOCK = 16;

  private final Generation generation;
  private final FileOfCard file;
  private final CardKeys keys;
  private final IdentityRule identity;
  private final RandomGenerator random;

  /// Which of the two AES authentications the cards are set up for; a DESFire EV2 or EV3 knows both.
  public enum Generation {
    EV1, EV2
  }

  /// @param random for the challenges; must be unpredictable
  public DesfireProver(Generation generation, FileOfCard file, CardKeys keys, IdentityRule identity,
      RandomGenerator random) {
    this.generation = generation;
    this.file = file;
    this.keys = keys;
    this.identity = identity;
    this.random = random;
  }

  @Override
  public CardProof prove(CardChannel channel)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    var card = channel.card();
    if (card.technology() != CardTechnology.DESFIRE && card.technology() != CardTechnology.ISO_DEP) {
      throw new CardRefusedException(CardRefusal.CARD_WRONG_KIND, card.technology() + " is no DESFire");
    }
    var link = new DesfireLink(channel);
    var key = keys.ofApplication(card, file.application());
    link.send(SELECT_APPLICATION, file.applicationBytes()).expect(DesfireLink.OK, CardRefusal.CARD_NOT_OURS,
        "select application");
    byte[] number = switch (generation) {
      case EV1 -> readEv1(link, key);
      case EV2 -> readEv2(link, key);
    };
    return identity.proof(CardProof.Kind.AUTHENTICATED, card, number);
  }

  private byte[] readEv1(DesfireLink link, AesKey key)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    var handshake = Ev1Handshake.answer(key,
        challenge(link.send(AUTHENTICATE_AES, (byte) file.keyNumber())), rndA());
    var session = handshake.finish(accepted(link, handshake.token())).orElseThrow(DesfireProver::withoutKey);
    var range = file.range();
    var sent = session.sent(join(READ_DATA, range));
    var answer = read(link, range);
    int length = answer.length - Ev1Session.MAC_LENGTH;
    if (length != file.length()) {
      throw new CardRefusedException(CardRefusal.CARD_UNUSABLE, length + " bytes read of " + file.length());
    }
    var data = Arrays.copyOf(answer, length);
    if (sent.received(data, Arrays.copyOfRange(answer, length, answer.length)).isEmpty()) {
      throw changed();
    }
    return data;
  }

  private byte[] readEv2(DesfireLink link, AesKey key)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    var handshake = Ev2Handshake.answer(key,
        challenge(link.send(AUTHENTICATE_EV2_FIRST, (byte) file.keyNumber(), (byte) 0)), rndA());
    var session = handshake.finish(accepted(link, handshake.token())).orElseThrow(DesfireProver::withoutKey);
    var range = file.range();
    var mac = session.commandMac(READ_DATA, range);
    var command = Arrays.copyOf(range, range.length + mac.length);
    System.arraycopy(mac, 0, command, range.length, mac.length);
    return opened(session, read(link, command));
  }

  /// The file's own setting shows in the length of the answer: an encrypted one is padded to whole blocks, always by at
  /// least a byte.
  private byte[] opened(Ev2Session session, byte[] answer) throws CardRefusedException {
    int length = Math.max(0, answer.length - Ev2Session.MAC_LENGTH);
    var data = Arrays.copyOf(answer, length);
    var next = session.received(data, Arrays.copyOfRange(answer, length, answer.length))
        .orElseThrow(DesfireProver::changed);
    var plain = length == file.length() ? data : next.decrypted(data).orElseThrow(DesfireProver::changed);
    if (plain.length != file.length()) {
      throw new CardRefusedException(CardRefusal.CARD_UNUSABLE,
          plain.length + " bytes read of " + file.length());
    }
    return plain;
  }

  private static byte[] challenge(DesfireLink.Answer answer) throws CardRefusedException {
    var challenge = answer.expect(DesfireLink.MORE, CardRefusal.CARD_KEY_WRONG, "authenticate");
    if (challenge.length != AES_BLOCK) {
      throw new CardRefusedException(CardRefusal.CARD_KEY_WRONG, "the key is no AES key");
    }
    return challenge;
  }

  private static byte[] accepted(DesfireLink link, byte[] token)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    return link.send(DesfireLink.MORE, token).expect(DesfireLink.OK, CardRefusal.CARD_KEY_WRONG,
        "the card does not know the key");
  }

  private static byte[] read(DesfireLink link, byte[] command)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    return link.send(READ_DATA, command).expect(DesfireLink.OK, CardRefusal.CARD_UNUSABLE, "read the file");
  }

  private byte[] rndA() {
    var bytes = new byte[AES_BLOCK];
    random.nextBytes(bytes);
    return bytes;
  }

  private static CardRefusedException withoutKey() {
    return new CardRefusedException(CardRefusal.CARD_FORGED, "took our key and could not show its own");
  }

  private static CardRefusedException changed() {
    return new CardRefusedException(CardRefusal.CARD_FORGED, "what was read is not signed by the card");
  }

  private static byte[] join(int code, byte[] data) {
    var command = new byte[1 + data.length];
    command[0] = (byte) code;
    System.arraycopy(data, 0, command, 1, data.length);
    return command;
  }
}
