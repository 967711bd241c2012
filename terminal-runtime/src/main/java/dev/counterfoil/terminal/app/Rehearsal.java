package dev.counterfoil.terminal.app;

import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.CertificateRequests;
import dev.counterfoil.protocol.crypto.Ed25519Signer;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.enrolment.Identity;
import dev.counterfoil.terminal.enrolment.IdentityFile;
import dev.counterfoil.terminal.enrolment.ServerAddress;
import dev.counterfoil.terminal.journal.EpochHeld;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.line.MonotonicClock;
import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.secret.KeyFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// `counterfoil terminal rehearse`: one start of the whole program, from which the JVM learns what a start loads (ADR 0037).
/// Everything of a real start is there but the board, the server and an enrolment: keys, journal and identity are made in a
/// folder that is deleted again, and every device is looked for where none can be, so that a terminal which sells beside it
/// is not disturbed.
final class Rehearsal {

  private static final String SERIAL = "rehearsal";
  /// Nothing of them is secret: their private keys were thrown away, and nobody is greeted with them.
  private static final String CERTIFICATE = "rehearsal.crt";
  private static final String AUTHORITY = "rehearsal-authority.crt";
  /// Until devices were looked for, the server was called and the keeper of life signs has looked once.
  private static final long LASTS_MILLIS = 2_000;

  private static final String CONFIG = """
      [server]
      host = "127.0.0.1"
      port = 1
      [reader]
      port = "%1$s/no-reader"
      [display]
      bus = 99
      [board]
      gpio-chip = "%1$s/no-chip"
      """;

  private Rehearsal() {}

  /// Blocks for some seconds.
  ///
  /// @return 0
  static int run() throws StartException, InterruptedException {
    try {
      Path data = Files.createTempDirectory("counterfoil-rehearsal");
      try {
        furnish(data, new SecureRandom());
        start(data);
      } finally {
        delete(data);
      }
    } catch (IOException e) {
      throw new StartException("REHEARSAL_FAILED", e.toString(), e);
    }
    return 0;
  }

  private static void start(Path data) throws StartException, InterruptedException {
    var clock = MonotonicClock.system();
    var arguments = Arguments.parse(List.of("--data", data.toString(), "--board-serial", SERIAL),
        Terminal.OPTIONS, Terminal.FLAGS);
    try (var terminal = RunningTerminal.open(Terminal.parts(arguments), new SecureRandom(),
        InstantSource.system(), clock, detail -> System.out.println("REHEARSED " + detail))) {
      var end = Thread.ofVirtual().name("end").start(() -> {
        try {
          clock.await(LASTS_MILLIS);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
        terminal.stop();
      });
      terminal.run();
      end.join();
    }
  }

  private static void furnish(Path data, SecureRandom random) throws IOException, StartException {
    Files.writeString(data.resolve("terminal.toml"), CONFIG.formatted(data));
    byte[] seed = Ed25519Signer.newSeed(random);
    var keys = Terminal.keys(data, SERIAL);
    try {
      keys.keep(KeyFolder.RECORD_KEY, seed);
      keys.keep(KeyFolder.TLS_KEY, CertificateRequests.newTlsKeyPair(random).getPrivate().getEncoded());
      keys.keep(KeyFolder.CARD_KEY, new byte[CardToken.LENGTH]);
    } catch (KeyFaultException e) {
      throw new StartException(e.code().name(), String.valueOf(e.getMessage()), e);
    }
    byte[] certificate = resource(CERTIFICATE);
    var id = new TerminalId(random.nextLong(), random.nextLong());
    var identity = new Identity(id, SERIAL, 1, "CNY", new ServerAddress("127.0.0.1", 1), certificate,
        resource(AUTHORITY), new Ed25519Signer(seed).key(), 1,
        ChainPosition.beforeGenesis(Sha256.hash(certificate)), epoch(), false);
    new IdentityFile(data).write(identity);
    SqliteJournal.create(data.resolve("journal.db"), identity.origin(), identity.epoch());
  }

  private static EpochHeld epoch() {
    var first = new EpochId(1, 1);
    var offer = EpochOffer.newBuilder().setEpoch(Wire.epoch(first)).build();
    return new EpochHeld(first, Signed.newBuilder().setPayload(offer.toByteString()).build());
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Rehearsal.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
