package dev.counterfoil.terminal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.SimTerminalHardware;
import dev.counterfoil.sim.device.board.BoardProtocol;
import dev.counterfoil.terminal.health.DeviceSetup;
import dev.counterfoil.terminal.health.Doctor;
import dev.counterfoil.terminal.health.Finding;
import dev.counterfoil.terminal.line.linux.Kernel;
import dev.counterfoil.terminal.line.linux.NotifySocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Map;

/// Run by a Java for arm64, as a program: everything of the terminal that calls native code, on a line of its own each.
final class ArmChecks {

  private ArmChecks() {}

  /// @param words an empty folder
  public static void main(String[] words) throws Exception {
    assertThat(System.getProperty("os.arch")).isEqualTo("aarch64");
    kernel();
    sqlite(Path.of(words[0]));
    devices(Path.of(words[0]));
    System.exit(0);
  }

  /// Calls with open ends pass their arguments otherwise on some machines.
  private static void kernel() {
    var kernel = Kernel.system();
    int call = kernel.wakeUpCall();
    var ready = new boolean[1];
    assertThat(kernel.poll(new int[] {call}, ready, 0)).isZero();
    assertThat(kernel.write(call, new byte[] {1, 0, 0, 0, 0, 0, 0, 0})).isEqualTo(8);
    assertThat(kernel.poll(new int[] {call}, ready, 1_000)).isOne();
    assertThat(ready).containsExactly(true);
    assertThat(kernel.ioctl(call, 0x8044B401L, Kernel.Memory.of(new byte[68]))).isNegative();
    assertThat(kernel.open("/dev/nothing", Kernel.Access.BOTH)).isEqualTo(-2);
    assertThat(kernel.close(call)).isZero();
    NotifySocket.of(kernel, Map.of("NOTIFY_SOCKET", "@nobody"), 1).say("READY=1");
    System.out.println("PASS calls into the kernel");
  }

  private static void sqlite(Path folder) throws Exception {
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
        var statement = database.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("CREATE TABLE t (a INTEGER)");
      statement.execute("INSERT INTO t VALUES (42)");
      try (var row = statement.executeQuery("SELECT a FROM t")) {
        assertThat(row.getLong(1)).isEqualTo(42);
      }
    }
    System.out.println("PASS SQLite");
  }

  /// The doctor's whole round: the reader by jSSC over a pseudo-terminal, the board by Pi4J over its socket.
  private static void devices(Path folder) throws Exception {
    try (var hardware = SimTerminalHardware.in(folder).open()) {
      System.setProperty(BoardProtocol.SOCKET_PROPERTY, hardware.socketPath().toString());
      var lines = new ArrayList<Finding>();
      var report = Doctor
          .forThisMachine(DeviceSetup.defaults(hardware.readerPath().toString()), lines::add).examine();
      lines.forEach(finding -> System.out.println(finding.line()));
      // Driver and model are both emulated, so the answer to a look may come too late; its bytes came by jSSC all the same.
      assertThat(report.findings()).filteredOn(finding -> !finding.code().equals("READER_SILENT"))
          .allMatch(Finding::passed, "passes").hasSizeGreaterThan(8)
          .anyMatch(finding -> finding.detail().equals("PN532 with firmware 1.6"));
      assertThat(hardware.glass().getFirst()).startsWith("Counterfoil doct");
    }
    System.out.println("PASS devices");
  }
}
