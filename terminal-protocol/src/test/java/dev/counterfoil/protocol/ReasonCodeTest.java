package dev.counterfoil.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonCodeTest {

  private static final Path PAGE = Path.of(System.getProperty("counterfoil.root", ".."))
      .resolve("docs/PROTOCOL.md");

  @ParameterizedTest
  @EnumSource
  void theProtocolPageExplainsEveryCode(ReasonCode code) throws IOException {
    assertThat(Files.readString(PAGE)).contains("| " + code + " | " + code.meaning() + " |");
  }
}
