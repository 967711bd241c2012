package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.line.SerialLine;
import java.util.List;

/// The chip's high-speed UART (UM0701-02 section 6.2.2): a stream of bytes in both directions.
public final class SerialWire implements Pn532Wire {

  /// Two bytes 55 wake the chip; the zeros bridge its start-up time at 115200 baud (as libnfc does).
  private static final int WAKE_BYTES = 2;
  private static final int WAKE_ZEROS = 14;
  private static final byte WAKE = 0x55;

  /// What the chip's SetSerialBaudRate knows (section 7.2.7), its speed at power-on first.
  private static final List<Integer> SPEEDS = List.of(115_200, 921_600, 460_800, 230_400, 57_600, 38_400,
      19_200,
      9_600);

  private final SerialLine.Source lines;
  private final String port;
  private final int baud;
  private final List<Integer> otherSpeeds;
  private SerialLine line;

  /// @param port nobody else uses it
  /// @param baud the speed that was configured
  public SerialWire(SerialLine.Source lines, String port, int baud) {
    this(lines, port, baud, SPEEDS.stream().filter(speed -> speed != baud).toList());
  }

  /// A wire whose speed is what it is.
  ///
  /// @param line closed still, and used by nobody else
  public SerialWire(SerialLine line) {
    this((_, _) -> line, line.name(), 0, List.of());
  }

  private SerialWire(SerialLine.Source lines, String port, int baud, List<Integer> otherSpeeds) {
    this.lines = lines;
    this.port = port;
    this.baud = baud;
    this.otherSpeeds = otherSpeeds;
    this.line = lines.line(port, baud);
  }

  /// The speed that was configured, bits per second.
  int baud() {
    return baud;
  }

  /// The speeds at which a chip may be that does not answer at the configured one.
  List<Integer> otherSpeeds() {
    return otherSpeeds;
  }

  /// Uses this speed from the next [#open] on. The wire must be closed.
  void useSpeed(int bitsPerSecond) {
    if (line.isOpen()) {
      throw new IllegalStateException(port + " is open");
    }
    line = lines.line(port, bitsPerSecond);
  }

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public void open() throws DeviceFaultException {
    line.open();
  }

  @Override
  public boolean isOpen() {
    return line.isOpen();
  }

  @Override
  public void wakeUp() throws DeviceFaultException {
    var bytes = new byte[WAKE_BYTES + WAKE_ZEROS];
    bytes[0] = WAKE;
    bytes[1] = WAKE;
    line.write(bytes);
  }

  @Override
  public void write(byte[] frame) throws DeviceFaultException {
    line.write(frame);
  }

  @Override
  public byte[] read(long timeoutMillis) throws DeviceFaultException, InterruptedException {
    return line.read(timeoutMillis);
  }

  @Override
  public boolean bringsWholeFrames() {
    return false;
  }

  @Override
  public void discardInput() throws DeviceFaultException {
    line.discardInput();
  }

  @Override
  public void close() {
    line.close();
  }
}
