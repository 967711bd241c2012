package dev.counterfoil.sim.device.board;

/// Uses lines as a terminal would, without a socket between.
public final class TerminalSide {
  private TerminalSide() {}

  public static void inputPulledUp(GpioLine line) {
    line.useAsInput(GpioLine.Drive.HIGH);
  }

  public static void inputFloating(GpioLine line) {
    line.useAsInput(GpioLine.Drive.FLOAT);
  }

  public static void output(GpioLine line, boolean high) {
    line.write(high);
    line.useAsOutput();
  }
}
