package dev.counterfoil.terminal.driver.scanner;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.driver.scanner.ScannerTalk.Found;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The DE2120: commands are words between `^_^` and a full stop, answered by 06 (taken) or 15 (refused); source: the
/// command list of SparkFun's library. Setting the same twice changes nothing, so that also serves as the check.
final class De2120 implements ScannerDialect {

  private static final byte TAKEN = 0x06;
  private static final byte REFUSED = 0x15;
  /// Half a second between two readings of what is held there.
  private static final String INTERVAL = "CNTALW2";

  private final String mode;

  De2120(ScannerSettings.Mode mode) {
    this.mode = switch (mode) {
      case CONTINUOUS -> "SCMCNT";
      case MOTION -> "SCMMDH";
    };
  }

  @Override
  public String name() {
    return "DE2120";
  }

  @Override
  public void setUp(ScannerTalk talk) throws DeviceFaultException, InterruptedException {
    order(talk, mode);
    order(talk, INTERVAL);
  }

  @Override
  public void check(ScannerTalk talk) throws DeviceFaultException, InterruptedException {
    order(talk, mode);
  }

  private static void order(ScannerTalk talk, String word) throws DeviceFaultException, InterruptedException {
    byte[] command = ("^_^" + word + ".").getBytes(StandardCharsets.US_ASCII);
    byte[] answer = talk.ask(word, command, De2120::answer);
    if (answer[0] == REFUSED) {
      throw talk.fault(FaultCode.SCANNER_REFUSED, "refuses " + word);
    }
  }

  private static Optional<Found> answer(byte[] bytes) {
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == TAKEN || bytes[at] == REFUSED) {
        return Optional.of(new Found(at, at + 1, new byte[] {bytes[at]}));
      }
    }
    return Optional.empty();
  }
}
