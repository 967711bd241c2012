package dev.counterfoil.terminal.driver.pn532;

/// One command with the times it is allowed to take.
///
/// @param name        the manual's name, for messages
/// @param frame       the whole frame to send
/// @param replyCode   command code + 1
/// @param ackMillis   how long to wait for the acknowledge before sending again
/// @param replyMillis how long to wait for the reply after the acknowledge
/// @param repeatable  whether it may be sent again when nobody knows if the chip has carried it out
record Pn532Command(String name, byte[] frame, int replyCode, long ackMillis, long replyMillis,
    boolean repeatable) {

  /// Longest wait for the reply to a command that only sets something up; the chip needs a millisecond or two.
  private static final long SET_UP_REPLY_MILLIS = 100;

  /// A command that works on the field and may take long.
  static Pn532Command onField(String name, Pn532Settings settings, byte... data) {
    return of(name, settings.ackMillis(), settings.replyMillis(), true, data);
  }

  /// A command to a card. The card may have taken it although the chip's answer was lost, and would take it a second
  /// time as something else.
  static Pn532Command toCard(String name, Pn532Settings settings, byte... data) {
    return of(name, settings.ackMillis(), settings.replyMillis(), false, data);
  }

  /// A command that the chip answers by itself.
  static Pn532Command ofSetUp(String name, Pn532Settings settings, byte... data) {
    return of(name, settings.ackMillis(), Math.min(SET_UP_REPLY_MILLIS, settings.replyMillis()), true, data);
  }

  private static Pn532Command of(String name, long ackMillis, long replyMillis, boolean repeatable,
      byte[] data) {
    return new Pn532Command(name, Pn532Frames.information(Pn532Frames.FROM_HOST, data), (data[0] & 0xFF) + 1,
        ackMillis, replyMillis, repeatable);
  }
}
