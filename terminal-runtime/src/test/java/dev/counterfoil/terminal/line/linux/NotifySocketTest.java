package dev.counterfoil.terminal.line.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.terminal.line.ServiceNotices;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifySocketTest {

  private static final long PROCESS = 4_711;
  @TempDir
  Path folder;

  @Test
  void addressesAreThoseOfTheKernel() {
    assertThat(NotifySocket.address("/run/x")).isEqualTo("\1\0/run/x\0".getBytes(StandardCharsets.UTF_8));
    assertThat(NotifySocket.address("@name")).isEqualTo("\1\0\0name".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "@abstract"})
  void noticesReachARealSocketOneDatagramEach(String kind) {
    var name = kind.equals("path") ? folder.resolve("notify").toString()
        : "@counterfoil-" + folder.getFileName();
    try (var listener = new DatagramListener(NotifySocket.address(name))) {
      var notices = of(Map.of("NOTIFY_SOCKET", name));

      notices.say("READY=1");
      notices.say("STATUS=等待");

      assertThat(listener.next()).isEqualTo("READY=1");
      assertThat(listener.next()).isEqualTo("STATUS=等待");
    }
  }

  @Test
  void aManagerThatIsGoneIsNoFaultOfTheTerminal() {
    of(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString())).say("READY=1");
    assertThat(of(Map.of())).isSameAs(ServiceNotices.NOBODY);
    assertThat(of(Map.of("NOTIFY_SOCKET", "relative"))).isSameAs(ServiceNotices.NOBODY);
    assertThat(of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107)))).isSameAs(ServiceNotices.NOBODY);
  }

  /// WATCHDOG_PID names the process that is meant, if it names one.
  @ParameterizedTest
  @CsvSource({"30000000, '', 30000", "30000000, 4711, 30000", "30000000, 1, 0", "'', '', 0", "soon, '', 0"})
  void theManagersTimeIsForThisProcessOnly(String micros, String process, long millis) {
    assertThat(of(Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", micros, "WATCHDOG_PID", process))
        .watchdogMillis()).isEqualTo(millis);
  }

  private static ServiceNotices of(Map<String, String> environment) {
    return NotifySocket.of(Kernel.system(), environment, PROCESS);
  }
}
