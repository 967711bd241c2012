package dev.counterfoil.terminal.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.EnrolReply;
import dev.counterfoil.proto.v1.Genesis;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.crypto.StrictVerifier;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.secret.BoardSeal;
import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.secret.KeyFolder;
import dev.counterfoil.terminal.uplink.TestAuthority;
import dev.counterfoil.terminal.uplink.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolmentTest {

  @TempDir
  Path data;

  private KeyFolder keys() {
    return new KeyFolder(data.resolve("keys"), new BoardSeal("board-1", new SecureRandom()));
  }

  private Enrolment enrolment() {
    var place = new Enrolment.Place(data, data.resolve("journal.db"), data.resolve("journal.mirror"));
    return new Enrolment(place, keys(), new SecureRandom(), InstantSource.system());
  }

  private Identity enrol(TestEnrolmentServer server, boolean again) throws Exception {
    return enrolment().enrol(server.address(), server.code(), "board-1", "test", again);
  }

  @Test
  void anEnrolledBoardHasItsIdentityItsKeysAndOneRecord() throws Exception {
    try (var server = new TestEnrolmentServer()) {
      var enrolled = enrol(server, false);
      assertThat(enrolled.confirmationPending()).isFalse();
      Identity stored = new IdentityFile(data).read();
      assertThat(stored).usingRecursiveComparison().withEqualsForType(Signed::equals, Signed.class)
          .isEqualTo(enrolled);
      assertThat(stored.terminal()).isEqualTo(TestEnrolmentServer.TERMINAL);
      assertThat(stored.name()).isEqualTo("canteen-1");
      assertThat(keys().load(KeyFolder.CARD_KEY)).isEqualTo(TestEnrolmentServer.CARD_KEY);
      assertThat(
          TlsIdentity.context(keys().load(KeyFolder.TLS_KEY), stored.certificate(), stored.authority()))
          .isNotNull();
      assertThat(stored.trust(new StrictVerifier()).terminal()).isEqualTo(TestEnrolmentServer.TERMINAL);
      assertThat(genesis().getBoardSerial()).isEqualTo("board-1");
    }
  }

  private Genesis genesis() throws Exception {
    try (var journal = SqliteJournal.open(data.resolve("journal.db"))) {
      var records = journal.records(1, 10, 100_000);
      assertThat(records).hasSize(1);
      assertThat(records.getFirst().kind()).contains(RecordKind.GENESIS);
      assertThat(journal.state().epoch().id().number()).isEqualTo(1);
      return Genesis.parseFrom(records.getFirst().body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ENROL_CODE_UNKNOWN", "ENROL_CODE_EXPIRED", "ENROL_CODE_USED", "ENROL_RATE_LIMITED",
      "ENROL_BAD_KEY"})
  void aRefusalOfTheServerIsToldByItsCodeAndNothingIsStored(String problem) throws Exception {
    refused(problem, _ -> EnrolReply.newBuilder().setProblem(problem).build());
  }

  @Test
  void whateverTheServerWritesIntoARefusalIsNotPassedOn() throws Exception {
    refused("ENROL_REFUSED", _ -> EnrolReply.newBuilder().setProblem("\u001b[2J rm -rf").build());
  }

  @Test
  void anAnswerThatDoesNotHoldTogetherIsRefused() throws Exception {
    try (var other = new TestEnrolmentServer()) {
      refused("BAD_REPLY",
          reply -> reply.toBuilder().setCertificate(other.certificateForAnotherKey()).build());
    }
    refused("BAD_REPLY",
        reply -> reply.toBuilder().setAckKeyCertificate(ByteString.copyFrom(new byte[64])).build());
    refused("BAD_REPLY", reply -> reply.toBuilder().clearCardKey().build());
    refused("BAD_REPLY", reply -> reply.toBuilder().clearEpochOffer().build());
    refused("BAD_REPLY", reply -> reply.toBuilder().setTerminalId(ByteString.copyFrom(new byte[16])).build());
    refused("WRONG_CA", reply -> reply.toBuilder().setCaCertificate(reply.getCertificate()).build());
  }

  private void refused(String code, UnaryOperator<EnrolReply> change) throws Exception {
    try (var server = new TestEnrolmentServer().answering(change)) {
      refuses(code, server, server);
    }
    assertNothingStored();
  }

  @Test
  void aServerOfAnotherAuthorityIsToldNothing() throws Exception {
    try (var printed = new TestEnrolmentServer(); var found = new TestEnrolmentServer()) {
      refuses(EnrolmentException.WRONG_CA, found, printed);
      assertThat(found.requests).isEmpty();
    }
    assertNothingStored();
  }

  @Test
  void anotherTerminalCannotPoseAsTheServer() throws Exception {
    try (var server = new TestEnrolmentServer(new TestAuthority("enrolling"), true)) {
      refuses(EnrolmentException.SERVER_UNREACHABLE, server, server);
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void aServerThatIsNotThereIsToldWithItsAddress() throws Exception {
    var server = new TestEnrolmentServer();
    server.close();
    assertThatExceptionOfType(EnrolmentException.class).isThrownBy(() -> enrol(server, false))
        .withMessageContaining(server.address().toString())
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(EnrolmentException.SERVER_UNREACHABLE));
  }

  @Test
  void thatASecondOperatorMustConfirmIsKeptWithTheIdentity() throws Exception {
    try (var server = new TestEnrolmentServer()
        .answering(reply -> reply.toBuilder().setConfirmationPending(true).build())) {
      assertThat(enrol(server, false).confirmationPending()).isTrue();
    }
    assertThat(new IdentityFile(data).read().confirmationPending()).isTrue();
  }

  @Test
  void anEnrolledTerminalIsEnrolledAgainOnlyOnRequestAndKeepsItsOldJournal() throws Exception {
    try (var server = new TestEnrolmentServer()) {
      enrol(server, false);
      refuses(EnrolmentException.ALREADY_ENROLLED, server, server);
      server
          .answering(reply -> reply.toBuilder().setFirstSeq(8).setMarkHash(ByteString.copyFrom(new byte[32]))
              .setMarkTurnover(700).setOldEpochNo(1).build());
      enrol(server, true);
    }
    assertThat(data.resolve("journal.db.before-1")).exists();
    try (var journal = SqliteJournal.open(data.resolve("journal.db"))) {
      assertThat(journal.state().head().seq()).isEqualTo(8);
      assertThat(journal.state().head().turnover()).isEqualTo(700);
      assertThat(Genesis.parseFrom(journal.record(8).orElseThrow().body()).getServerMarkSeq()).isEqualTo(7);
    }
  }

  @Test
  void aRunningTerminalIsNotEnrolledUnderItsFeet() throws Exception {
    try (var server = new TestEnrolmentServer()) {
      enrol(server, false);
      try (var running = SqliteJournal.open(data.resolve("journal.db"))) {
        assertThatExceptionOfType(EnrolmentException.class).isThrownBy(() -> enrol(server, true))
            .satisfies(fault -> assertThat(fault.code()).isEqualTo(EnrolmentException.TERMINAL_LOCKED));
        assertThat(running.state().head().seq()).isEqualTo(1);
      }
      assertThat(server.requests).as("the second code was not used up").hasSize(1);
    }
  }

  @Test
  void anIdentityThatCannotBeReadIsToldWithItsFile() throws Exception {
    Files.writeString(data.resolve("identity"), "format=1\nterminal=zz\n");
    assertThatExceptionOfType(EnrolmentException.class).isThrownBy(() -> new IdentityFile(data).read())
        .withMessageContaining("identity");
  }

  private void refuses(String code, TestEnrolmentServer server, TestEnrolmentServer printed) {
    assertThatExceptionOfType(EnrolmentException.class)
        .isThrownBy(() -> enrolment().enrol(server.address(), printed.code(), "board-1", "test", false))
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(code));
  }

  private void assertNothingStored() throws IOException, KeyFaultException {
    try (var files = Files.list(data)) {
      assertThat(files).isEmpty();
    }
  }
}
