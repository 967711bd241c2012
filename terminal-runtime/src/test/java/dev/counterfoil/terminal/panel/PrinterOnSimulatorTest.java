package dev.counterfoil.terminal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.printer.Printed;
import dev.counterfoil.sim.line.PtyLine;
import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.PrinterEvent;
import dev.counterfoil.terminal.device.Slip;
import dev.counterfoil.terminal.device.Slip.Style;
import dev.counterfoil.terminal.driver.escpos.EscPosPrinter;
import dev.counterfoil.terminal.driver.escpos.EscPosSettings;
import dev.counterfoil.terminal.line.DeviceFile;
import dev.counterfoil.terminal.line.JsscSerialLine;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The driver over a pseudo-terminal against a printer that somebody else wrote from the reference.
class PrinterOnSimulatorTest {

  @TempDir
  private Path folder;
  private dev.counterfoil.sim.device.printer.EscPosPrinter paper;
  private EscPosPrinter printer;
  private final LinkedBlockingQueue<PrinterEvent> events = new LinkedBlockingQueue<>();

  @BeforeEach
  void switchOn() {
    paper = dev.counterfoil.sim.device.printer.EscPosPrinter
        .on(PtyLine.publishedAt(folder.resolve("printer.tty")));
    var clock = MonotonicClock.system();
    printer = new EscPosPrinter(new JsscSerialLine(folder.resolve("printer.tty").toString(), 9_600, clock),
        clock,
        new EscPosSettings(true, true, 50));
  }

  @AfterEach
  void switchOff() {
    printer.close();
    paper.close();
  }

  @Test
  void aSlipComesOutWithItsStylesItsCodeAndACut() throws Exception {
    printer.start(events::add);
    awaitEvent(PrinterEvent.PrinterRecovered.class);

    printer.print(slip(true, "合计", "12.50"), slip(false, "copy"));

    awaitEvent(PrinterEvent.Printed.class);
    assertThat(paper.roll()).containsExactly(new Printed.DrawerPulse(0, 100),
        new Printed.Line("合计", true, true, true), new Printed.Line("12.50", true, true, true),
        new Printed.Qr("C0DE", 5, 'M'), new Printed.Line("", false, false, true), new Printed.Cut(false));
    assertThat(paper.unknownCommands()).isZero();
  }

  @Test
  void withoutPaperNothingIsLostAndAReprintPrintsItOnce() throws Exception {
    paper.paperFor(0);
    printer.start(events::add);
    assertThat(fault(PrinterEvent.PrinterFault.class).code()).isEqualTo(FaultCode.PAPER_OUT);
    printer.print(slip(false, "first"), slip(false, "copy of first"));
    assertThat(fault(PrinterEvent.NotPrinted.class).code()).isEqualTo(FaultCode.PAPER_OUT);

    paper.newPaper();
    awaitEvent(PrinterEvent.PrinterRecovered.class);
    printer.reprint();
    awaitEvent(PrinterEvent.Printed.class);
    assertThat(paper.text()).containsExactly("first");

    printer.reprint();
    awaitEvent(PrinterEvent.Printed.class);
    assertThat(paper.text()).containsExactly("first", "copy of first");
  }

  @Test
  void paperThatEndsInTheMiddleGivesAWholeReceiptAgainAndNoRestOfTheOldOne() throws Exception {
    printer.start(events::add);
    awaitEvent(PrinterEvent.PrinterRecovered.class);
    paper.paperFor(2);

    printer.print(slip(false, "one", "two", "three", "four"), slip(false, "copy"));

    assertThat(fault(PrinterEvent.NotPrinted.class).code()).isEqualTo(FaultCode.PAPER_OUT);
    assertThat(paper.text()).containsExactly("one", "two");
    // Whoever presses the keys before there is paper gets nothing, and loses nothing.
    printer.reprint();
    assertThat(fault(PrinterEvent.NotPrinted.class).code()).isEqualTo(FaultCode.PAPER_OUT);
    paper.tearOff();
    paper.newPaper();
    awaitEvent(PrinterEvent.PrinterRecovered.class);
    printer.reprint();
    awaitEvent(PrinterEvent.Printed.class);
    assertThat(paper.text()).containsExactly("one", "two", "three", "four");
  }

  @Test
  void anOpenCoverAndRubbishHaveTheirCodes() throws Exception {
    paper.coverOpen(true);
    printer.start(events::add);
    assertThat(fault(PrinterEvent.PrinterFault.class).code()).isEqualTo(FaultCode.COVER_OPEN);

    paper.coverOpen(false);
    paper.rubbish(0xFF);
    assertThat(fault(PrinterEvent.PrinterFault.class).code()).isEqualTo(FaultCode.PRINTER_GARBLED);

    paper.rubbish(null);
    awaitEvent(PrinterEvent.PrinterRecovered.class);
  }

  @Test
  void aPlugPulledInTheMiddleOfASlowReceiptKeepsItForAReprint() throws Exception {
    printer.start(events::add);
    awaitEvent(PrinterEvent.PrinterRecovered.class);
    paper.lineMicros(100_000);
    printer.print(slip(false, "one", "two", "three", "four", "five", "six"), slip(false, "copy"));
    assertThat(paper.awaitRoll(roll -> roll.size() >= 2, 5_000)).isTrue();

    paper.line().unplug();

    assertThat(fault(PrinterEvent.NotPrinted.class).code()).isIn(FaultCode.LINE_LOST,
        FaultCode.PRINTER_SILENT);
    paper.powerCycle();
    paper.tearOff();
    paper.lineMicros(0);
    paper.line().replug();
    awaitEvent(PrinterEvent.PrinterRecovered.class);
    printer.reprint();
    awaitEvent(PrinterEvent.Printed.class);
    assertThat(paper.text()).containsExactly("one", "two", "three", "four", "five", "six");
  }

  @Test
  void aDeviceFileTakesTheSameBytesAndIsNeverAsked() throws Exception {
    var file = Files.createFile(folder.resolve("lp0"));
    var clock = MonotonicClock.system();
    try (var plain = new EscPosPrinter(new DeviceFile(file.toString(), clock), clock,
        new EscPosSettings(false, false, 50))) {
      plain.start(events::add);
      plain.print(slip(false, "one"), slip(false, "copy"));
      awaitEvent(PrinterEvent.Printed.class);
    }

    assertThat(Files.readAllBytes(file)).startsWith(0x1B, 0x40, 0x1C, 0x26).contains('o', 'n', 'e');
    try (var gone = new EscPosPrinter(new DeviceFile(folder.resolve("lp1").toString(), clock), clock,
        new EscPosSettings(false, false, 50))) {
      gone.start(events::add);
      assertThat(fault(PrinterEvent.PrinterFault.class).code()).isEqualTo(FaultCode.LINE_MISSING);
    }
    assertThat(folder.resolve("lp1")).doesNotExist();
  }

  private static Slip slip(boolean whole, String... lines) {
    var parts = new ArrayList<Slip.Part>();
    for (String line : lines) {
      parts.add(new Slip.Text(line, whole ? Style.TITLE : Style.PLAIN));
    }
    if (whole) {
      parts.add(new Slip.QrCode("C0DE"));
    }
    return new Slip(List.copyOf(parts), whole);
  }

  private DeviceFault fault(Class<? extends PrinterEvent> kind) throws InterruptedException {
    return switch (awaitEvent(kind)) {
      case PrinterEvent.PrinterFault(var fault) -> fault;
      case PrinterEvent.NotPrinted(var fault) -> fault;
      case PrinterEvent.PrinterRecovered _,PrinterEvent.Printed _ -> throw new AssertionError(kind);
    };
  }

  private PrinterEvent awaitEvent(Class<? extends PrinterEvent> kind) throws InterruptedException {
    while (true) {
      var event = events.poll(8, TimeUnit.SECONDS);
      assertThat(event).as("waiting for " + kind.getSimpleName()).isNotNull();
      if (kind.isInstance(event)) {
        return event;
      }
    }
  }
}
