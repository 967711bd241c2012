package dev.counterfoil.terminal.driver.pn532;

/// One command with the times it is allowed to take.
///
/// @param name        the manual's name, for messages
/// @param frame       the whole frame to send
/// @param replyCode   command code + 1
/// @param ackMillis   how long to wait for the acknowledge before sending again
/// @param replyMillis how long to wait for the reply after the acknowledge
record Pn532Command(String name, byte[] frame, int replyCode, long ackMillis, long replyMillis) {

  static Pn532Command of(String name, Pn532Settings settings, byte... data) {
    return new Pn532Command(name, Pn532Frames.information(Pn532Frames.FROM_HOST, data), (data[0] & 0xFF) + 1,
        settings.ackMillis(), settings.replyMillis());
  }
}
