package dev.counterfoil.terminal.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/// A board whose inputs read high unless told otherwise and whose outputs are recorded.
public final class FakeBoard implements Board {

  private final List<ProviderChoice> providers;
  private final List<String> changes = new ArrayList<>();
  private final Set<Integer> lowInputs = new HashSet<>();
  private final Map<Integer, RecordingI2c> devices = new HashMap<>();
  private boolean closed;

  public FakeBoard(List<ProviderChoice> providers) {
    this.providers = providers;
  }

  public void pullLow(int bcm) {
    lowInputs.add(bcm);
  }

  public RecordingI2c device(int address) {
    return devices.computeIfAbsent(address, _ -> new RecordingI2c());
  }

  public List<String> changes() {
    return List.copyOf(changes);
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public List<ProviderChoice> providers() {
    return providers;
  }

  @Override
  public List<String> inventory() {
    return List.of("gpiochip4 pinctrl-rp1, 54 lines", "no line in use");
  }

  @Override
  public PinOutput output(int bcm, boolean initialHigh) {
    return high -> changes.add(bcm + (high ? " high" : " low"));
  }

  @Override
  public PinInput inputPulledUp(int bcm) {
    return new PinInput() {
      @Override
      public boolean isHigh() {
        return !lowInputs.contains(bcm);
      }

      @Override
      public void onChange(Runnable callback) {
        // Levels of this board do not change by themselves.
      }

      @Override
      public void onFall(LongConsumer callback) {
        // Nor do they fall.
      }
    };
  }

  @Override
  public ReadableI2c i2c(int bus, int address) {
    return device(address);
  }

  @Override
  public SpiDevice spi(int bus, int chipSelect, int hertz) {
    throw new AssertionError("nothing here is on SPI");
  }

  @Override
  public void close() {
    closed = true;
  }
}
