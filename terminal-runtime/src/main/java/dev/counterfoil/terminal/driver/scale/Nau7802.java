package dev.counterfoil.terminal.driver.scale;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.driver.scale.Weigher.Sample;
import dev.counterfoil.terminal.line.Board;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.line.ReadableI2c;
import java.util.Optional;

/// A load cell at a Nuvoton NAU7802, 24 bits, 10 samples a second at a gain of 128 (data sheet revision 1.7: registers in
/// section 11, power-up in 8.1, calibration of the converter in 8.6).
final class Nau7802 implements ScaleSource {

  private static final int PU_CTRL = 0x00;
  private static final int CTRL1 = 0x01;
  private static final int CTRL2 = 0x02;
  private static final int ADC_RESULT = 0x12;
  private static final int ADC_CONTROL = 0x15;
  private static final int PGA_POWER = 0x1C;
  private static final int REVISION = 0x1F;

  private static final int RESET = 0x01;
  private static final int POWER_DIGITAL = 0x02;
  private static final int POWER_ANALOGUE = 0x04;
  private static final int POWER_READY = 0x08;
  private static final int CYCLE_START = 0x10;
  private static final int CYCLE_READY = 0x20;
  private static final int INTERNAL_SUPPLY = 0x80;
  /// 3.0 V for the cell (bits 5-3 = 101), gain 128 (bits 2-0 = 111).
  private static final int SUPPLY_AND_GAIN = 0x2F;
  private static final int CALIBRATE = 0x04;
  private static final int CALIBRATION_FAILED = 0x08;
  private static final int CHOPPER_OFF = 0x30;
  private static final int OUTPUT_CAPACITOR = 0x80;
  private static final int REVISION_BITS = 0x0F;

  private static final int HIGHEST = 0x7FFFFF;
  private static final int LOWEST = -0x800000;
  private static final long STEP_MILLIS = 10;
  private static final long POWER_UP_MILLIS = 200;
  private static final long CALIBRATION_MILLIS = 1_500;
  private static final long CONVERSION_MILLIS = 500;
  private static final long GRAMS_PER_KILOGRAM = 1_000;

  /// The chip counts the register on by itself, in reading as in writing.
  private record Registers(ReadableI2c wire) {

    void write(int register, int value) throws DeviceFaultException {
      wire.write(new byte[] {(byte) register, (byte) value});
    }

    byte[] read(int register, int count) throws DeviceFaultException {
      wire.write(new byte[] {(byte) register});
      return wire.read(count);
    }
  }

  private final ScaleWork.Boards boards;
  private final MonotonicClock clock;
  private final Nau7802Settings settings;
  private Optional<Board> board = Optional.empty();
  private Optional<Registers> registers = Optional.empty();

  Nau7802(ScaleWork.Boards boards, MonotonicClock clock, Nau7802Settings settings) {
    this.boards = boards;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "scale " + settings.bus() + "/0x2A";
  }

  @Override
  public void open() throws DeviceFaultException, InterruptedException {
    var opened = boards.open();
    board = Optional.of(opened);
    var chip = chip();
    chip.write(PU_CTRL, RESET);
    chip.write(PU_CTRL, POWER_DIGITAL);
    await(chip, PU_CTRL, POWER_READY, true, POWER_UP_MILLIS, "power-up");
    if ((chip.read(REVISION, 1)[0] & REVISION_BITS) != REVISION_BITS) {
      throw fault(FaultCode.SCALE_REFUSED, "chip at 0x2A is no NAU7802");
    }
    chip.write(PU_CTRL, POWER_DIGITAL | POWER_ANALOGUE | INTERNAL_SUPPLY);
    chip.write(CTRL1, SUPPLY_AND_GAIN);
    chip.write(ADC_CONTROL, CHOPPER_OFF);
    chip.write(PGA_POWER, OUTPUT_CAPACITOR);
    calibrate(chip);
    chip.write(PU_CTRL, POWER_DIGITAL | POWER_ANALOGUE | INTERNAL_SUPPLY | CYCLE_START);
  }

  private void calibrate(Registers chip) throws DeviceFaultException, InterruptedException {
    chip.write(CTRL2, CALIBRATE);
    await(chip, CTRL2, CALIBRATE, false, CALIBRATION_MILLIS, "calibration");
    if ((chip.read(CTRL2, 1)[0] & CALIBRATION_FAILED) != 0) {
      throw fault(FaultCode.SCALE_REFUSED, "converter could not calibrate itself, is a load cell connected?");
    }
  }

  @Override
  public Sample sample() throws DeviceFaultException, InterruptedException {
    var chip = chip();
    await(chip, PU_CTRL, CYCLE_READY, true, CONVERSION_MILLIS, "conversion");
    byte[] result = chip.read(ADC_RESULT, 3);
    int counts = result[0] << 16 | (result[1] & 0xFF) << 8 | result[2] & 0xFF;
    return new Sample(grams(counts), true, counts == HIGHEST || counts == LOWEST);
  }

  private long grams(long counts) {
    long perKilogram = settings.countsPerKilogram();
    long net = (counts - settings.zeroCounts()) * GRAMS_PER_KILOGRAM * Long.signum(perKilogram);
    return Math.floorDiv(net + Math.abs(perKilogram) / 2, Math.abs(perKilogram));
  }

  /// A chip whose supply was cut comes back with its registers empty and never gets ready: it is set up anew then.
  private void await(Registers chip, int register, int bit, boolean set, long millis, String what)
      throws DeviceFaultException, InterruptedException {
    for (long waited = 0; waited <= millis; waited += STEP_MILLIS) {
      if ((chip.read(register, 1)[0] & bit) != 0 == set) {
        return;
      }
      clock.await(STEP_MILLIS);
    }
    throw fault(FaultCode.SCALE_SILENT, "no end of its " + what + " within " + millis + " ms");
  }

  private Registers chip() throws DeviceFaultException {
    var open = board.orElseThrow(() -> new IllegalStateException("scale is not open"));
    if (registers.isEmpty()) {
      registers = Optional.of(new Registers(open.i2c(settings.bus(), Nau7802Settings.ADDRESS)));
    }
    return registers.get();
  }

  private DeviceFaultException fault(FaultCode code, String detail) {
    return new DeviceFaultException(new DeviceFault(code, name(), detail));
  }

  @Override
  public void close() {
    registers = Optional.empty();
    board.ifPresent(Board::close);
    board = Optional.empty();
  }
}
