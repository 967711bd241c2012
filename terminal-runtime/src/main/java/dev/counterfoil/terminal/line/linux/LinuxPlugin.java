package dev.counterfoil.terminal.line.linux;

import com.pi4j.context.Context;
import com.pi4j.extension.Plugin;
import com.pi4j.extension.PluginService;
import com.pi4j.provider.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Pi4J's entry to the pins and buses of the machine that it runs on. Registered on every machine: one without pins says so
/// when a pin is asked for, and by name.
public final class LinuxPlugin implements Plugin {

  /// Property of the Pi4J context that names the GPIO chip: a label, a name or a device file.
  public static final String CHIP_PROPERTY = "counterfoil.gpio.chip";

  /// Below every other provider known: who puts one on the class path wants it.
  static final int PRIORITY = 100;

  private static final Path DEVICES = Path.of("/dev");

  private Optional<GpioEvents> events = Optional.empty();

  @Override
  public void initialize(PluginService service) {
    var kernel = Kernel.system();
    var wanted = service.context().config().properties().getOrDefault(CHIP_PROPERTY, GpioChips.AUTO);
    var chips = new GpioChips(kernel, LinuxPlugin::chipFiles, wanted);
    var edges = new GpioEvents(kernel);
    events = Optional.of(edges);
    service.register(new LinuxDigitalInputProvider(chips, edges),
        new LinuxDigitalOutputProvider(chips, edges), new LinuxI2cProvider(kernel),
        new LinuxSpiProvider(kernel));
  }

  /// What the machine's GPIO chip is and who has which of its lines, for people.
  ///
  /// @param wanted label, name or device file of a chip, or `auto`
  /// @throws LineFault if there is no such chip
  public static List<String> describe(String wanted) {
    return new GpioChips(Kernel.system(), LinuxPlugin::chipFiles, wanted).describe();
  }

  /// Whether a provider is one of ours.
  public static boolean made(Provider<?, ?, ?> provider) {
    return provider instanceof LinuxDigitalOutputProvider;
  }

  private static List<String> chipFiles() {
    var files = new ArrayList<String>();
    try (var found = Files.newDirectoryStream(DEVICES, "gpiochip*")) {
      found.forEach(file -> files.add(file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(null);
    return files;
  }

  @Override
  public void shutdown(Context context) {
    events.ifPresent(GpioEvents::close);
  }
}
