package dev.counterfoil.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The example that installers copy must say what really holds.
class ExampleConfigTest {

  @Test
  void theExampleStatesTheDefaults() throws Exception {
    assertThat(TerminalConfigFile.parse(Path.of("terminal.example.toml"), example()))
        .isEqualTo(TerminalConfigFile.defaults());
  }

  @Test
  void everyCommentedKeyIsAKeyThatMayBeSet() throws Exception {
    String all = example().replaceAll("(?m)^# (?=[a-z-]+ = |\\[\\[)", "").replace("mode = \"keyed\"",
        "mode = \"products\"");

    var config = TerminalConfigFile.parse(Path.of("terminal.toml"), all);

    assertThat(config.ownCaps().maxCount()).isEqualTo(500);
    assertThat(config.ownCaps().perTapMinor()).isEqualTo(5_000);
  }

  private static String example() throws IOException {
    try (InputStream in = Objects
        .requireNonNull(TerminalConfigFile.class.getResourceAsStream("terminal.example.toml"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
