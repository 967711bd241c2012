package dev.counterfoil.settlement.app;

import dev.counterfoil.protocol.link.LinkLimits;
import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.settlement.engine.EngineSettings;
import dev.counterfoil.settlement.imports.ImportLimits;
import dev.counterfoil.settlement.ledger.AccountRules;
import dev.counterfoil.settlement.ledger.CardClasses;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.ledger.MoveLimits;
import dev.counterfoil.settlement.ledger.NewAccounts;
import dev.counterfoil.settlement.ledger.PredebitRules;
import dev.counterfoil.settlement.ledger.RefundRules;
import dev.counterfoil.settlement.limit.OpeningHours;
import dev.counterfoil.settlement.limit.PurchaseLimits;
import dev.counterfoil.settlement.limit.RechargeLimits;
import dev.counterfoil.settlement.operator.SignInRules;
import dev.counterfoil.settlement.password.PasswordRules;
import dev.counterfoil.settlement.limit.RechargeTerms;
import dev.counterfoil.settlement.store.PostgresAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/// Reads `server.toml`. The one list of all settings with their defaults and allowed values.
public final class ServerConfigReader {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final long LARGEST_AMOUNT = 1_000_000_000_000L;
  private static final int NOT_SAID = Integer.MIN_VALUE;
  private static final int MOST_COUNT = 1_000_000;
  private static final Pattern TERMINAL = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z_-]{0,20}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
  private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?");
  private static final String A_PATH = "the path of a folder";
  private static final String A_FILE = "the path of a file";

  private final SettingsTable table;

  private ServerConfigReader(SettingsTable table) {
    this.table = table;
  }

  /// @throws StartupException `CONFIG_UNREADABLE`, `CONFIG_SYNTAX`, `CONFIG_VALUE`, `CONFIG_UNKNOWN_KEY`
  public static ServerConfig read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new StartupException("CONFIG_UNREADABLE", "file=" + file + " reason=no such file", e);
    } catch (CharacterCodingException e) {
      throw new StartupException("CONFIG_UNREADABLE", "file=" + file + " reason=not a text in UTF-8", e);
    } catch (IOException e) {
      throw new StartupException("CONFIG_UNREADABLE", "file=" + file + " reason=" + e.getMessage(), e);
    }
  }

  /// The settings of an installation without a file.
  public static ServerConfig defaults() {
    return parse("defaults", "");
  }

  static ServerConfig parse(String file, String text) {
    TomlParseResult toml = Toml.parse(text);
    if (toml.hasErrors()) {
      var first = toml.errors().getFirst();
      throw new StartupException("CONFIG_SYNTAX",
          "file=" + file + " line=" + first.position().line() + " found="
              + String.valueOf(first.getMessage()).lines().findFirst().orElse(""));
    }
    var table = new SettingsTable(file, toml);
    ServerConfig config = new ServerConfigReader(table).config();
    table.refuseUnknownKeys();
    return config;
  }

  /// Every key that a file may have.
  static SortedSet<String> keys() {
    var table = new SettingsTable("keys", Toml.parse(""));
    new ServerConfigReader(table).config();
    return table.known();
  }

  private ServerConfig config() {
    return new ServerConfig(
        Path.of(table.text("data", "counterfoil-data", ServerConfigReader::isPath, A_PATH)), link(), http(),
        safe(), limits(),
        core(), site(), enrolment(), engine(), names(), db(), new GatewayConfigReader(table).read(),
        imports());
  }

  private ServerConfig.Listen link() {
    return new ServerConfig.Listen(
        table.text("link.address", "0.0.0.0", ServerConfigReader::isAddressOrName,
            "an IP address or a host name"),
        table.integer("link.port", 7443, 0, 65_535));
  }

  private ServerConfig.Http http() {
    var listen = new ServerConfig.Listen(
        table.text("http.address", "127.0.0.1", ServerConfigReader::isAddressOrName,
            "an IP address or a host name"),
        table.integer("http.port", 7480, 0, 65_535));
    return new ServerConfig.Http(listen, tls(), table.flag("http.behind-proxy", false));
  }

  private ServerConfig.Tls tls() {
    String certificate = table.text("http.certificate", "", text -> text.isEmpty() || isPath(text), A_FILE);
    String key = table.text("http.key", "", text -> text.isEmpty() || isPath(text), A_FILE);
    return switch (table.text("http.tls", "none", List.of("none", "own", "files")::contains,
        "none | own | files")) {
      case "own" -> new ServerConfig.Tls.OwnAuthority();
      case "files" -> new ServerConfig.Tls.Files(Path.of(certificate), Path.of(key));
      default -> new ServerConfig.Tls.None();
    };
  }

  private ServerConfig.Safe safe() {
    return new ServerConfig.Safe(safePath(),
        table.flag("safe.allow-same-device", false));
  }

  private Optional<Path> safePath() {
    return path("safe.path", A_PATH);
  }

  private Optional<Path> path(String key, String allowed) {
    String path = table.text(key, "", text -> text.isEmpty() || isPath(text), allowed);
    return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
  }

  private ServerConfig.Database db() {
    String url = table.text("db.url", "");
    return new ServerConfig.Database(
        url.isEmpty() ? Optional.empty() : Optional.of(address("key=db.url", url)),
        path("db.password-file", "the path of a file"));
  }

  /// @param where the setting or option, for the message; what was found stays untold, there may be a password in it
  /// @throws StartupException `CONFIG_VALUE`
  static PostgresAddress address(String where, String url) {
    String allowed = " allowed=postgresql://USER@HOST[:PORT]/DATABASE";
    try {
      return PostgresAddress.parse(url)
          .orElseThrow(() -> new StartupException("CONFIG_VALUE", where + allowed));
    } catch (IllegalArgumentException e) {
      throw new StartupException("CONFIG_VALUE", where + allowed + " meaning=\"" + e.getMessage() + "\"", e);
    }
  }

  private ServerConfig.LinkSettings limits() {
    return new ServerConfig.LinkSettings(protocolLimits(),
        table.integer("limits.unauthenticated-total", 4000, 1, 1_000_000),
        table.integer("limits.connections-per-certificate", 2, 1, 2),
        table.integer("limits.outbound-bytes", 4 << 20, 64 * 1024, 64 << 20));
  }

  /// The link's own defaults, which may only be tightened where the other end relies on them.
  private LinkLimits protocolLimits() {
    LinkLimits known = LinkLimits.DEFAULT;
    return new LinkLimits(
        table.integer("limits.frame-bytes", known.maxFrameBytes(), 512 * 1024, known.maxFrameBytes()),
        table.integer("limits.batch-records", known.maxBatchRecords(), 1, known.maxBatchRecords()),
        table.integer("limits.batch-bytes", known.maxBatchBytes(), 32 * 1024, known.maxBatchBytes()),
        table.integer("limits.nesting", known.maxNesting(), 4, known.maxNesting()),
        table.duration("limits.handshake", known.handshake(), Duration.ofMillis(100),
            SECOND.multipliedBy(60)),
        table.duration("limits.first-byte", known.firstByte(), Duration.ofMillis(100),
            SECOND.multipliedBy(60)),
        table.integer("limits.bytes-per-second", known.minBytesPerSecond(), 1, 1_000_000),
        table.duration("limits.idle", known.idle(), Duration.ofMillis(200), SECOND.multipliedBy(3600)),
        table.integer("limits.unauthenticated-per-address", known.unauthenticatedPerAddress(), 1, 100_000),
        table.integer("limits.window", known.windowBatches(), 1, 64), known.ping());
  }

  private CoreSettings core() {
    CoreSettings known = CoreSettings.DEFAULT;
    return new CoreSettings(table.duration("holds.counter", known.holdAtCounter(), SECOND, DAY),
        table.duration("holds.cabinet", known.holdAtCabinet(), SECOND, DAY),
        amount("purchase.per-tap-minor", known.perTapMinor()),
        amount("purchase.per-day-minor", known.perDayMinor()),
        recharges(),
        table.duration("epoch.life", known.epochLife(), SECOND.multipliedBy(60), DAY.multipliedBy(30)),
        allowance(),
        table.integer("limits.window", known.windowBatches(), 1, 64), table.flag("enrolment.confirm", true),
        dayOffset().orElse(Duration.ZERO), false, moves(),
        accounts(), purchases(), passwords(), refunds(), predebits(),
        table.integer("orders.most-open", known.mostOrders(), 1, 50), signIn());
  }

  private SignInRules signIn() {
    SignInRules known = SignInRules.DEFAULT;
    return new SignInRules(table.integer("operator.wrong-attempts", known.tries(), 1, 100),
        table.duration("operator.lockout", known.lock(), SECOND, DAY),
        table.integer("operator.password-min-length", known.minLength(), 8, SignInRules.MOST_LENGTH),
        table.integer("operator.password-kinds", known.kinds(), 1, 4),
        table.duration("operator.password-life", known.passwordLife(), Duration.ZERO,
            DAY.multipliedBy(3650)),
        table.duration("operator.session-idle", known.idle(), SECOND.multipliedBy(60), DAY),
        table.duration("operator.session-longest", known.longest(), SECOND.multipliedBy(60), DAY));
  }

  private PasswordRules passwords() {
    PasswordRules known = PasswordRules.DEFAULT;
    return new PasswordRules(table.flag("purchase.require-password", known.always()),
        amount("purchase.password-threshold-minor", known.thresholdMinor()),
        table.integer("password.min-length", known.minLength(), 4, PasswordRules.MOST_DIGITS),
        table.integer("password.wrong-attempts", known.tries(), 1, 100),
        table.duration("password.lockout", known.lock(), SECOND, DAY));
  }

  private RechargeLimits recharges() {
    RechargeLimits known = RechargeLimits.DEFAULT;
    return new RechargeLimits(amount("recharge.least-minor", known.leastMinor()),
        amount("recharge.most-minor", known.mostMinor()),
        amount("recharge.per-day-minor", known.perDayMinor()),
        table.integer("recharge.per-day-count", known.perDayCount(), 0, MOST_COUNT), terms(known.terms()));
  }

  private RechargeTerms terms(RechargeTerms known) {
    return new RechargeTerms(fee("recharge.bank-transfer-fee", known.bankTransferFee()),
        fee("recharge.wechat-fee", known.wechatFee()), fee("recharge.alipay-fee", known.alipayFee()),
        table.integer("recharge.transfer-days", known.transferDays(), 0, 30),
        table.integer("recharge.payroll-day", known.payrollDay(), 1, 28),
        amount("recharge.self-service-per-day-minor", known.selfServicePerDayMinor()),
        table.duration("recharge.order-life", known.orderLife(), SECOND.multipliedBy(60), DAY));
  }

  /// In parts of ten thousand.
  private int fee(String key, int known) {
    return table.integer(key, known, 0, 10_000);
  }

  private PurchaseLimits purchases() {
    PurchaseLimits known = PurchaseLimits.DEFAULT;
    return new PurchaseLimits(
        table.integer("purchase.per-hour-count", known.perHourCount(), 0, MOST_COUNT),
        table.integer("purchase.per-day-count", known.perDayCount(), 0, MOST_COUNT), hours(known.hours()),
        alwaysOpen(), amount("purchase.weekend-minor", known.weekendMinor()),
        amount("purchase.holiday-minor", known.holidayMinor()), holidays(),
        amount("purchase.least-balance-minor", known.leastBalanceMinor()));
  }

  private OpeningHours hours(OpeningHours known) {
    String text = table.text("purchase.hours", known.toString(),
        found -> OpeningHours.parse(found).isPresent(), "hours such as 08:00-22:00; 00:00-24:00 for always");
    return OpeningHours.parse(text).orElseThrow();
  }

  private List<Integer> alwaysOpen() {
    String listed = table.text("purchase.always-open", "",
        text -> split(text).allMatch(TERMINAL.asMatchPredicate()),
        "numbers of terminals with commas between them");
    return split(listed).map(Integer::valueOf).toList();
  }

  private List<LocalDate> holidays() {
    String listed = table.text("purchase.holidays", "",
        text -> split(text).allMatch(ServerConfigReader::isDate),
        "days such as 2026-10-01 with commas between them");
    return split(listed).map(LocalDate::parse).toList();
  }

  private static boolean isDate(String text) {
    try {
      return LocalDate.parse(text).getYear() > 0;
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  private MoveLimits moves() {
    MoveLimits known = MoveLimits.DEFAULT;
    return new MoveLimits(amount("transfer.most-minor", known.transferMaxMinor()),
        amount("withdrawal.least-minor", known.withdrawalMinMinor()),
        amount("withdrawal.most-minor", known.withdrawalMaxMinor()),
        amount("withdrawal.per-day-minor", known.withdrawalPerDayMinor()));
  }

  private RefundRules refunds() {
    RefundRules known = RefundRules.DEFAULT;
    return new RefundRules(amount("refund.alone-minor", known.aloneMinor()),
        table.duration("refund.review-after", known.reviewAfter(), SECOND, DAY.multipliedBy(3650)),
        table.duration("refund.not-after", known.notAfter(), SECOND, DAY.multipliedBy(3650)));
  }

  private PredebitRules predebits() {
    PredebitRules known = PredebitRules.DEFAULT;
    String unsettled = table.oneOf("predebit.unsettled", known.unsettled().name().toLowerCase(Locale.ROOT),
        List.of("release", "settle"));
    return new PredebitRules(
        table.duration("predebit.settle-within", known.settleWithin(), SECOND, DAY.multipliedBy(90)),
        PredebitRules.Unsettled.valueOf(unsettled.toUpperCase(Locale.ROOT)));
  }

  private AccountRules accounts() {
    AccountRules known = AccountRules.DEFAULT;
    return new AccountRules(table.flag("accounts.require-approval", known.requireApproval()),
        table.flag("accounts.auto-activate", known.autoActivate()),
        table.integer("accounts.per-owner", known.perOwner(), 1, 1_000_000),
        table.duration("accounts.activate-within", known.activateWithin(), SECOND, DAY.multipliedBy(3650)),
        table.duration("accounts.frozen-at-most", known.frozenAtMost(), SECOND, DAY.multipliedBy(3650)),
        table.duration("accounts.lost-at-most", known.lostAtMost(), SECOND, DAY.multipliedBy(3650)),
        amount("purchase.per-month-minor", known.perMonthMinor()), initial(known.initial()),
        amount("accounts.department-alone-minor", known.departmentAloneMinor()), classes());
  }

  private CardClasses classes() {
    return CardClasses.read(table.text("accounts.card-classes", "",
        text -> CardClasses.read(text).isPresent(),
        "numbers from 1 to 99 and names, such as 1=Staff, 2=Student"))
        .orElseThrow();
  }

  private NewAccounts initial(NewAccounts known) {
    return new NewAccounts(amount("accounts.initial-balance-minor", known.balanceMinor()),
        amount("accounts.credit-limit-minor", known.creditMinor()),
        table.text("accounts.status", "normal", List.of("normal", "pending")::contains, "normal | pending")
            .equals("normal"),
        table.flag("accounts.generate-number", known.numbered()),
        table.text("accounts.number-prefix", known.prefix(), PREFIX.asMatchPredicate(),
            "0 to 20 of A-Z a-z _ -"),
        table.integer("accounts.number-digits", known.digits(), 1, 18));
  }

  private OfflineCaps allowance() {
    OfflineCaps known = OfflineCaps.DEFAULT;
    return new OfflineCaps(table.integer("allowance.count", (int) known.maxCount(), 0, 1_000_000),
        amount("allowance.amount-minor", known.maxAmountMinor()),
        age("allowance.elapsed", known.maxElapsedMillis()),
        amount("allowance.per-tap-minor", known.perTapMinor()),
        amount("allowance.per-card-minor", known.perCardMinor()),
        amount("allowance.per-card-day-minor", known.perCardDayMinor()),
        age("allowance.snapshot-age", known.maxSnapshotAgeMillis()),
        table.integer("allowance.blind-reboots", (int) known.maxBlindReboots(), 0, 1000));
  }

  private long amount(String key, long fallback) {
    return table.number(key, fallback, 0, LARGEST_AMOUNT);
  }

  private long age(String key, long fallbackMillis) {
    return table.duration(key, Duration.ofMillis(fallbackMillis), SECOND, DAY.multipliedBy(90)).toMillis();
  }

  private ImportLimits imports() {
    ImportLimits known = ImportLimits.DEFAULT;
    return new ImportLimits(table.number("import.most-bytes", known.mostBytes(), 1024, 4L << 30),
        table.number("import.most-bytes-over-http", known.mostBytesOverHttp(), 1024, 256L << 20),
        table.integer("import.most-rows", known.mostRows(), 1, 10_000_000),
        table.integer("import.cell-characters", known.cellCharacters(), 20, 10_000),
        table.integer("import.faults-shown", known.faultsShown(), 1, 10_000),
        table.integer("import.progress-rows", known.progressRows(), 1, 10_000_000));
  }

  private ServerConfig.Site site() {
    return new ServerConfig.Site(table.integer("site.number", 1, 1, Integer.MAX_VALUE),
        table.text("site.name", "Main site"),
        table.text("site.currency", "CNY", CURRENCY.asMatchPredicate(), "three capital letters of ISO 4217"),
        dayOffset());
  }

  private Optional<Duration> dayOffset() {
    int minutes = table.integer("site.day-offset-minutes", NOT_SAID, -1439, 1439);
    return minutes == NOT_SAID ? Optional.empty() : Optional.of(Duration.ofMinutes(minutes));
  }

  private ServerConfig.Enrolment enrolment() {
    return new ServerConfig.Enrolment(
        table.duration("enrolment.code-life", Duration.ofMinutes(15), SECOND, Duration.ofMinutes(15)),
        table.integer("enrolment.attempts-per-minute", 10, 1, 100_000));
  }

  private EngineSettings engine() {
    int verifiers = table.integer("engine.verifiers", 0, 0, 256);
    return new EngineSettings(table.integer("engine.ingest-batches", 256, 4, 65_536),
        table.integer("engine.desk-requests", 1024, 16, 65_536),
        table.integer("engine.commit-batches", 64, 1, 1024),
        table.integer("engine.commit-records", 2000, 1, 100_000),
        verifiers == 0 ? Runtime.getRuntime().availableProcessors() : verifiers);
  }

  /// What terminals may call this server: `link.names`, comma-separated, or what the machine is called.
  private List<String> names() {
    String listed = table.text("link.names", "",
        text -> split(text).allMatch(ServerConfigReader::isAddressOrName),
        "IP addresses and host names with commas between them");
    if (!listed.isEmpty()) {
      return split(listed).toList();
    }
    String address = link().address();
    boolean everywhere = address.equals("0.0.0.0") || address.contains(":");
    return Stream.of("localhost", "127.0.0.1", everywhere ? hostName() : address).distinct().toList();
  }

  private static Stream<String> split(String listed) {
    return Stream.of(listed.split(",")).map(String::strip).filter(name -> !name.isEmpty());
  }

  private static boolean isPath(String text) {
    return !text.isBlank() && text.indexOf('\0') < 0;
  }

  /// Whether a certificate can carry it and a socket can be bound to it.
  private static boolean isAddressOrName(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return HOST_NAME.matcher(text).matches();
    }
    try {
      return !InetAddress.ofLiteral(text).getHostAddress().isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      // A machine without a name is still reached by its address.
      return "localhost";
    }
  }
}
