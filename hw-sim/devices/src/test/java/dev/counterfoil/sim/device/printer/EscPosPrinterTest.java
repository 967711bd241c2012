package dev.counterfoil.sim.device.printer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.line.MemoryLine;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Commands after Epson's ESC/POS reference.
class EscPosPrinterTest {
  private final MemoryLine.Pair wire = MemoryLine.pair();
  private final EscPosPrinter printer = EscPosPrinter.on(wire.model());

  @AfterEach
  void switchOff() {
    printer.close();
  }

  private void send(String hex) {
    wire.host().write(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private String answer() {
    return HexFormat.of().withUpperCase().formatHex(wire.host().read(2_000_000));
  }

  /// Sends, and waits until all of it is on the paper.
  private List<Printed> printed(String hex) {
    send(hex + "1D7201");
    assertThat(answer()).isEqualTo("00");
    return printer.tearOff();
  }

  @Test
  void textIsAsciiUntilChineseIsSwitchedOn() {
    assertThat(printed("41 42 0A 1C 26 D3 E0 0A 1C 2E 43 0A")).containsExactly(
        new Printed.Line("AB", false, false, false), new Printed.Line("余", false, false, false),
        new Printed.Line("C", false, false, false));
  }

  @Test
  void stylesHoldUntilTheyAreChangedOrThePrinterIsInitialised() {
    assertThat(printed("1B 61 01 1B 45 01 1D 21 11 41 0A 42 0A 1B 40 43 0A")).containsExactly(
        new Printed.Line("A", true, true, true), new Printed.Line("B", true, true, true),
        new Printed.Line("C", false, false, false));
  }

  @Test
  void aCodeIsPrintedAsItWasStored() {
    assertThat(printed("1D286B0300314306 1D286B0300314533 1D286B0600315030 414243 1D286B0300315130"))
        .containsExactly(new Printed.Qr("ABC", 6, 'H'));
  }

  @Test
  void cutsDrawerAndFeedAreOnTheRoll() {
    assertThat(printed("1B 64 02 1D 56 00 1D 56 42 00 1B 70 01 19 19")).containsExactly(
        new Printed.Line("", false, false, false), new Printed.Line("", false, false, false),
        new Printed.Cut(true),
        new Printed.Cut(false), new Printed.DrawerPulse(1, 50));
  }

  @Test
  void stateIsToldWhileItCannotPrint() {
    send("10 04 01");
    assertThat(answer()).isEqualTo("12");

    printer.coverOpen(true);
    send("41 0A 10 04 01");
    assertThat(answer()).isEqualTo("1A");
    send("10 04 02");
    assertThat(answer()).isEqualTo("16");
    assertThat(printer.roll()).isEmpty();

    printer.coverOpen(false);
    assertThat(printed("")).hasSize(1);
  }

  @Test
  void paperThatEndsStopsItAndItGoesOnWithANewRoll() throws Exception {
    printer.paperFor(1);
    send("41 0A 42 0A 10 04 04");
    assertThat(answer()).isIn("12", "72");
    assertThat(printer.awaitRoll(roll -> roll.size() == 1, 2_000)).isTrue();
    send("10 04 04");
    assertThat(answer()).isEqualTo("72");
    send("10 04 02");
    assertThat(answer()).isEqualTo("32");

    printer.newPaper();

    assertThat(printer.awaitRoll(roll -> roll.size() == 2, 2_000)).isTrue();
  }

  @Test
  void whatWaitsCanBeThrownAway() {
    printer.coverOpen(true);
    send("41 0A 10 14 08 01 03 14 01 06 02 08");
    send("10 04 04");
    assertThat(answer()).isEqualTo("12");
    printer.coverOpen(false);

    assertThat(printed("42 0A")).containsExactly(new Printed.Line("B", false, false, false));
  }

  @Test
  void aCommandMayComeInPieces() {
    send("1B");
    send("45");
    assertThat(printed("01 41 0A")).containsExactly(new Printed.Line("A", true, false, false));
  }

  @Test
  void unknownCommandsAreCounted() {
    printed("1B 7F 1D 7F");

    assertThat(printer.unknownCommands()).isEqualTo(2);
  }
}
