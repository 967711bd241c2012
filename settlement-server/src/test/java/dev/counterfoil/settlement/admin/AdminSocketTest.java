package dev.counterfoil.settlement.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSocketTest {

  @TempDir
  Path data;
  private final List<String> said = new ArrayList<>();

  @Test
  void aCommandGoesOverTheSocketAndItsAnswerComesBack() throws IOException {
    try (var _ = AdminSocket.open(data, (arguments, _) -> new AdminAnswer(2, String.join("|", arguments)))) {
      var answer = ask(List.of("card", "issue", "", "größe"));
      assertThat(answer).contains(new AdminAnswer(2, "card|issue||größe"));
    }
  }

  private Optional<AdminAnswer> ask(List<String> arguments) throws IOException {
    return AdminClient.ask(data, arguments, said::add);
  }

  @Test
  void wordsOfHowFarItIsComeBeforeTheAnswer() throws IOException {
    try (var _ = AdminSocket.open(data, (_, words) -> {
      words.accept("half of it");
      words.accept("");
      return new AdminAnswer(1, "done");
    })) {
      assertThat(ask(List.of("x"))).contains(new AdminAnswer(1, "done"));
      assertThat(said).containsExactly("half of it", "");
    }
  }

  /// The server stands elsewhere.
  @Test
  void aFileIsNamedFromWhereTheOperatorStands() {
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(heard("import", "records", "sales.csv", "--source", "pos"))
        .startsWith("import", "records", here + "/sales.csv", "--source", "pos");
    assertThat(heard("safe", "replay", "/mnt/safe")).startsWith("safe", "replay", "/mnt/safe");
    assertThat(heard("import", "records", "--no-such-option", "sales.csv")).contains("sales.csv");
  }

  private List<String> heard(String... words) {
    return List.of(AdminLine.run(data, List.of(words),
        line -> new AdminAnswer(0, String.join("|", line))).text().split("\\|"));
  }

  @Test
  void nobodyButTheOwnerMayOpenTheSocket() throws IOException {
    try (var _ = AdminSocket.open(data, (_, _) -> new AdminAnswer(0, ""))) {
      var mode = Files.getPosixFilePermissions(data.resolve(AdminSocket.NAME));
      assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    }
  }

  @Test
  void withoutAServerNobodyAnswers() throws IOException {
    assertThat(ask(List.of("site"))).isEmpty();
    AdminSocket.open(data, (_, _) -> new AdminAnswer(0, "")).close();
    assertThat(ask(List.of("site"))).isEmpty();
  }

  @Test
  void aSocketLeftBehindByAKilledServerIsNoServer() throws IOException {
    try (var channel = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      channel.bind(java.net.UnixDomainSocketAddress.of(data.resolve(AdminSocket.NAME)));
    }
    assertThat(data.resolve(AdminSocket.NAME)).exists();
    assertThat(ask(List.of("site"))).isEmpty();
    try (var _ = AdminSocket.open(data, (_, _) -> new AdminAnswer(0, "new"))) {
      assertThat(ask(List.of("site"))).contains(new AdminAnswer(0, "new"));
    }
  }

  @Test
  void tablesAlignNumbersToTheRightAndHideControlCharacters() {
    var table = new AdminTable("terminal", "name", "seq").row(1, "Canteen\u001b[2J", 7).row(12, "B", 1234);
    assertThat(table.text()).isEqualTo("""
        terminal  name          seq
               1  Canteen?[2J     7
              12  B            1234
        """);
    assertThat(table.json()).startsWith("[{\"terminal\":1,\"name\":\"Canteen").endsWith("\"seq\":1234}]\n");
    assertThat(new AdminTable("a").text()).isEqualTo("none\n");
  }
}
