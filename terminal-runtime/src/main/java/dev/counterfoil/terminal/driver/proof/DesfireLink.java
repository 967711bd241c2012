package dev.counterfoil.terminal.driver.proof;

import dev.counterfoil.terminal.device.CardChannel;
import dev.counterfoil.terminal.device.CardRefusal;
import dev.counterfoil.terminal.device.CardRefusedException;
import dev.counterfoil.terminal.device.DeviceFaultException;
import java.util.Arrays;

/// DESFire's own commands wrapped into ISO 7816-4 ones, which every reader passes on.
///
/// ```
/// command   90 code 00 00 [length data] 00
/// answer    data 91 status
/// ```
final class DesfireLink {

  static final int OK = 0x00;
  static final int MORE = 0xAF;

  private static final byte WRAPPED = (byte) 0x90;
  private static final byte ANSWERED = (byte) 0x91;
  private static final int HEADER = 5;

  private final CardChannel channel;

  /// @param status of the card, `00` for done and `AF` for more to come
  record Answer(int status, byte[] data) {

    /// The data, if the card did as it was told.
    ///
    /// @param wanted  status
    /// @param refusal what any other status means here
    byte[] expect(int wanted, CardRefusal refusal, String what) throws CardRefusedException {
      if (status != wanted) {
        throw new CardRefusedException(refusal, what + ": status " + Integer.toHexString(status));
      }
      return data;
    }
  }

  DesfireLink(CardChannel channel) {
    this.channel = channel;
  }

  Answer send(int code, byte... data)
      throws CardRefusedException, DeviceFaultException, InterruptedException {
    var command = new byte[HEADER + (data.length == 0 ? 0 : data.length + 1)];
    command[0] = WRAPPED;
    command[1] = (byte) code;
    if (data.length > 0) {
      command[HEADER - 1] = (byte) data.length;
      System.arraycopy(data, 0, command, HEADER, data.length);
    }
    return answer(channel.transmit(command));
  }

  private static Answer answer(byte[] bytes) throws CardRefusedException {
    int length = bytes.length - 2;
    if (length < 0 || bytes[length] != ANSWERED) {
      throw new CardRefusedException(CardRefusal.CARD_NOT_OURS, "no answer of a DESFire");
    }
    return new Answer(bytes[length + 1] & 0xFF, Arrays.copyOf(bytes, length));
  }
}
