package dev.counterfoil.sim.virtual.device;

import dev.counterfoil.sim.device.oled.OledKind;
import dev.counterfoil.sim.device.oled.OledModule;
import dev.counterfoil.sim.device.panel.LcdModule;
import dev.counterfoil.sim.world.EventQueue;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.ScreenText;
import dev.counterfoil.terminal.driver.display.Glass;
import dev.counterfoil.terminal.driver.hd44780.Hd44780Glass;
import dev.counterfoil.terminal.driver.oled.OledChip;
import dev.counterfoil.terminal.driver.oled.OledGlass;
import dev.counterfoil.terminal.layout.Font;
import dev.counterfoil.terminal.line.I2cDevice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A display with its driver: what it shows is what the driver's bytes made of its memory.
public final class VirtualDisplay {

  private static final long BYTE_MICROS = 90;

  private final EventQueue queue;
  private final Sight.Onlooker onlooker;
  private final DeviceTime time = new DeviceTime();
  private final Module module;
  private @Nullable Glass driver;
  private @Nullable Face shown;
  private List<String> told = List.of();

  /// A model and what belongs to it.
  private sealed interface Module {

    Glass driver(DeviceTime time, Sight.Onlooker onlooker);

    Face face();

    void powerCycle();
  }

  private record Characters(LcdModule lcd, DisplayGeometry geometry) implements Module {

    @Override
    public Glass driver(DeviceTime time, Sight.Onlooker onlooker) {
      var words = new ExpanderText();
      return new Hd44780Glass(wire(time, lcd::write, words::describe, onlooker), time, geometry);
    }

    @Override
    public Face face() {
      var text = lcd.displayOn() ? lcd.glass() : geometry.fit(List.of());
      return new Face.Characters(geometry.columns(), geometry.rows(), text, lcd.backlight());
    }

    @Override
    public void powerCycle() {
      lcd.powerCycle();
    }
  }

  private record Pixels(OledModule oled, Font font) implements Module {

    @Override
    public Glass driver(DeviceTime time, Sight.Onlooker onlooker) {
      return new OledGlass(OledChip.SSD1306, wire(time, oled::write, Pixels::describe, onlooker), false, font,
          time);
    }

    private static String describe(byte[] transfer) {
      return transfer[0] == 0x40 ? (transfer.length - 1) + " columns" : "commands";
    }

    @Override
    public Face face() {
      return new Face.Pixels(oled.glass(), List.of());
    }

    @Override
    public void powerCycle() {
      oled.powerCycle();
    }
  }

  private interface Sink {
    void write(byte[] bytes, long nowMicros);
  }

  private interface Words {
    String describe(byte[] bytes);
  }

  /// @param font for a display of pixels
  public VirtualDisplay(EventQueue queue, DisplayKind kind, Font font, long seed, Sight.Onlooker onlooker) {
    this.queue = queue;
    this.onlooker = onlooker;
    this.module = switch (kind) {
      case LCD_16X2 -> characters(DisplayGeometry.LCD_16X2);
      case LCD_20X4 -> characters(DisplayGeometry.LCD_20X4);
      case SSD1306 -> new Pixels(new OledModule(OledKind.SSD1306, seed), font);
    };
  }

  private static Module characters(DisplayGeometry geometry) {
    return new Characters(new LcdModule(geometry.columns(), geometry.rows()), geometry);
  }

  private static I2cDevice wire(DeviceTime time, Sink sink, Words words, Sight.Onlooker onlooker) {
    return bytes -> {
      sink.write(bytes, time.micros());
      onlooker.sees(new Sight.Bus("display", true, bytes.clone(), words.describe(bytes)));
      time.pass(bytes.length * BYTE_MICROS);
    };
  }

  /// A run of the program begins.
  public void start() {
    driver = module.driver(time, onlooker);
  }

  /// The run is over and the power with it.
  public void stop() {
    driver = null;
    told = List.of();
    module.powerCycle();
    look();
  }

  /// Draws at once.
  public void show(ScreenText text) {
    Glass glass = driver;
    if (glass == null) {
      return;
    }
    time.catchUp(queue.nowMicros());
    try {
      glass.draw(text);
      told = lines(text);
    } catch (DeviceFaultException | InterruptedException e) {
      throw new IllegalStateException("a display that never fails", e);
    }
    look();
  }

  private void look() {
    Face now = face();
    if (!now.equals(shown)) {
      shown = now;
      onlooker.sees(new Sight.Glass(now));
    }
  }

  public Face face() {
    return switch (module.face()) {
      case Face.Pixels(var picture, var _) -> new Face.Pixels(picture, told);
      case Face.Characters characters -> characters;
    };
  }

  private static List<String> lines(ScreenText text) {
    return text.lines().stream().map(line -> (line.words() + " " + line.figure()).strip())
        .filter(line -> !line.isEmpty()).toList();
  }
}
