package dev.counterfoil.terminal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.device.board.BoardProtocol;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PiBoardTest {

  @TempDir
  private Path folder;
  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(usual);
    System.clearProperty(BoardProtocol.SOCKET_PROPERTY);
  }

  @Test
  void withoutAnyPluginOnTheClassPathThereIsNoProvider() {
    Thread.currentThread().setContextClassLoader(new WithoutPlugins(usual));

    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(PiBoard::open)
        .satisfies(e -> assertThat(e.fault().describe()).startsWith("NO_PROVIDER").contains("plug-in"));
  }

  @Test
  void theChosenProvidersAreNamed() throws Exception {
    try (var hardware = SimTerminalHardware.in(folder).open(); var board = boardOf(hardware)) {
      assertThat(board.providers()).extracting(Board.ProviderChoice::kind)
          .containsExactly("digital output", "digital input", "i2c");
      assertThat(board.providers()).allMatch(Board.ProviderChoice::found);
    }
  }

  @Test
  void aPinTakenTwiceIsRefused() throws Exception {
    try (var hardware = SimTerminalHardware.in(folder).open(); var board = boardOf(hardware)) {
      board.output(17, false).set(true);

      assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(() -> board.output(17, false))
          .satisfies(e -> assertThat(e.fault().code()).isEqualTo(FaultCode.BOARD_REFUSED));
    }
  }

  @Test
  void outputsRestAtTheirInitialLevelWhenTheBoardIsClosed() throws Exception {
    try (var hardware = SimTerminalHardware.in(folder).open()) {
      var board = boardOf(hardware);
      board.output(SimTerminalHardware.LED_GREEN, false).set(true);
      assertThat(hardware.leds().green()).isTrue();

      board.close();

      assertThat(hardware.leds().green()).isFalse();
    }
  }

  @Test
  void aBoardThatIsNotThereIsACodedFault() {
    System.setProperty(BoardProtocol.SOCKET_PROPERTY, folder.resolve("nothing.sock").toString());

    assertThatExceptionOfType(DeviceFaultException.class).isThrownBy(() -> {
      try (var board = PiBoard.open()) {
        board.output(17, false).set(true);
      }
    }).satisfies(e -> assertThat(e.fault().code()).isEqualTo(FaultCode.BOARD_REFUSED));
  }

  private static PiBoard boardOf(SimTerminalHardware hardware) throws DeviceFaultException {
    System.setProperty(BoardProtocol.SOCKET_PROPERTY, hardware.socketPath().toString());
    return PiBoard.open();
  }

  /// A class path on which nobody has registered a Pi4J plug-in.
  private static final class WithoutPlugins extends ClassLoader {

    WithoutPlugins(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.startsWith("META-INF/services/com.pi4j") ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }
}
