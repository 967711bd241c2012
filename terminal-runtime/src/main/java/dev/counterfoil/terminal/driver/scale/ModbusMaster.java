package dev.counterfoil.terminal.driver.scale;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.driver.scale.ModbusFrames.Reply;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.SerialLine;
import java.io.ByteArrayOutputStream;

/// The master of a Modbus line that only reads registers, so that every question may be repeated.
///
/// A frame is told from the next by a silence of 3.5 characters. Before each question the line is silent for so long; a
/// reply has a known length, and whatever is longer, shorter or broken is asked for again after that silence.
///
/// Threads: the one that owns the line.
final class ModbusMaster {

  private static final int TRIES = 3;
  private static final long REPLY_MILLIS = 200;
  /// Inside a reply: adapters hold bytes back for up to 16 ms.
  private static final long BYTE_GAP_MILLIS = 25;
  private static final int BITS_A_CHARACTER = 11;

  private final SerialLine line;
  private final MonotonicClock clock;
  private final int unit;
  private final long silenceMillis;

  ModbusMaster(SerialLine line, MonotonicClock clock, int unit, int baud) {
    this.line = line;
    this.clock = clock;
    this.unit = unit;
    // 1750 microseconds above 19200 baud ("MODBUS over serial line", 2.5.1.1), rounded up.
    this.silenceMillis = Math.max(2, (35L * BITS_A_CHARACTER * 100 + baud - 1) / baud);
  }

  /// Reads registers.
  ///
  /// @param function 3 or 4
  /// @throws DeviceFaultException with `SCALE_SILENT`, `SCALE_GARBLED` or `SCALE_REFUSED`; trying again is safe
  int[] read(int function, int register, int count) throws DeviceFaultException, InterruptedException {
    boolean heard = false;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      clock.await(silenceMillis);
      line.discardInput();
      line.write(ModbusFrames.request(unit, function, register, count));
      var bytes = collect(ModbusFrames.replyLength(count));
      switch (ModbusFrames.reply(bytes, unit, function, count)) {
        case Reply.Registers(int[] words) -> {
          return words;
        }
        case Reply.Refused(int code) -> throw fault(FaultCode.SCALE_REFUSED,
            "refuses register " + register + " by function " + function + " with code " + code);
        case Reply.Unusable() -> heard |= bytes.length > 0;
      }
    }
    throw fault(heard ? FaultCode.SCALE_GARBLED : FaultCode.SCALE_SILENT,
        "no reply of unit " + unit + " for register " + register);
  }

  /// Everything up to a silence; a reply is not taken before the line is quiet, so that one with foreign bytes behind it
  /// is not cut to fit.
  private byte[] collect(int expected) throws DeviceFaultException, InterruptedException {
    var came = new ByteArrayOutputStream();
    byte[] bytes = line.read(REPLY_MILLIS);
    while (bytes.length > 0 && came.size() <= expected) {
      came.writeBytes(bytes);
      bytes = line.read(came.size() == expected ? silenceMillis : BYTE_GAP_MILLIS);
    }
    came.writeBytes(bytes);
    return came.toByteArray();
  }

  private DeviceFaultException fault(FaultCode code, String detail) {
    return new DeviceFaultException(new DeviceFault(code, "scale " + line.name(), detail));
  }
}
