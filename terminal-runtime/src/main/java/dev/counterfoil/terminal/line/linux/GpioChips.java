package dev.counterfoil.terminal.line.linux;

import dev.counterfoil.terminal.device.FaultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Which of the machine's GPIO chips has the pins of the header. Chips are told by the label of their driver: their numbers
/// change with the kernel and with what else is plugged in (on a Raspberry Pi 5 the header was gpiochip4 and became gpiochip0).
///
/// Threads: any.
final class GpioChips {

  /// The setting that takes whichever of [#HEADERS] there is.
  static final String AUTO = "auto";
  /// Drivers of the header's pins: Raspberry Pi 5, Raspberry Pi 4 and 400, Raspberry Pi 3 and older.
  static final List<String> HEADERS = List.of("pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835");

  /// One chip.
  ///
  /// @param path its device file
  record Chip(String path, GpioUapi.ChipInfo info) {

    private String describe() {
      return info.name() + " " + info.label() + ", " + info.lines() + " lines";
    }

    private boolean is(String wanted) {
      return wanted.equals(info.label()) || wanted.equals(info.name()) || wanted.equals(path);
    }
  }

  private final Kernel kernel;
  private final Supplier<List<String>> paths;
  private final String wanted;

  /// @param paths  device files of all chips
  /// @param wanted label, name or device file of one, or [#AUTO]
  GpioChips(Kernel kernel, Supplier<List<String>> paths, String wanted) {
    this.kernel = kernel;
    this.paths = paths;
    this.wanted = wanted;
  }

  Kernel kernel() {
    return kernel;
  }

  /// @throws LineFault with `BOARD_MISSING` if there is none such, `BOARD_FORBIDDEN` if none may be opened
  Chip find() {
    var chips = new ArrayList<Chip>();
    var refusals = new ArrayList<LineFault>();
    for (String path : paths.get()) {
      try {
        chips.add(new Chip(path, inspect(path)));
      } catch (LineFault e) {
        refusals.add(e);
      }
    }
    return chips.stream().filter(this::isWanted).findFirst().orElseThrow(
        () -> chips.isEmpty() && !refusals.isEmpty() ? refusals.getFirst() : none(chips));
  }

  private boolean isWanted(Chip chip) {
    return wanted.equals(AUTO) ? HEADERS.stream().anyMatch(chip::is) : chip.is(wanted);
  }

  private LineFault none(List<Chip> chips) {
    var there = chips.isEmpty() ? "there is none at all"
        : "there are " + String.join("; ", chips.stream().map(Chip::describe).toList());
    return new LineFault(FaultCode.BOARD_MISSING,
        (wanted.equals(AUTO) ? "no GPIO chip of a Raspberry Pi's header, " : "no GPIO chip " + wanted + ", ")
            + there);
  }

  private GpioUapi.ChipInfo inspect(String path) {
    return with(path, chip -> {
      var info = GpioUapi.chipInfo();
      chip.ioctl("ask for the chip", GpioUapi.CHIP_INFO, Kernel.Memory.of(info));
      return GpioUapi.readChipInfo(info);
    });
  }

  /// What the chip is, and who has which of its lines.
  ///
  /// @throws LineFault as [#find]
  List<String> describe() {
    var chip = find();
    var inUse = with(chip.path(), file -> {
      var lines = new ArrayList<String>();
      for (int offset = 0; offset < chip.info().lines(); offset++) {
        var info = lineInfo(file, offset);
        if (info.used()) {
          lines.add(offset + " " + (info.consumer().isEmpty() ? "?" : info.consumer()));
        }
      }
      return lines;
    });
    return List.of(chip.describe(), inUse.isEmpty() ? "no line in use"
        : "in use: " + String.join(", ", inUse));
  }

  /// Who has a line.
  String consumer(Chip chip, int offset) {
    var info = with(chip.path(), file -> lineInfo(file, offset));
    return info.consumer().isEmpty() ? "somebody without a name" : info.consumer();
  }

  private static GpioUapi.LineInfo lineInfo(DeviceNode chip, int offset) {
    var info = GpioUapi.lineInfo(offset);
    chip.ioctl("ask for line " + offset, GpioUapi.LINE_INFO, Kernel.Memory.of(info));
    return GpioUapi.readLineInfo(info);
  }

  /// What is asked of a chip while its file is open.
  interface Question<T> {
    T ask(DeviceNode chip);
  }

  <T> T with(String path, Question<T> question) {
    try (var file = new DeviceNode(kernel, path, _ -> {
    })) {
      return question.ask(file);
    }
  }
}
