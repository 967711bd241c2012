package dev.counterfoil.terminal.line;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.IOType;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiMode;
import com.pi4j.provider.Provider;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.line.linux.FallsOnly;
import dev.counterfoil.terminal.line.linux.LineFault;
import dev.counterfoil.terminal.line.linux.LinuxPlugin;
import dev.counterfoil.terminal.line.linux.StampedChange;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The pins and buses of the board, by Pi4J, through whatever providers are on the class path: the simulator's, upstream's, or
/// else our own for Linux, which is always there. Among several for one kind of line, Pi4J takes the one of highest priority;
/// [#providers()] tells which.
///
/// Inputs are always asked for with debounce 0: upstream's debouncing adds about 100 ms to each edge (measured),
/// so drivers debounce themselves.
///
/// Providers may be other people's code and throw whatever they like, so every call into Pi4J catches any runtime
/// exception and turns it into a coded fault.
///
/// Threads: any. Opening takes about 120 ms.
public final class PiBoard implements Board {

  private static final List<IOType> NEEDED_TYPES = List.of(IOType.DIGITAL_OUTPUT, IOType.DIGITAL_INPUT,
      IOType.I2C);

  /// The setting that takes the chip of the header's pins.
  public static final String AUTO_CHIP = "auto";

  private final Context context;
  private final String gpioChip;

  private PiBoard(Context context, String gpioChip) {
    this.context = context;
    this.gpioChip = gpioChip;
  }

  /// Opens the board with the GPIO chip of the header, whichever that is.
  ///
  /// @throws DeviceFaultException as [#open(String)]
  public static PiBoard open() throws DeviceFaultException {
    return open(AUTO_CHIP);
  }

  /// Finds the providers on the class path by ServiceLoader and starts them.
  ///
  /// @param gpioChip label, name or device file of the chip whose pins are meant, or [#AUTO_CHIP]; only our own provider for
  ///   Linux heeds it
  /// @throws DeviceFaultException with `NO_PROVIDER` if there is none at all, `BOARD_REFUSED` if one fails to start
  public static PiBoard open(String gpioChip) throws DeviceFaultException {
    try {
      var board = new PiBoard(Pi4J.newContextBuilder().autoDetect().disableShutdownHook()
          .property(LinuxPlugin.CHIP_PROPERTY, gpioChip).build(), gpioChip);
      if (board.providers().stream().noneMatch(ProviderChoice::found)) {
        board.close();
        throw fault(FaultCode.NO_PROVIDER, "board", "no Pi4J provider plug-in on the class path", null);
      }
      return board;
    } catch (RuntimeException | LinkageError e) {
      throw fault(FaultCode.BOARD_REFUSED, "board", "the Pi4J context did not start: " + reason(e), e);
    }
  }

  @Override
  public List<ProviderChoice> providers() {
    return NEEDED_TYPES.stream().map(this::choice).toList();
  }

  @Override
  public List<String> inventory() throws DeviceFaultException {
    if (!context.hasProvider(IOType.DIGITAL_OUTPUT)
        || !LinuxPlugin.made(context.provider(IOType.DIGITAL_OUTPUT))) {
      return List.of();
    }
    try {
      return LinuxPlugin.describe(gpioChip);
    } catch (RuntimeException e) {
      throw refused("GPIO chip", e);
    }
  }

  private ProviderChoice choice(IOType type) {
    var kind = type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    if (!context.hasProvider(type)) {
      return new ProviderChoice(kind, ProviderChoice.NONE);
    }
    Provider<?, ?, ?> provider = context.provider(type);
    return new ProviderChoice(kind, provider.id());
  }

  @Override
  public PinOutput output(int bcm, boolean initialHigh) throws DeviceFaultException {
    var rest = initialHigh ? DigitalState.HIGH : DigitalState.LOW;
    var device = "output pin BCM " + bcm;
    requireProvider(IOType.DIGITAL_OUTPUT, device);
    try {
      var pin = context.create(DigitalOutput.newConfigBuilder(context).id("out-" + bcm).bcm(bcm).initial(rest)
          .shutdown(rest).build());
      return high -> drive(pin, high, device);
    } catch (RuntimeException e) {
      throw refused(device, e);
    }
  }

  private static void drive(DigitalOutput pin, boolean high, String device) throws DeviceFaultException {
    try {
      pin.state(high ? DigitalState.HIGH : DigitalState.LOW);
    } catch (RuntimeException e) {
      throw refused(device, e);
    }
  }

  @Override
  public PinInput inputPulledUp(int bcm) throws DeviceFaultException {
    var device = "input pin BCM " + bcm;
    requireProvider(IOType.DIGITAL_INPUT, device);
    try {
      return new PulledUpInput(context.create(DigitalInput.newConfigBuilder(context).id("in-" + bcm).bcm(bcm)
          .pull(PullResistance.PULL_UP).debounce(0L).build()), device);
    } catch (RuntimeException e) {
      throw refused(device, e);
    }
  }

  private record PulledUpInput(DigitalInput pin, String device) implements PinInput {
    @Override
    public boolean isHigh() throws DeviceFaultException {
      try {
        return pin.state() != DigitalState.LOW;
      } catch (RuntimeException e) {
        throw refused(device, e);
      }
    }

    @Override
    public void onChange(Runnable callback) {
      pin.addListener(_ -> callback.run());
    }

    @Override
    public void onFall(LongConsumer callback) {
      if (pin instanceof FallsOnly exact) {
        exact.tellFallsOnly();
      }
      pin.addListener(change -> {
        if (change.state() == DigitalState.LOW) {
          callback.accept(change instanceof StampedChange stamped ? stamped.nanos() : System.nanoTime());
        }
      });
    }
  }

  @Override
  public ReadableI2c i2c(int bus, int address) throws DeviceFaultException {
    var device = String.format(Locale.ROOT, "I2C bus %d address 0x%02X", bus, address);
    requireProvider(IOType.I2C, device);
    try {
      var wire = context.create(I2C.newConfigBuilder(context).id("i2c-" + bus + "-" + address).bus(bus)
          .device(address).build());
      return new BusDevice(wire, device);
    } catch (RuntimeException e) {
      throw refused(device, e);
    }
  }

  private record BusDevice(I2C wire, String device) implements ReadableI2c {
    @Override
    public void write(byte[] bytes) throws DeviceFaultException {
      requireAll(device, bytes.length, () -> wire.write(bytes, 0, bytes.length));
    }

    @Override
    public byte[] read(int count) throws DeviceFaultException {
      var bytes = new byte[count];
      requireAll(device, count, () -> wire.read(bytes, 0, count));
      return bytes;
    }
  }

  @Override
  public SpiDevice spi(int bus, int chipSelect, int hertz) throws DeviceFaultException {
    var device = "SPI bus " + bus + " chip select " + chipSelect;
    requireProvider(IOType.SPI, device);
    try {
      var wire = context.create(Spi.newConfigBuilder(context).id("spi-" + bus + "-" + chipSelect).bus(bus)
          .channel(chipSelect).baud(hertz).mode(SpiMode.MODE_0).build());
      return bytes -> {
        var received = new byte[bytes.length];
        requireAll(device, bytes.length, () -> wire.transfer(bytes, 0, received, 0, bytes.length));
        return received;
      };
    } catch (RuntimeException e) {
      throw refused(device, e);
    }
  }

  private static void requireAll(String device, int count, IntSupplier transfer) throws DeviceFaultException {
    int done;
    try {
      done = transfer.getAsInt();
    } catch (RuntimeException e) {
      throw refused(device, e);
    }
    if (done != count) {
      throw fault(FaultCode.BOARD_REFUSED, device, "passed " + done + " of " + count + " bytes", null);
    }
  }

  private void requireProvider(IOType type, String device) throws DeviceFaultException {
    if (!context.hasProvider(type)) {
      throw fault(FaultCode.NO_PROVIDER, device, "no Pi4J provider for " + type, null);
    }
  }

  /// Our own provider says which code; of any other one nothing is known but that it refused.
  private static DeviceFaultException refused(String device, Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof LineFault known) {
        return fault(known.code(), device, String.valueOf(known.getMessage()), thrown);
      }
    }
    return fault(FaultCode.BOARD_REFUSED, device, reason(thrown), thrown);
  }

  /// Providers wrap what went wrong in exceptions that only say that something did.
  private static String reason(Throwable thrown) {
    var deepest = thrown;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.toString();
  }

  private static DeviceFaultException fault(FaultCode code, String device, String detail,
      @Nullable Throwable cause) {
    var fault = new DeviceFault(code, device, detail);
    return cause == null ? new DeviceFaultException(fault) : new DeviceFaultException(fault, cause);
  }

  @Override
  public void close() {
    context.shutdown();
  }
}
