package dev.counterfoil.sim.device;

import dev.counterfoil.sim.device.printer.EscPosPrinter;
import dev.counterfoil.sim.device.printer.Printed;
import dev.counterfoil.sim.line.PtyLine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// `sim printer`: one ESC/POS receipt printer on a pseudo-terminal whose roll runs over the console, until Ctrl-C.
public final class PrinterCommand {
  private static final String USAGE = """
      usage: sim printer --link PATH [--columns N] [--paper LINES]
        --link PATH     where the printer's serial port appears
        --columns N     characters on a line (32), for what is centred
        --paper LINES   lines until the paper is out""";

  private final PrintStream out;
  private final PrintStream err;

  PrinterCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /// Runs on the standard streams until the JVM is asked to stop.
  ///
  /// @return the exit code
  public static int run(String[] args) {
    return new PrinterCommand(System.out, System.err).run(args, new CountDownLatch(1));
  }

  /// Runs until `end` opens or the JVM is asked to stop.
  int run(String[] args, CountDownLatch end) {
    return new StandAlone(out, err, USAGE, List.of("--link", "--columns", "--paper")).run(args, end,
        this::start);
  }

  private EscPosPrinter start(Map<String, String> options) {
    Path link = Path.of(StandAlone.required(options, "--link"));
    int columns = Integer.parseInt(options.getOrDefault("--columns", "32"));
    int lines = Integer.parseInt(options.getOrDefault("--paper", Integer.toString(Integer.MAX_VALUE)));
    PtyLine line = PtyLine.publishedAt(link);
    EscPosPrinter printer = EscPosPrinter.on(line);
    printer.paperFor(lines);
    printer.watch(printed -> out.println(shown(printed, columns)));
    out.println("printer at " + link + " (" + line.slavePath() + "); Ctrl-C ends it");
    return printer;
  }

  /// As text: what is large has its letters apart, what is bold stands between stars.
  static String shown(Printed printed, int columns) {
    return switch (printed) {
      case Printed.Line line -> "|" + placed(line, columns);
      case Printed.Qr qr -> "|[QR code: " + qr.content() + "]";
      case Printed.Cut cut -> cut.full() ? "=".repeat(columns) : "- ".repeat(columns / 2) + "cut";
      case Printed.DrawerPulse pulse ->
        "(drawer " + (pulse.pin() + 1) + " opens: " + pulse.onMillis() + " ms)";
    };
  }

  private static String placed(Printed.Line line, int columns) {
    String apart = line.large() ? String.join(" ", line.text().split("")) : line.text();
    String text = line.bold() && !apart.isBlank() ? "*" + apart + "*" : apart;
    int width = text.codePoints().map(letter -> letter < 0x80 ? 1 : 2).sum();
    return line.centred() ? " ".repeat(Math.max(0, (columns - width) / 2)) + text : text;
  }
}
