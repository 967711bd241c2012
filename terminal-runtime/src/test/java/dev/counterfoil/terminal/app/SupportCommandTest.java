package dev.counterfoil.terminal.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.terminal.enrolment.TestEnrolmentServer;
import dev.counterfoil.terminal.journal.JournalFixture;
import dev.counterfoil.terminal.journal.SqliteJournal;
import dev.counterfoil.terminal.secret.KeyFolder;
import dev.counterfoil.terminal.status.RunStatus;
import dev.counterfoil.terminal.support.SupportBundle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `status` and `support-bundle` on the folder of a terminal that is enrolled and has sold.
class SupportCommandTest {

  private static final String BOARD = "board-1";
  private static final String SERVER_TOKEN = "cf_live_8Jq2Zt5WmXc0RbL7";
  private static final String PASSWORD = "tr0ub4dor&3";
  private static final String PIN = "482913";
  private static final String QR = "CFQ1.9K2ZB7TM4XWQ0RLD";
  private static final String UID = "04a1b2c3d4e5f6";
  private static final String PCSC_KEY = "00112233445566778899aabbccddeeff";
  private static final String PERSON = "Li Xiaolong";
  private static final String IN_ENVIRONMENT = "k9Lw3Vb8Qz1Nf6Hs";

  @TempDir
  Path folder;

  private Path data;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final PrintStream outBefore = System.out;
  private final PrintStream errorsBefore = System.err;

  @BeforeEach
  void enrol() throws Exception {
    data = Files.createDirectory(folder.resolve("data"));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try (var server = new TestEnrolmentServer()) {
      assertThat(Enrol
          .run(List.of("--server", server.address().toString(), "--code=" + server.code().text(), "--data",
              data.toString(), "--board-serial", BOARD)))
          .as(said()).isZero();
    }
    try (var journal = SqliteJournal.open(data.resolve("journal.db"))) {
      var state = journal.state();
      var sales = JournalFixture.chain(state.head(), state.epoch().id(), 5);
      journal.commit(JournalFixture.unit(state.head(), sales));
    }
  }

  @AfterEach
  void restore() {
    System.setOut(outBefore);
    System.setErr(errorsBefore);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8) + errors.toString(StandardCharsets.UTF_8);
  }

  private int terminal(String... words) throws Exception {
    out.reset();
    errors.reset();
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data.toString(), "--board-serial", BOARD));
    return Terminal.run(all);
  }

  private Map<String, byte[]> bundle(String... options) throws Exception {
    Path file = folder.resolve("bundle-" + System.nanoTime() + ".zip");
    var words = new ArrayList<>(List.of("support-bundle", file.toString(), "--without-doctor"));
    words.addAll(List.of(options));
    assertThat(terminal(words.toArray(String[]::new))).as(said()).isZero();
    return entries(file);
  }

  private static Map<String, byte[]> entries(Path file) throws Exception {
    var entries = new LinkedHashMap<String, byte[]>();
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private static String text(Map<String, byte[]> entries, String name) {
    return new String(entries.get(name), StandardCharsets.UTF_8);
  }

  // --- status ---

  @Test
  void theStatusOfAStoppedTerminalSaysThatItIsStopped() throws Exception {
    assertThat(terminal("status")).isEqualTo(1);
    assertThat(said()).contains("FAIL program    TERMINAL_NOT_RUNNING").contains("head=6")
        .contains("records=6")
        .contains("unsent").endsWith("\n");
    assertThat(terminal("status", "--json")).isEqualTo(1);
    assertThat(said()).startsWith("{\"healthy\":false,").contains("\"code\":\"TERMINAL_NOT_RUNNING\"");
  }

  /// Nothing that it does gets in a running terminal's way, and nothing that a running terminal holds gets in its way.
  @Test
  void aTerminalThatRunsIsLookedAtWithoutItsLock() throws Exception {
    try (var journal = SqliteJournal.open(data.resolve("journal.db"))) {
      var state = journal.state();
      terminal("status");
      assertThat(said()).contains("OK   journal ").contains("head=6 ");
      journal.commit(
          JournalFixture.unit(state.head(), JournalFixture.chain(state.head(), state.epoch().id(), 1)));
      terminal("status");
      assertThat(said()).contains("head=7 ");
    }
    terminal("status");
    try (var journal = SqliteJournal.open(data.resolve("journal.db"))) {
      assertThat(journal.state().head().seq()).isEqualTo(7);
    }
  }

  @Test
  void whatIsMissingOrBrokenIsALineAndStopsNothing() throws Exception {
    Files.writeString(data.resolve("terminal.toml"), "[display]\nadress = 1\n");
    Files.writeString(data.resolve("journal.db"), "this is no database, and was never one".repeat(100));
    Files.delete(data.resolve("identity"));

    assertThat(terminal("status")).isEqualTo(1);
    assertThat(said()).contains("FAIL config     CONFIG_UNKNOWN_KEY").contains("FAIL terminal   NOT_ENROLLED")
        .contains("FAIL journal    JOURNAL_UNREADABLE").contains("OK   space ");
  }

  // --- bundle ---

  @Test
  void aBundleSaysWhatIsInItAndWhatIsNot() throws Exception {
    Files.writeString(data.resolve("terminal.toml"), "[terminal]\nname = \"Till 1\"\n");
    Path log = Files.writeString(folder.resolve("log"), "a level=WARN event=alert code=SYNC_FAILING\n");

    var entries = bundle("--log", log.toString());

    assertThat(entries.keySet()).containsExactly("status.txt", "status.json", "terminal.toml", "versions.txt",
        "log.txt",
        "journal.txt", "disk.txt", "manifest.json");
    String manifest = text(entries, SupportBundle.MANIFEST);
    entries.forEach((name, bytes) -> {
      if (!name.equals(SupportBundle.MANIFEST)) {
        assertThat(manifest)
            .contains("{\"name\":\"" + name + "\",\"bytes\":" + bytes.length + ",\"sha256\":\""
                + HexFormat.of().formatHex(Sha256.digest(bytes)) + "\"}");
      }
    });
    assertThat(manifest).contains("\"what\":\"doctor.txt\",\"why\":\"as asked for\"").contains("records.txt")
        .contains("\"terminal\":\"00000000000000070000000000000009\"");
    assertThat(text(entries, "terminal.toml")).contains("name = \"Till 1\"");
    assertThat(text(entries, "log.txt")).isEqualTo("a level=WARN event=alert code=SYNC_FAILING\n");
    assertThat(text(entries, "journal.txt")).contains("stored=6 from=1 to=6").contains("GENESIS 1\n")
        .contains("SALE 5\n");
    assertThat(text(entries, "versions.txt")).contains("journal_schema=3")
        .contains("java=" + Runtime.version().feature());
  }

  @Test
  void itIsForItsOwnerOnlyAndReplacesNothing() throws Exception {
    Path file = folder.resolve("once.zip");
    assertThat(terminal("support-bundle", file.toString(), "--without-doctor")).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");

    assertThat(terminal("support-bundle", file.toString(), "--without-doctor")).isEqualTo(2);
    assertThat(said()).startsWith("BUNDLE_EXISTS: ");
    assertThat(
        terminal("support-bundle", folder.resolve("no/such/folder.zip").toString(), "--without-doctor"))
        .isEqualTo(2);
    assertThat(said()).startsWith("BUNDLE_UNWRITABLE: ");
    assertThat(terminal("support-bundle")).isEqualTo(2);
    assertThat(said()).startsWith("USAGE: ");
  }

  @Test
  void recordsAreListedOnDemandWithoutWhatTheySay() throws Exception {
    var entries = bundle("--with-records");

    assertThat(text(entries, "records.txt").lines()).hasSize(6).last().asString()
        .contains("seq=6 kind=SALE at=").contains("amount=").contains("body_bytes=");
  }

  @Test
  void withoutAJournalOrALogThereIsStillABundleThatSaysSo() throws Exception {
    Files.delete(data.resolve("journal.db"));
    var entries = bundle("--log", folder.resolve("none").toString());
    assertThat(entries).doesNotContainKeys("journal.txt", "log.txt");
    assertThat(text(entries, SupportBundle.MANIFEST)).contains("JOURNAL_MISSING")
        .contains("NoSuchFileException");

    Files.writeString(data.resolve("journal.db"), "this is no database, and was never one".repeat(100));
    entries = bundle();
    assertThat(text(entries, SupportBundle.MANIFEST)).contains("JOURNAL_UNREADABLE")
        .contains("none was given");
    assertThat(text(entries, "status.txt")).contains("FAIL journal    JOURNAL_UNREADABLE");
  }

  @Test
  void theDevicesOfARunningTerminalAreLeftAlone() throws Exception {
    new RunStatus(
        Map.of("process", RunStatus.thisProcess(), "written_ms", Long.toString(System.currentTimeMillis())))
        .write(data);
    Path file = folder.resolve("running.zip");
    assertThat(terminal("support-bundle", file.toString())).isZero();

    assertThat(entries(file)).doesNotContainKey("doctor.txt");
    assertThat(text(entries(file), SupportBundle.MANIFEST)).contains("the terminal runs");
  }

  /// Secrets of every kind, planted wherever a bundle looks and where it must not look, in a process of its own for the sake of its
  /// environment.
  @Test
  void noSecretLeavesTheMachineInAnyGuise() throws Exception {
    Map<String, byte[]> secrets = planted();
    Path file = folder.resolve("canary.zip");
    var program = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
        Terminal.class.getName(),
        "support-bundle", file.toString(), "--without-doctor", "--with-records", "--log",
        folder.resolve("log").toString(), "--data", data.toString(), "--board-serial", BOARD)
        .redirectErrorStream(true);
    program.environment().put("COUNTERFOIL_LINK_TOKEN", IN_ENVIRONMENT);
    var child = program.start();
    String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(told).isZero();

    var entries = entries(file);
    assertThat(entries).containsKeys("terminal.toml", "log.txt", "records.txt");
    assertThat(text(entries, "log.txt")).contains("event=first").contains("event=last");
    secrets.forEach((what, secret) -> guises(secret).forEach((guise,
        needle) -> entries.forEach((name, bytes) -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
            .as("%s as %s in %s", what, guise, name)
            .doesNotContain(needle))));
  }

  private Map<String, byte[]> planted() throws Exception {
    var keys = Terminal.keys(data, BOARD);
    var secrets = new LinkedHashMap<String, byte[]>();
    secrets.put("device key", keys.load(KeyFolder.RECORD_KEY));
    secrets.put("TLS key", keys.load(KeyFolder.TLS_KEY));
    secrets.put("card key", keys.load(KeyFolder.CARD_KEY));
    secrets.put("card token", JournalFixture.CARD.bytes());
    var blocked = CardToken.derive(1, new byte[16], HexFormat.of().parseHex(UID));
    secrets.put("token of a blocked card", blocked.bytes());
    try (var journal = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
        var row = journal.prepareStatement("INSERT INTO denied (token, version) VALUES (?, 1)")) {
      row.setBytes(1, blocked.bytes());
      row.executeUpdate();
    }
    secrets.put("server token", utf8(SERVER_TOKEN));
    secrets.put("UID", HexFormat.of().parseHex(UID));
    secrets.put("password", utf8(PASSWORD));
    secrets.put("PIN", utf8(PIN));
    secrets.put("QR payload", utf8(QR));
    secrets.put("key of the PC/SC cards", HexFormat.of().parseHex(PCSC_KEY));
    secrets.put("person", utf8(PERSON));
    secrets.put("environment", utf8(IN_ENVIRONMENT));
    secrets.put("board serial", utf8(BOARD));
    Files.writeString(data.resolve("cards.keys"), "key " + PCSC_KEY + "\n");
    Files.setPosixFilePermissions(data.resolve("cards.keys"), PosixFilePermissions.fromString("rw-------"));
    Files.writeString(data.resolve("terminal.toml"), """
        # password: %s, typed by "%s"
        [server]
        host = "root:%s@pay.example.org"
        token = "%s"
        pin = "%s"
        [card]
        key-file = "cards.keys"
        """.formatted(PASSWORD, "somebody", PASSWORD, SERVER_TOKEN, PIN));
    var log = new StringBuilder(
        "event=first password=" + PASSWORD + " pin=" + PIN + " holder=\"" + PERSON + "\" qr=" + QR
            + " token=" + SERVER_TOKEN + " uid=" + UID + "\nPIN " + PIN + " and the password is " + PASSWORD
            + "\n");
    secrets.forEach((what, secret) -> {
      boolean short_ = what.equals("PIN") || what.equals("person") || what.equals("board serial");
      if (!short_) {
        guises(secret).values()
            .forEach(guise -> log.append("event=x detail ").append(guise).append(" end\n"));
      }
    });
    Files.writeString(folder.resolve("log"), log.append("event=last\n"), StandardCharsets.UTF_8);
    return secrets;
  }

  private static Map<String, String> guises(byte[] secret) {
    var guises = new LinkedHashMap<String, String>();
    guises.put("itself", new String(secret, StandardCharsets.ISO_8859_1).replace('\n', ' '));
    guises.put("hex", HexFormat.of().formatHex(secret));
    guises.put("HEX", HexFormat.of().withUpperCase().formatHex(secret));
    guises.put("Base64", Base64.getEncoder().withoutPadding().encodeToString(secret));
    guises.put("Base64 for addresses", Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    return guises;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
