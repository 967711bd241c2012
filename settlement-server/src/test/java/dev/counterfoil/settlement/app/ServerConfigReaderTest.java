package dev.counterfoil.settlement.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.ledger.NewAccounts;
import dev.counterfoil.settlement.ledger.PredebitRules;
import dev.counterfoil.settlement.limit.OpeningHours;
import dev.counterfoil.settlement.limit.PurchaseLimits;
import dev.counterfoil.settlement.limit.RechargeLimits;
import dev.counterfoil.settlement.operator.SignInRules;
import dev.counterfoil.settlement.password.PasswordRules;
import java.util.Map;
import java.net.URI;
import dev.counterfoil.settlement.limit.RechargeTerms;
import dev.counterfoil.settlement.gateway.WechatGateway;
import dev.counterfoil.settlement.circuit.CircuitTerms;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigReaderTest {

  @Test
  void withoutAFileEveryLimitHasTheDefaultOfTheLinkSection() {
    var limits = ServerConfigReader.defaults().limits().protocol();
    assertThat(limits.maxFrameBytes()).isEqualTo(1_048_576);
    assertThat(limits.maxBatchRecords()).isEqualTo(500);
    assertThat(limits.maxBatchBytes()).isEqualTo(262_144);
    assertThat(limits.handshake()).isEqualTo(Duration.ofSeconds(10));
    assertThat(limits.firstByte()).isEqualTo(Duration.ofSeconds(5));
    assertThat(limits.idle()).isEqualTo(Duration.ofSeconds(90));
    assertThat(limits.minBytesPerSecond()).isEqualTo(1000);
    assertThat(limits.unauthenticatedPerAddress()).isEqualTo(200);
    assertThat(ServerConfigReader.defaults().core().allowance().maxElapsedMillis())
        .isEqualTo(Duration.ofHours(72).toMillis());
  }

  @Test
  @Requirement({"CFG-02", "CFG-05", "CFG-07"})
  void withoutAFileSumsAreLimitedAsTheRequirementsSay() {
    var core = ServerConfigReader.defaults().core();
    assertThat(core.perTapMinor()).isEqualTo(100_000);
    assertThat(core.perDayMinor()).isEqualTo(500_000);
    assertThat(core.accounts().perMonthMinor()).isEqualTo(2_000_000);
    assertThat(core.accounts().perOwner()).isEqualTo(3);
    assertThat(core.moves().transferMaxMinor()).isEqualTo(200_000);
    assertThat(core.recharges()).isEqualTo(new RechargeLimits(100, 1_000_000, 5_000_000, 10));
  }

  @Test
  @Requirement({"CFG-08", "CFG-10"})
  void withoutAFileCountsHoursAndDaysAreLimitedAsTheRequirementsSay() {
    assertThat(ServerConfigReader.defaults().core().purchases()).isEqualTo(new PurchaseLimits(10, 50,
        new OpeningHours(8 * 60, 22 * 60), List.of(), 20_000, 10_000, List.of(), 0));
  }

  @Test
  @Requirement({"CFG-06", "LIM-11", "LIM-16", "PAY-28"})
  void withoutAFilePasswordsAreAskedForAndLockedAsTheRequirementsSay() {
    var core = ServerConfigReader.defaults().core();
    assertThat(core.passwords()).isEqualTo(new PasswordRules(false, 50_000, 6, 5, Duration.ofSeconds(1800)));
    assertThat(core.perTapMinor()).isEqualTo(100_000);
    assertThat(core.purchases().leastBalanceMinor()).isZero();
    assertThat(ServerConfigReader.parse("server.toml", """
        [purchase]
        require-password = true
        password-threshold-minor = 7
        [password]
        min-length = 8
        wrong-attempts = 3
        lockout = "1h"
        """).core().passwords()).isEqualTo(new PasswordRules(true, 7, 8, 3, Duration.ofHours(1)));
  }

  @Test
  @Requirement({"CFG-03", "CFG-12", "SEC-07", "SEC-08"})
  void withoutAFileOperatorsSignInAsTheRequirementsSayAndAFileOverridesEachOfThem() {
    assertThat(ServerConfigReader.defaults().core().signIn()).isEqualTo(new SignInRules(5,
        Duration.ofSeconds(1800), 12, 2, Duration.ofDays(90), Duration.ofSeconds(3600),
        Duration.ofHours(12)));
    assertThat(ServerConfigReader.parse("server.toml", """
        [operator]
        wrong-attempts = 3
        lockout = "1h"
        password-min-length = 16
        password-kinds = 3
        password-life = "0s"
        session-idle = "5m"
        session-longest = "8h"
        """).core().signIn()).isEqualTo(new SignInRules(3, Duration.ofHours(1), 16, 3, Duration.ZERO,
        Duration.ofMinutes(5), Duration.ofHours(8)));
  }

  @Test
  void classesOfCardsHaveNames() {
    var named = ServerConfigReader
        .parse("server.toml", "[accounts]\ncard-classes = \"1=Staff, 2 = Student\"\n").core().accounts()
        .classes();
    assertThat(named.name(2)).isEqualTo("Student");
    assertThat(named.has(1)).isTrue();
    assertThat(named.has(3)).isFalse();
    var unnamed = ServerConfigReader.defaults().core().accounts().classes();
    assertThat(unnamed.has(99)).isTrue();
    assertThat(unnamed.has(100)).isFalse();
    for (String wrong : List.of("Staff", "0=Staff", "100=Staff", "1=", "1=Staff,1=Guest", "1=Staff,")) {
      assertCode("[accounts]\ncard-classes = \"" + wrong + "\"\n", "CONFIG_VALUE", "accounts.card-classes");
    }
  }

  @Test
  @Requirement({"CFG-01", "CFG-04", "ACC-08", "ACC-09", "ACC-10"})
  void withoutAFileNewAccountsBeginAsTheRequirementsSayAndAFileOverridesEachOfThem() {
    var known = ServerConfigReader.defaults().core().accounts();
    assertThat(known.requireApproval()).isFalse();
    assertThat(known.autoActivate()).isTrue();
    assertThat(known.initial()).isEqualTo(new NewAccounts(0, 0, true, true, "ACCT", 10));
    assertThat(known.initial().number(17)).isEqualTo("ACCT0000000017");
    var core = ServerConfigReader.parse("server.toml", """
        [accounts]
        require-approval = true
        auto-activate = false
        initial-balance-minor = 500
        credit-limit-minor = 7
        status = "pending"
        generate-number = false
        number-prefix = "S-"
        number-digits = 4
        """).core().accounts();
    assertThat(core.requireApproval()).isTrue();
    assertThat(core.autoActivate()).isFalse();
    assertThat(core.initial()).isEqualTo(new NewAccounts(500, 7, false, false, "S-", 4));
  }

  @Test
  @Requirement({"PAY-24"})
  void provisionalChargesEndAsAFileSays() {
    assertThat(ServerConfigReader.defaults().core().predebits())
        .isEqualTo(new PredebitRules(Duration.ofHours(24), PredebitRules.Unsettled.RELEASE));
    assertThat(ServerConfigReader.parse("server.toml", """
        [predebit]
        settle-within = "15m"
        unsettled = "settle"
        """).core().predebits())
        .isEqualTo(new PredebitRules(Duration.ofMinutes(15), PredebitRules.Unsettled.SETTLE));
  }

  @Test
  void aFileSetsEveryLimitOfPurchasesAndRecharges() {
    var core = ServerConfigReader.parse("server.toml", """
        [purchase]
        per-hour-count = 1
        per-day-count = 2
        hours = "22:00-06:30"
        always-open = "3, 7"
        weekend-minor = 4
        holiday-minor = 5
        holidays = "2026-10-01,2026-10-02"
        least-balance-minor = 6
        [recharge]
        least-minor = 7
        most-minor = 8
        per-day-minor = 9
        per-day-count = 10
        wechat-fee = 11
        alipay-fee = 12
        bank-transfer-fee = 13
        transfer-days = 1
        payroll-day = 15
        self-service-per-day-minor = 16
        order-life = "17m"
        """).core();

    assertThat(core.purchases())
        .isEqualTo(new PurchaseLimits(1, 2, new OpeningHours(1320, 390), List.of(3, 7), 4,
            5, List.of(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 2)), 6));
    assertThat(core.recharges()).isEqualTo(new RechargeLimits(7, 8, 9, 10,
        new RechargeTerms(13, 11, 12, 1, 15, 16, Duration.ofMinutes(17))));
  }

  private static final String WECHAT = """
      [gateway.wechat]
      merchant-id = "1900000001"
      app-id = "wx1"
      serial = "5F2A"
      key = "/keys/merchant.pem"
      platform-keys = "PUB_KEY_ID_01=/keys/a.pem, 7A=/keys/b.pem"
      api-v3-key = "/keys/v3"
      notify-url = "https://pay.example.org/gateways/wechat/callback"
      """;

  @Test
  void aGatewayIsThereAsAWholeOrNotAtAll() {
    assertThat(ServerConfigReader.defaults().gateways().wechat()).isEmpty();
    var config = ServerConfigReader.parse("server.toml", WECHAT + """
        [gateway.alipay]
        address = "http://127.0.0.1:8411/gateway.do"
        app-id = "2014"
        key = "/keys/app.pem"
        public-key = "/keys/alipay.pem"
        notify-url = "http://127.0.0.1:7480/gateways/alipay/callback"
        """).gateways();
    var wechat = config.wechat().orElseThrow();
    assertThat(wechat.address()).isEqualTo(WechatGateway.PUBLIC_ADDRESS);
    assertThat(wechat.platformKeys()).containsExactly(Map.entry("PUB_KEY_ID_01", Path.of("/keys/a.pem")),
        Map.entry("7A", Path.of("/keys/b.pem")));
    assertThat(config.alipay().orElseThrow().address())
        .isEqualTo(URI.create("http://127.0.0.1:8411/gateway.do"));
    assertThat(config.circuits()).isEqualTo(CircuitTerms.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      merchant-id = "1900000001"  | merchant-id = ""            | merchant-id
      api-v3-key = "/keys/v3"     | api-v3-key = ""             | api-v3-key
      7A=/keys/b.pem              | /keys/b.pem                 | platform-keys
      https://pay.example.org     | http://pay.example.org      | notify-url
      wechat/callback"            | wechat/callback?x=1"        | notify-url
      """)
  void halfAGatewayIsRefusedWithTheKeyThatIsWrong(String right, String wrong, String key) {
    assertThatThrownBy(() -> ServerConfigReader.parse("server.toml", WECHAT.replace(right, wrong)))
        .isInstanceOf(StartupException.class).hasMessageContaining("key=gateway.wechat." + key);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      hours = "8-22"              | hours such as 08:00-22:00; 00:00-24:00 for always
      hours = "08:00-24:01"       | hours such as 08:00-22:00; 00:00-24:00 for always
      hours = "08:00-08:00"       | hours such as 08:00-22:00; 00:00-24:00 for always
      always-open = "till"        | numbers of terminals with commas between them
      holidays = "2026-02-30"     | days such as 2026-10-01 with commas between them
      """)
  void hoursTerminalsAndDaysThatAreNoneAreRefused(String line, String allowed) {
    assertThatThrownBy(() -> ServerConfigReader.parse("server.toml", "[purchase]\n" + line))
        .isInstanceOf(StartupException.class).hasMessageEndingWith("allowed=" + allowed);
  }

  @Test
  void aFileChangesWhatItNames() {
    var config = ServerConfigReader.parse("server.toml", """
        data = "/var/lib/counterfoil"
        [link]
        port = 9000
        [holds]
        counter = "20m"
        [safe]
        path = "/mnt/copy"
        """);
    assertThat(config.data()).isEqualTo(Path.of("/var/lib/counterfoil"));
    assertThat(config.link().port()).isEqualTo(9000);
    assertThat(config.core().holdAtCounter()).isEqualTo(Duration.ofMinutes(20));
    assertThat(config.core().holdAtCabinet()).isEqualTo(Duration.ofMinutes(60));
    assertThat(config.safe().path()).contains(Path.of("/mnt/copy"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      port = 70000          | link.port      | found=70000 allowed=a whole number 0 .. 65535
      port = "x"            | link.port      | found=x allowed=a whole number 0 .. 65535
      address = "999.1.2.3" | link.address   | found=999.1.2.3 allowed=an IP address or a host name
      address = "a b"       | link.address   | found=a b allowed=an IP address or a host name
      names = "a.org,1.2.3.400" | link.names     | found=a.org,1.2.3.400 allowed=IP addresses and host names with commas between them
      """)
  void aBadValueNamesFileLineKeyFoundAndAllowed(String line, String key, String rest) {
    assertThatThrownBy(() -> ServerConfigReader.parse("server.toml", "[link]\n\n" + line))
        .isInstanceOfSatisfying(StartupException.class, e -> {
          assertThat(e.code()).isEqualTo("CONFIG_VALUE");
          assertThat(e.line())
              .isEqualTo("ERROR code=CONFIG_VALUE file=server.toml line=3 key=" + key + " " + rest);
        });
  }

  @Test
  void howHttpIsReachedIsOneOfThreeWays() {
    assertCode("[http]\ntls = \"maybe\"", "CONFIG_VALUE", "none | own | files");
    assertThat(ServerConfigReader.parse("server.toml", "[http]\ntls = \"own\"").http().tls())
        .isEqualTo(new ServerConfig.Tls.OwnAuthority());
    assertThat(ServerConfigReader
        .parse("server.toml", "[http]\ntls = \"files\"\ncertificate = \"c.pem\"\nkey = \"k.pem\"").http()
        .tls())
        .isEqualTo(new ServerConfig.Tls.Files(Path.of("c.pem"), Path.of("k.pem")));
  }

  @Test
  void aDurationWithoutUnitIsRefused() {
    assertCode("[limits]\nidle = 90", "CONFIG_VALUE", "such as \"10s\"");
    assertCode("[limits]\nidle = \"2d\"", "CONFIG_VALUE", "found=2d");
  }

  @Test
  void aMisspeltKeyIsRefusedWithTheKeysOfItsSection() {
    assertCode("[safe]\npaht = \"/mnt\"", "CONFIG_UNKNOWN_KEY",
        "line=2 key=safe.paht allowed=safe.allow-same-device,safe.path");
  }

  @Test
  void brokenSyntaxNamesTheLine() {
    assertCode("[link]\nport = = 3", "CONFIG_SYNTAX", "line=2");
  }

  @Test
  void aPathMustBeOne() {
    assertCode("data = \"\"", "CONFIG_VALUE", "key=data found= allowed=the path of a folder");
    assertCode("[safe]\npath = \"a\\u0000b\"", "CONFIG_VALUE", "key=safe.path");
  }

  @Test
  void aFileThatIsNoTextIsToldSo(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("server.toml");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> ServerConfigReader.read(file))
        .isInstanceOfSatisfying(StartupException.class, e -> assertThat(e.line())
            .isEqualTo("ERROR code=CONFIG_UNREADABLE file=" + file + " reason=not a text in UTF-8"));
  }

  @Test
  void aMissingFileIsToldByItsName() {
    assertThatThrownBy(() -> ServerConfigReader.read(Path.of("/nowhere/server.toml")))
        .hasMessage("file=/nowhere/server.toml reason=no such file");
  }

  @Test
  void theOperatorsPageNamesEveryKey() throws IOException {
    String page = Files.readString(Path.of(System.getProperty("counterfoil.root"), "docs", "OPERATING.md"));
    assertThat(ServerConfigReader.keys()).hasSizeGreaterThan(40)
        .allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
  }

  private static void assertCode(String text, String code, String part) {
    assertThatThrownBy(() -> ServerConfigReader.parse("server.toml", text))
        .isInstanceOfSatisfying(StartupException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(part);
  }
}
