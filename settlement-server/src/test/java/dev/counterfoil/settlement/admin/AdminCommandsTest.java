package dev.counterfoil.settlement.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.engine.TerminalLine;
import dev.counterfoil.settlement.store.SqliteSettlementStore;
import dev.counterfoil.settlement.store.StoreException;
import dev.counterfoil.settlement.store.StoreFault;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class AdminCommandsTest {

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(StoreFault.class)
  void aStorageThatFailsIsToldInOneLineWithItsCode(StoreFault fault) {
    AdminAnswer answer = openAccount(new StoreException(fault, "committing"));
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.text().lines()).hasSize(1).first().asString()
        .startsWith("ERROR code=" + fault.name() + " meaning=\"" + fault.meaning());
  }

  @Test
  void aServerThatIsBusyOrStopsSaysSo() {
    AdminAnswer answer = openAccount(new RefusedException("SYSTEM_BUSY", "too much to do"));
    assertThat(answer).isEqualTo(new AdminAnswer(2, "ERROR code=SYSTEM_BUSY too much to do\n"));
  }

  @Test
  void aMistakeInTheProgramIsOneLineToo() {
    AdminAnswer answer = openAccount(new IllegalStateException("a\nb"));
    assertThat(answer).isEqualTo(new AdminAnswer(2, "ERROR code=DEFECT problem=\"a b\"\n"));
  }

  @Test
  void eachGroupIsFoundUnderItsNameAlone() {
    assertThat(AdminCommands.line().getSubcommands().keySet()).hasSizeGreaterThan(24)
        .allSatisfy(name -> assertThat(AdminCommands.run(List.of(name, "--help"), null).text())
            .startsWith("Usage: counterfoil admin " + name + " "));
  }

  static Stream<String> commands() {
    return leaves("", AdminCommands.line());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anUnknownOptionIsOneLine(String command) {
    AdminAnswer answer = AdminCommands.run(words(command + " --no-such-option"), null);
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.text().lines()).hasSize(1).first().asString().startsWith("ERROR code=BAD_INPUT ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aNumberThatIsNoneIsOneLine(String command) {
    AdminAnswer answer = AdminCommands.run(words(command + " --site x"), null);
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.text().lines()).hasSize(1).first().asString().startsWith("ERROR code=BAD_INPUT ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAHelp(String command) {
    AdminAnswer answer = AdminCommands.run(words(command + " --help"), null);
    assertThat(answer.exitCode()).isZero();
    assertThat(answer.text()).startsWith("Usage: ").contains(command);
  }

  private static Stream<String> leaves(String path, CommandLine at) {
    return at.getSubcommands().isEmpty() ? Stream.of(path.strip())
        : at.getSubcommands().entrySet().stream()
            .flatMap(sub -> leaves(path + " " + sub.getKey(), sub.getValue()));
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  private AdminAnswer openAccount(RuntimeException problem) {
    var failing = new CoreAccess() {
      @Override
      public <T> T call(Function<SettlementCore, T> work) {
        throw problem;
      }
    };
    var random = new SecureRandom();
    var keys = ServerKeys.openOrCreate(folder.resolve("ca"), List.of("localhost"),
        InstantSource.system().instant(),
        random);
    var tools = new CoreAdminDesk.Tools(keys, new StrictVerifier(), InstantSource.system(), random,
        Duration.ofMinutes(1), TestRecruitment.of(random),
        TestRecruitment.holders(random));
    try (var store = SqliteSettlementStore.open(folder.resolve("server.db"));
        var reader = store.openReader()) {
      return AdminCommands.run(List.of("account", "open", "--holder", "Li"),
          new CoreAdminDesk(failing, reader, tools, TerminalLine.NOBODY));
    }
  }
}
