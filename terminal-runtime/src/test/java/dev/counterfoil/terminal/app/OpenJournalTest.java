package dev.counterfoil.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.id.BootId;
import dev.counterfoil.terminal.enrolment.Enrolment;
import dev.counterfoil.terminal.enrolment.Identity;
import dev.counterfoil.terminal.enrolment.TestEnrolmentServer;
import dev.counterfoil.terminal.journal.Refusal;
import dev.counterfoil.terminal.secret.RotatingKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenJournalTest {

  private static final int HEADER_PAGE = 4_096;

  @TempDir
  Path data;

  @Test
  void aSoundJournalIsReadyToSell() throws Exception {
    var identity = enrolled();
    try (var opened = open(identity)) {
      assertThat(opened.started().refusal()).isEmpty();
      assertThat(opened.state().head().seq()).isEqualTo(1);
    }
    assertThat(data.resolve("journal.db.corrupt-1")).doesNotExist();
  }

  @Test
  void aFileThatIsNoDatabaseAnyMoreIsMovedAsideAndSalesWaitForTheServer() throws Exception {
    var identity = enrolled();
    byte[] bytes = Files.readAllBytes(journal());
    Arrays.fill(bytes, HEADER_PAGE, bytes.length, (byte) 0xA5);
    Files.write(journal(), bytes);
    salesWait(identity);
  }

  @Test
  void aRecordThatWasChangedInTheFileIsFoundAndSalesWaitForTheServer() throws Exception {
    var identity = enrolled();
    String latin = new String(Files.readAllBytes(journal()), StandardCharsets.ISO_8859_1);
    assertThat(latin).contains("board-1");
    Files.write(journal(), latin.replace("board-1", "board-9").getBytes(StandardCharsets.ISO_8859_1));
    salesWait(identity);
  }

  private void salesWait(Identity identity) throws Exception {
    byte[] damaged = Files.readAllBytes(journal());
    try (var opened = open(identity)) {
      assertThat(opened.started().refusal()).hasValueSatisfying(
          refusal -> assertThat(refusal).isIn(Refusal.MIRROR_AHEAD, Refusal.ROLLED_BACK));
    }
    assertThat(Files.readAllBytes(data.resolve("journal.db.corrupt-1"))).as("the damaged file is kept")
        .hasSameSizeAs(damaged);
  }

  private Path journal() {
    return data.resolve("journal.db");
  }

  private OpenJournal open(Identity identity) throws Exception {
    var keys = RotatingKeys.open(Terminal.keys(data, "board-1"),
        () -> Ed25519Signer.newSeed(new SecureRandom()));
    return OpenJournal.open(OpenJournal.Place.of(data, TerminalConfigFile.defaults().journal()), identity,
        keys,
        new StrictVerifier(), new BootId(1, 2), "test");
  }

  private Identity enrolled() throws Exception {
    try (var server = new TestEnrolmentServer()) {
      var place = new Enrolment.Place(data, journal(), data.resolve("journal.mirror"));
      return new Enrolment(place, Terminal.keys(data, "board-1"), new SecureRandom(), InstantSource.system())
          .enrol(server.address(), server.code(), "board-1", "test", false);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
