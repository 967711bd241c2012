package dev.counterfoil.settlement.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.engine.TerminalLine;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardNumberTest {

  private static final String FIRST = "04A1B2C3D4E5F6";
  private static final String SECOND = "04F6E5D4C3B2A1";

  @TempDir
  Path folder;

  @Test
  @Requirement({"CRD-10"})
  void aCardsOwnNumberIsInNoFileOfTheServer() throws IOException {
    try (var server = TestServer.at(folder); var reads = server.store.openReader()) {
      var access = new CoreAccess() {
        @Override
        public <T> T call(Function<SettlementCore, T> work) {
          return work.apply(server.core);
        }
      };
      var random = new SecureRandom();
      var keys = ServerKeys.openOrCreate(folder.resolve("ca"), List.of("localhost"),
          InstantSource.system().instant(), random);
      var desk = new CoreAdminDesk(access, reads, new CoreAdminDesk.Tools(keys, new StrictVerifier(),
          InstantSource.system(), random, Duration.ofMinutes(1), TestRecruitment.of(random),
          TestRecruitment.holders(random)),
          TerminalLine.NOBODY);
      Stream.of("account open --holder Li", "card issue " + FIRST + " --account 1",
          "card expire " + FIRST + " --at never", "card reissue " + FIRST + " " + SECOND,
          "card lost " + SECOND,
          "card found " + SECOND, "card list --account 1").forEach(command -> run(desk, command));

      assertThat(Files.readAllBytes(folder.resolve("server.db-wal"))).isNotEmpty();
      assertNowhere();
    }
    assertNowhere();
  }

  private static void run(CoreAdminDesk desk, String command) {
    AdminAnswer answer = AdminCommands.run(List.of((command + " --operator=root").split(" ")), desk);
    assertThat(answer.exitCode()).as(answer.text()).isZero();
    assertThat(answer.text()).doesNotContainIgnoringCase(FIRST).doesNotContainIgnoringCase(SECOND);
  }

  private void assertNowhere() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // One character a byte, so that bytes are found as text.
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (String number : Arrays.asList(FIRST, SECOND)) {
          String raw = new String(HexFormat.of().parseHex(number), StandardCharsets.ISO_8859_1);
          assertThat(content.contains(raw)).as("%s in %s", number, file).isFalse();
          assertThat(content.toUpperCase(Locale.ROOT).contains(number)).as("%s in %s", number, file)
              .isFalse();
        }
      }
    }
  }
}
