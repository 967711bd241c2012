package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.device.serial.SerialModel;
import dev.counterfoil.terminal.line.SerialLine;
import java.io.ByteArrayOutputStream;

/// The serial line between a driver and the model of a device that answers at once, both on one thread: a time-out that
/// passes in vain passes at once.
final class ModelCable implements SerialLine {

  private final String name;
  private final SerialModel model;
  private final DeviceTime time;
  private final WireTrace trace;
  private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
  private boolean open;

  ModelCable(String name, SerialModel model, DeviceTime time, WireTrace trace) {
    this.name = name;
    this.model = model;
    this.time = time;
    this.trace = trace;
  }

  /// The device says something by itself; lost where nobody listens.
  void says(byte[] bytes) {
    if (open) {
      arrived.writeBytes(bytes);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void open() {
    open = true;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void write(byte[] bytes) {
    trace.passed(true, bytes);
    arrived.writeBytes(model.hear(bytes, time.micros()));
  }

  @Override
  public byte[] read(long timeoutMillis) {
    byte[] said = arrived.toByteArray();
    arrived.reset();
    if (said.length == 0) {
      time.await(timeoutMillis);
    } else {
      trace.passed(false, said);
    }
    return said;
  }

  @Override
  public void discardInput() {
    arrived.reset();
  }

  @Override
  public void close() {
    open = false;
    arrived.reset();
  }
}
