package dev.counterfoil.settlement.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminSocketTest {

  @TempDir
  Path data;

  @Test
  void aCommandGoesOverTheSocketAndItsAnswerComesBack() throws IOException {
    try (var _ = AdminSocket.open(data, arguments -> new AdminAnswer(2, String.join("|", arguments)))) {
      var answer = AdminClient.ask(data, List.of("card", "issue", "", "größe"));
      assertThat(answer).contains(new AdminAnswer(2, "card|issue||größe"));
    }
  }

  @Test
  void nobodyButTheOwnerMayOpenTheSocket() throws IOException {
    try (var _ = AdminSocket.open(data, _ -> new AdminAnswer(0, ""))) {
      var mode = Files.getPosixFilePermissions(data.resolve(AdminSocket.NAME));
      assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    }
  }

  @Test
  void withoutAServerNobodyAnswers() throws IOException {
    assertThat(AdminClient.ask(data, List.of("site"))).isEmpty();
    AdminSocket.open(data, _ -> new AdminAnswer(0, "")).close();
    assertThat(AdminClient.ask(data, List.of("site"))).isEmpty();
  }

  @Test
  void aSocketLeftBehindByAKilledServerIsNoServer() throws IOException {
    try (var channel = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      channel.bind(java.net.UnixDomainSocketAddress.of(data.resolve(AdminSocket.NAME)));
    }
    assertThat(data.resolve(AdminSocket.NAME)).exists();
    assertThat(AdminClient.ask(data, List.of("site"))).isEmpty();
    try (var _ = AdminSocket.open(data, _ -> new AdminAnswer(0, "new"))) {
      assertThat(AdminClient.ask(data, List.of("site"))).contains(new AdminAnswer(0, "new"));
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
