package dev.counterfoil.terminal.driver.scanner;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// One line to a scanner on which answers to commands and scanned codes come mixed: whatever is no answer is kept for
/// whoever reads codes.
///
/// Threads: the one that owns the line.
public final class ScannerTalk {

  private static final long ANSWER_MILLIS = 300;
  private static final int TRIES = 3;
  /// More than any answer and code together.
  private static final int MOST_HELD = 2_048;
  private static final byte[] NOTHING = {};

  /// An answer found in what came.
  ///
  /// @param from where it begins
  /// @param to   behind its end
  record Found(int from, int to, byte[] data) {}

  private final SerialLine line;
  private final MonotonicClock clock;
  private byte[] codes = NOTHING;

  ScannerTalk(SerialLine line, MonotonicClock clock) {
    this.line = line;
    this.clock = clock;
  }

  /// Says something and waits for its answer, three times if need be.
  ///
  /// @param find finds the answer in everything that came since
  /// @return the answer's data
  /// @throws DeviceFaultException with `SCANNER_SILENT` if nothing came, `SCANNER_GARBLED` if only something else did
  byte[] ask(String what, byte[] command, Function<byte[], Optional<Found>> find)
      throws DeviceFaultException, InterruptedException {
    boolean heard = false;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      line.write(command);
      var came = new ByteArrayOutputStream();
      var answer = awaited(came, find);
      if (answer.isPresent()) {
        return answer.get();
      }
      heard |= came.size() > 0;
      keep(came.toByteArray());
    }
    throw fault(heard ? FaultCode.SCANNER_GARBLED : FaultCode.SCANNER_SILENT, "no answer to " + what);
  }

  private Optional<byte[]> awaited(ByteArrayOutputStream came, Function<byte[], Optional<Found>> find)
      throws DeviceFaultException, InterruptedException {
    long until = clock.millis() + ANSWER_MILLIS;
    for (long left = ANSWER_MILLIS; left > 0 && came.size() < MOST_HELD; left = until - clock.millis()) {
      var bytes = line.read(left);
      came.writeBytes(bytes);
      var found = bytes.length == 0 ? Optional.<Found>empty() : find.apply(came.toByteArray());
      if (found.isPresent()) {
        var all = came.toByteArray();
        keep(Arrays.copyOf(all, found.get().from()));
        keep(Arrays.copyOfRange(all, found.get().to(), all.length));
        return found.map(Found::data);
      }
    }
    return Optional.empty();
  }

  private void keep(byte[] bytes) {
    var joined = Arrays.copyOf(codes, codes.length + bytes.length);
    System.arraycopy(bytes, 0, joined, codes.length, bytes.length);
    codes = joined;
  }

  /// What came and is no answer, kept first; waits for at most this long if nothing is kept. Empty if nothing came.
  byte[] read(long timeoutMillis) throws DeviceFaultException, InterruptedException {
    if (codes.length > 0) {
      var kept = codes;
      codes = NOTHING;
      return kept;
    }
    return line.read(timeoutMillis);
  }

  DeviceFaultException fault(FaultCode code, String detail) {
    return new DeviceFaultException(new DeviceFault(code, "scanner " + line.name(), detail));
  }
}
