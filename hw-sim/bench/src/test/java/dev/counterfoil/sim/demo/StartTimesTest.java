package dev.counterfoil.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StartTimesTest {

  @Test
  void thePlainJvmHasTheSameClassesAndArgumentsAndNoneOfTheOptions() {
    var shipped = List.of("/jdk/bin/java", "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC",
        "-Xmx64m",
        "-XX:AOTCache=/x/terminal.aot", "-Dcounterfoil.root=/x", "-cp", "a.jar:b.jar", "app.Terminal",
        "--data",
        "/d");

    assertThat(StartTimes.plain(shipped)).containsExactly("/jdk/bin/java",
        "--enable-native-access=ALL-UNNAMED",
        "-Dcounterfoil.root=/x", "-cp", "a.jar:b.jar", "app.Terminal", "--data", "/d");
  }
}
