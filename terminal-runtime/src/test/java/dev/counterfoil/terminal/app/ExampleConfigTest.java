package dev.counterfoil.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The example that installers copy must say what really holds.
class ExampleConfigTest {

  @Test
  void theExampleStatesTheDefaults() throws Exception {
    assertThat(TerminalConfigFile.parse(Path.of("terminal.example.toml"), example()))
        .isEqualTo(TerminalConfigFile.defaults());
  }

  @Test
  void everyCommentedKeyIsAKeyThatMayBeSet() throws Exception {
    String all = example().replaceAll("(?m)^# (?=[a-z-]+ = |\\[)", "").replace("mode = \"keyed\"",
        "mode = \"products\"");

    var config = TerminalConfigFile.parse(Path.of("terminal.toml"), all);

    assertThat(config.ownCaps().maxCount()).isEqualTo(500);
    assertThat(config.ownCaps().perTapMinor()).isEqualTo(5_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i2c", "spi"})
  void theKeysOfTheReadersOtherBusesMayBeSetInPlaceOfTheSerialOnes(String bus) throws Exception {
    String before = "# with bus = \"" + bus + "\"";
    var keys = example().substring(example().indexOf(before)).lines().skip(1)
        .takeWhile(line -> line.startsWith("#   ")).map(line -> line.substring(1)).toList();

    var config = TerminalConfigFile.parse(Path.of("terminal.toml"),
        "[reader]\nbus = \"" + bus + "\"\n" + String.join("\n", keys));

    assertThat(keys).hasSizeGreaterThan(1);
    assertThat(config.reader().orElseThrow().place().name()).startsWith(bus);
  }

  private static String example() throws IOException {
    try (InputStream in = Objects
        .requireNonNull(TerminalConfigFile.class.getResourceAsStream("terminal.example.toml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
