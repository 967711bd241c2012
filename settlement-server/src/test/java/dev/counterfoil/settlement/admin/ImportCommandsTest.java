package dev.counterfoil.settlement.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.core.MoneyServer;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.engine.TerminalLine;
import dev.counterfoil.settlement.imports.ImportKind;
import dev.counterfoil.settlement.imports.ImportLimits;
import dev.counterfoil.settlement.staff.Recruitment;
import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.AccountProfileRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.AdminRow;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.LedgerKind;
import dev.counterfoil.settlement.store.OwnerKind;
import dev.counterfoil.settlement.store.TransactionKind;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransactionSearch;
import dev.counterfoil.settlement.terminals.ca.ServerKeys;
import dev.counterfoil.trace.Requirement;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of another system, from what an operator types to what stands in the books. Accounts 1 to 3 have 100.00, 10.00 and
/// nothing.
class ImportCommandsTest extends MoneyServer {

  private static final InstantSource NOON = InstantSource.fixed(Instant.ofEpochMilli(TestServer.NOW));
  private static final ImportLimits SMALL = new ImportLimits(4_000, 4_000, 20, 60, 3, 2);
  private static final String NAMES = "reference,account,amount,time\n";
  private static final String DAY = "2025-10-01T12:30:00+08:00";
  private static final Charset GB18030 = Charset.forName("GB18030");

  @TempDir
  private Path elsewhere;
  private Path file;
  private ServerKeys keys;
  private Recruitment recruitment;
  private CoreAdminDesk desk;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void sit() {
    var random = new SecureRandom();
    keys = ServerKeys.openOrCreate(elsewhere.resolve("ca"), List.of("localhost"), NOON.instant(), random);
    recruitment = TestRecruitment.of(random);
    file = elsewhere.resolve("old.csv");
    sit(SMALL);
  }

  private void sit(ImportLimits limits) {
    var random = new SecureRandom();
    var tools = new CoreAdminDesk.Tools(keys, server.signatures, NOON, random, Duration.ofMinutes(1),
        recruitment, TestRecruitment.holders(random), limits);
    desk = new CoreAdminDesk(new CoreAccess() {
      @Override
      public <T> T call(Function<SettlementCore, T> work) {
        return work.apply(server.core);
      }
    }, server.store, tools, TerminalLine.NOBODY);
  }

  private AdminAnswer take(String what, byte[] bytes, String... options) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    List<String> line = new ArrayList<>(
        List.of("import", what, file.toString(), "--operator=wang"));
    line.addAll(List.of(options));
    if (line.stream().noneMatch(each -> each.startsWith("--source"))) {
      line.add("--source=oldpos");
    }
    said.clear();
    return AdminCommands.run(line, desk, said::add);
  }

  private AdminAnswer records(String text, String... options) {
    return take("records", text.getBytes(StandardCharsets.UTF_8), options);
  }

  private AdminAnswer accounts(String text, String... options) {
    return take("accounts", text.getBytes(StandardCharsets.UTF_8), options);
  }

  private List<TransactionRow> imported() {
    return server.store.transactions(SITE, TransactionSearch.ALL.ofKind(TransactionKind.SALE_IMPORTED),
        TransactionSearch.Place.FIRST, 1_000);
  }

  private List<AdminRow> log() {
    return server.store.deeds(SITE, 100);
  }

  /// Everything that an import can have changed.
  private List<Object> everything() {
    return List.of(server.store.ledgerAccounts(SITE), server.store.accounts(SITE, 0, 1_000), imported(),
        log(), server.store.auditLinks(SITE, 0, 1_000), server.ledger().transfers(),
        server.store.accountsChangedAfter(SITE, 0, 1_000));
  }

  @Test
  @Requirement({"PAY-13", "PAY-14", "PAY-26", "AUD-02"})
  void salesOfAnotherSystemAreBookedAsSalesOfTheirOwnKind() {
    AdminAnswer answer = records("""
        \uFEFFAmount,time,account,card,reference,product_name,quantity,unit_price,discount,sub_type,site
        12.50,2025-10-01T12:30:00+08:00,1,,A-1,"rice, fried",2,6.75,1.00,QR,1
        3,2025/10/2 7:05,,%s,A-2,,,,,,
        ,,,,,,,,,,
        """.formatted(TestServer.token(2).toHex()), "--zone", "Asia/Shanghai");

    assertThat(answer.exitCode()).as(answer.text()).isZero();
    assertThat(answer.text()).contains(": written\n", "rows in the file", "SALE_IMPORTED", "15.50");
    assertThat(balances()).containsExactly(8_750L, 700L, 0L);
    assertThat(server.balance(LedgerKind.MERCHANT_PAYABLE, 1)).isEqualTo(1_550);
    TransactionRow rice = imported().stream().filter(row -> row.amount() == 1_250).findFirst().orElseThrow();
    assertThat(rice.kind()).isEqualTo(TransactionKind.SALE_IMPORTED);
    assertThat(rice.terminal()).isZero();
    assertThat(rice.terminalMs()).isEqualTo(Instant.parse("2025-10-01T04:30:00Z").toEpochMilli());
    assertThat(rice.atMs()).isEqualTo(TestServer.NOW);
    assertThat(rice.details()).isEqualTo(
        new TransactionRow.Details(0, "QR", 0, 100, 0, 0, 10_000L, 8_750L, ""));
    assertThat(server.store.sales().saleLines(SITE, rice.transaction())).singleElement()
        .satisfies(line -> assertThat(line.productName() + line.quantity() + line.unitPriceMinor())
            .isEqualTo("rice, fried2675"));
    assertThat(server.store.money().note(SITE, rice.transaction()).orElseThrow())
        .extracting("subType", "operator", "reason").containsExactly("oldpos", "wang", "A-1");
    assertThat(log()).singleElement().satisfies(deed -> {
      assertThat(deed.command()).isEqualTo("import records");
      assertThat(deed.detail()).matches(
          "file=old\\.csv sha256=[0-9a-f]{64} source=oldpos rows=2 present=0 SALE_IMPORTED=2/15\\.50");
    });
    assertThat(server.store.auditLinks(SITE, 0, 10)).map(AuditChain.Link::event).singleElement()
        .satisfies(event -> {
          assertThat(event.entry().action()).isEqualTo("IMPORT_RECORDS");
          assertThat(event.entry().object()).isEqualTo(log().getFirst().detail());
        });
  }

  @Test
  void aDryRunSaysTheSameAndWritesNothing() {
    String text = NAMES + "A-1,1,12.50," + DAY + "\nA-2,2,10.00," + DAY + "\n";
    List<Object> before = everything();

    AdminAnswer dry = records(text, "--dry-run");

    assertThat(everything()).isEqualTo(before);
    AdminAnswer real = records(text);
    assertThat(dry.text()).contains(": dry run, nothing was written\n");
    assertThat(dry.text().replace("dry run, nothing was written", "written")).isEqualTo(real.text());
    assertThat(balances()).containsExactly(8_750L, 0L, 0L);
  }

  @Test
  @Requirement({"PAY-17"})
  void aFileAgainBooksOnlyWhatIsNew() {
    String text = NAMES + "A-1,1,12.50," + DAY + "\n";
    records(text);
    List<Object> before = everything();

    assertThat(records(text).text()).contains("everything in it was imported before");
    assertThat(everything()).isEqualTo(before);
    assertThat(records(text + "A-2,1,1.00," + DAY + "\n").text()).contains("SALE_IMPORTED");
    assertThat(imported()).hasSize(2);
    assertThat(balances().getFirst()).isEqualTo(8_650L);
  }

  @Test
  void aReferenceWithOtherContentIsAFault() {
    records(NAMES + "A-1,1,12.50," + DAY + "\n");
    List<Object> before = everything();
    for (String other : List.of("A-1,1,12.51," + DAY, "A-1,2,5.00," + DAY,
        "A-1,1,12.50,2025-10-01T12:30:01+08:00")) {
      assertThat(records(NAMES + other + "\n").text())
          .contains("row 2, column reference: REFERENCE_REUSED ");
    }
    assertThat(everything()).isEqualTo(before);
    assertThat(records(NAMES + "A-1,1,12.51," + DAY + "\n", "--source=other").exitCode()).isZero();
  }

  /// Rows of sales as an operator gets them wrong, and what is told.
  private static final List<String> BAD_SALES = List.of(
      "A-2,1,-1.00,@|row 3, column amount: AMOUNT_WRONG found=`-1.00`",
      "A-2,1,1.005,@|row 3, column amount: AMOUNT_WRONG",
      "A-2,1,1e3,@|row 3, column amount: AMOUNT_WRONG",
      "A-2,1,+1.00,@|row 3, column amount: AMOUNT_WRONG",
      "A-2,1,`1,000.00`,@|row 3, column amount: AMOUNT_WRONG",
      "A-2,1,¥5,@|row 3, column amount: AMOUNT_WRONG",
      "A-2,1,０.５,@|row 3, column amount: AMOUNT_WRONG",
      "A-2,1,99999999999999,@|row 3, column amount: AMOUNT_WRONG",
      "A-2,1,9999999999999.99,@|row 3, column amount: BALANCE_INSUFFICIENT",
      "A-2,1,=1+1,@|row 3, column amount: AMOUNT_WRONG found=`=1+1`",
      "A-2,1,0,@|row 3, column amount: AMOUNT_WRONG found=`0` allowed=more than 0",
      "A-2,1,,@|row 3, column amount: CELL_EMPTY",
      ",1,1.00,@|row 3, column reference: CELL_EMPTY",
      "A-2,1,1.00,|row 3, column time: CELL_EMPTY",
      "A-2,1,1.00,2025-10-01 12:30|row 3, column time: TIME_WRONG",
      "A-2,1,1.00,2025-02-29T12:00:00Z|row 3, column time: TIME_WRONG",
      "A-2,1,1.00,2125-10-01T12:30:00Z|row 3, column time: TIME_WRONG found=`2125-10-01T12:30:00Z` allowed=not to come",
      "A-2,,1.00,@|row 3: WHO_UNCLEAR found=0",
      "A-2,x,1.00,@|row 3, column account: NUMBER_WRONG",
      "A-2,-1,1.00,@|row 3, column account: NUMBER_WRONG",
      "A-2,99999999999999999999,1.00,@|row 3, column account: NUMBER_WRONG",
      "A-2,0,1.00,@|row 3, column account: ACCOUNT_UNKNOWN",
      "A-2,77,1.00,@|row 3, column account: ACCOUNT_UNKNOWN found=`77`",
      "A-2,1); DROP TABLE account;--,1.00,@|row 3, column account: NUMBER_WRONG",
      "A-2,3,0.01,@|row 3, column amount: BALANCE_INSUFFICIENT found=`0.01` spendable=0.00",
      "A-1,1,1.00,@|row 3, column reference: REFERENCE_TWICE as row 2",
      "A-2,1,1.00|row 3: CELL_COUNT found=3 allowed=4",
      "A-2,1,1.00,@,|row 3: CELL_COUNT found=5 allowed=4",
      "A-2,1,`1.00,@|row 3, column 3: CSV_MALFORMED a cell whose quotes never end",
      "A\u0007,1,1.00,@|row 3, column reference: TEXT_WRONG found=`A?`");
  private static final List<String> BAD_ACCOUNTS = List.of();

  /// Behind the command line, which takes longer than the import.
  ///
  /// @param file where the bad row stands for `%s`
  private void eachIsNamed(ImportKind kind, List<String> rows, String file) throws IOException {
    List<Object> before = everything();
    var order = new ImportOrder(kind, this.file, "oldpos", StandardCharsets.UTF_8, Optional.empty(), false);
    for (String each : rows) {
      String[] parts = each.replace('`', '"').replace("@", DAY).split("\\|");
      Files.writeString(this.file, file.formatted(parts[0]));

      assertThatThrownBy(() -> desk.imports().run(SITE, order, (_, _, _) -> {
      }, "wang")).as(each).isInstanceOfSatisfying(AdminRefusal.class, refusal -> {
        assertThat(refusal.code()).isEqualTo("IMPORT_REFUSED");
        assertThat(refusal.getMessage()).contains(" faults=1 ");
        assertThat(refusal.lines()).singleElement().asString().startsWith(parts[1]);
      });
    }
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  @Requirement({"PAY-06"})
  void aBadSaleIsNamedAndNothingIsWritten() throws IOException {
    eachIsNamed(ImportKind.RECORDS, BAD_SALES, NAMES + "A-1,1,12.50," + DAY + "\n%s\n");
  }

  private static final List<String> BAD_ORDERS = List.of(
      "B-2,1,2025-11-21,2,soup,x|row 3, column total: AMOUNT_WRONG ",
      "B-2,1,2025-11-21,6,soup,1.00|row 3, column period: NUMBER_WRONG found=`6` allowed=1..5",
      "B-2,1,21.11.2025,2,soup,1.00|row 3, column day: DAY_WRONG found=`21.11.2025` allowed=",
      "B-2,1,2025-11-21,2,,1.00|row 3, column dish: CELL_EMPTY",
      "B-2,9,2025-11-21,2,soup,1.00|row 3, column account: ACCOUNT_UNKNOWN found=`9`",
      "B-2,1,2025-11-19,2,soup,1.00|row 3: ORDER_DAY_PAST day=2025-11-19",
      "B-2,1,2025-11-21,2,soup,1000.01|row 3: ORDER_AMOUNT ",
      "B-2,1,2025-11-20,2,soup,1.00|row 3: ORDER_EXISTS ",
      "B-1,2,2025-11-21,2,soup,1.00|row 3, column reference: REFERENCE_TWICE as row 2");

  @Test
  void aBadOrderIsNamedAndNothingIsWritten() throws IOException {
    eachIsNamed(ImportKind.ORDERS, BAD_ORDERS,
        "reference,account,day,period,dish,total\nB-1,1,2025-11-20,2,noodles,12.00\n%s\n");
    assertThat(server.store.meals().lastOrder(SITE)).isZero();
  }

  @Test
  void ordersAreTakenOnceHoweverOftenTheFileComes() {
    String first = "reference,account,day,period,copies,dish,total\nB-1,1,2025-11-20,2,2,noodles,24.00\n";

    assertThat(take("orders", first.getBytes(StandardCharsets.UTF_8), "--dry-run").text())
        .contains("dry run, nothing was written").containsPattern("order +1 +24.00");
    assertThat(server.store.meals().lastOrder(SITE)).isZero();
    assertThat(take("orders", first.getBytes(StandardCharsets.UTF_8)).text()).contains(": written");
    server.core.meals().cancel(SITE, 1, "li", server.now);
    String longer = first + "B-2,2,2025-11-20,1,1,粥,0\n";
    assertThat(take("orders", longer.getBytes(StandardCharsets.UTF_8)).text())
        .containsPattern("imported before +1");

    assertThat(server.store.meals().lastOrder(SITE)).isEqualTo(2);
    assertThat(server.store.meals().order(SITE, "oldpos", "B-2")).hasValueSatisfying(row -> {
      assertThat(row.account()).isEqualTo(2);
      assertThat(row.dish()).isEqualTo("粥");
      assertThat(row.totalMinor()).isZero();
      assertThat(row.operator()).isEqualTo("wang");
    });
    assertThat(take("orders", longer.replace("24.00", "25.00").getBytes(StandardCharsets.UTF_8)).text())
        .contains("row 2, column reference: REFERENCE_REUSED");
  }

  @Test
  void aBadAccountIsNamedAndNothingIsWritten() throws IOException {
    eachIsNamed(ImportKind.ACCOUNTS, BAD_ACCOUNTS, """
        reference,holder_name,kind,owner,site,phone,card,opening_balance,credit_limit
        R-1,Li,,E9,1,,04:a1:b2:c3,5.00,
        %s
        """);
  }

  @Test
  @Requirement({"ACC-11"})
  void theAccountsOfAnOwnerAreCountedThroughTheFile() {
    accounts("reference,holder_name,owner\nR-0,Li,E9\n");

    assertThat(accounts("reference,holder_name,owner\nR-1,Li,E9\nR-2,Li,E9\nR-3,Li,E9\nR-4,Li,E8\n").text())
        .contains(" faults=1 ", "row 4: ACCOUNT_LIMIT owner E9 has 3 accounts");
  }

  @Test
  void onlyTheFirstFaultsAreListed() {
    AdminAnswer answer = records(NAMES + "A,1,x,%s\n".formatted(DAY).repeat(7));

    assertThat(answer.text().lines().toList()).hasSize(5).last().isEqualTo("and 4 more");
    assertThat(answer.text()).contains(" rows=7 faults=7 ");
  }

  @Test
  void theFirstRowMustNameTheColumns() {
    named("reference,amount,time,acount", "row 1, column 4: COLUMN_UNKNOWN found=\"acount\"");
    named("reference,amount,time,Amount", "row 1, column amount: COLUMN_TWICE");
    named("reference,amount", "row 1, column time: COLUMN_MISSING");
    named("", "row 1, column 1: COLUMN_UNKNOWN");
  }

  private void named(String names, String told) {
    assertThat(records(names + "\nA-1,1.00," + DAY + ",1\n").text().lines().toList().get(1)).startsWith(told);
  }

  @Test
  void aFileBeyondTheLimitsIsRefusedAsAWhole() {
    String row = "A-%d,1,0.01," + DAY + "\n";
    var text = new StringBuilder(NAMES);
    for (int i = 0; i < 20; i++) {
      text.append(row.formatted(i));
    }
    assertThat(records(text.toString(), "--dry-run").exitCode()).isZero();
    assertThat(said).contains("read 2 rows", "read 20 rows", "checked 20 of 20 rows");

    assertThat(records(text + row.formatted(20)).text()).startsWith("ERROR code=IMPORT_TOO_LARGE ")
        .contains("setting=import.most-rows");
    assertThat(records(NAMES + "\n".repeat(4_000)).text()).startsWith("ERROR code=IMPORT_TOO_LARGE ")
        .contains("setting=import.most-bytes");
    assertThat(records("A".repeat(61) + "\n").text()).contains("row 1, column 1: CELL_TOO_LONG");
    assertThat(imported()).isEmpty();
  }

  @Test
  void whatIsNoFileIsRefused() {
    assertThat(AdminCommands.run(List.of("import", "records", elsewhere.toString()), desk).text())
        .startsWith("ERROR code=IMPORT_FILE ");
    assertThat(AdminCommands.run(List.of("import", "records", elsewhere + "/none.csv"), desk).text())
        .startsWith("ERROR code=IMPORT_FILE ");
    assertThat(records(NAMES, "--charset=klingon").text()).startsWith("ERROR code=BAD_INPUT ");
    assertThat(records(NAMES, "--zone=Atlantis").text()).startsWith("ERROR code=BAD_INPUT ");
    assertThat(records(NAMES, "--source=Old POS").text()).startsWith("ERROR code=BAD_NAME ");
    assertThat(records(NAMES, "--site=9").text()).startsWith("ERROR code=NO_SUCH_SITE ");
    assertThat(records(NAMES).text()).contains("everything in it was imported before");
  }

  @Test
  @Requirement({"ACC-09", "ACC-21", "SEC-02"})
  void accountsComeWithCardsMoneyAndTelephonesOnce() {
    String text = """
        reference,holder_name,kind,owner,account_name,phone,card,opening_balance,credit_limit,offline,main,until
        R-1,李雷,,E7,午餐,138-0013-8000,04A1B2C3,20.00,5.00,no,,
        R-2,Kitchen,department,D1,,,,,,,,
        R-3,Guest,temporary,,,,,1.50,,,ACCT0000000001,2026-01-01T00:00:00Z
        """;

    AdminAnswer answer = accounts(text);

    assertThat(answer.exitCode()).as(answer.text()).isZero();
    assertThat(answer.text().lines().map(line -> line.replaceAll(" +", " ").strip())).contains(
        "account PERSONAL 1", "account DEPARTMENT 1", "account TEMPORARY 1", "OPENING 2 21.50", "card 1",
        "telephone 1");
    AccountRow li = server.store.account(SITE, 4).orElseThrow();
    assertThat(li.number()).isEqualTo("ACCT0000000004");
    assertThat(li.holderName()).isEqualTo("李雷");
    assertThat(li.enableOffline()).isFalse();
    assertThat(server.available(li)).isEqualTo(2_000);
    AccountProfileRow kitchen = server.store.profiles().profile(SITE, 5).orElseThrow();
    assertThat(kitchen.kind()).isEqualTo(AccountKind.DEPARTMENT);
    assertThat(kitchen.ownerKind()).isEqualTo(OwnerKind.DEPARTMENT);
    assertThat(server.store.profiles().relationsBelow(SITE, 1)).singleElement().extracting("sub")
        .isEqualTo(6L);
    var contact = server.store.office().contact(SITE, 4).orElseThrow();
    assertThat(new ContactSeal(recruitment.sealed()).open(contact)).isEqualTo("13800138000");
    assertThat(server.store.card(SITE, CardToken.derive(keys.cardKeyId(), keys.cardKey(),
        HexFormat.of().parseHex("04A1B2C3"))).orElseThrow().account()).isEqualTo(4);
    assertThat(log().getLast().detail()).doesNotContain("138");

    List<Object> before = everything();
    assertThat(accounts(text).text()).contains("everything in it was imported before");
    assertThat(accounts(text.replace("20.00", "21.00")).text())
        .contains("row 2, column reference: REFERENCE_REUSED");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  @Requirement({"ACC-21"})
  void salesFindTheAccountsThatCameOfTheSameSystem() {
    accounts("reference,holder_name,opening_balance,credit_limit,card\nR-1,Li,20.00,5.00,04A1B2C3\n");

    AdminAnswer answer = records("""
        reference,account_reference,card,amount,time
        A-1,R-1,,20.00,%1$s
        A-2,,04A1B2C3,5.00,%1$s
        A-3,R-1,,0.01,%1$s
        A-4,R-9,,0.01,%1$s
        """.formatted(DAY));

    assertThat(answer.text().lines().skip(1)).containsExactly(
        "row 4, column amount: BALANCE_INSUFFICIENT found=\"0.01\" spendable=0.00 account=ACCT0000000004",
        "row 5, column account_reference: ACCOUNT_UNKNOWN found=\"R-9\"");
    assertThat(records("reference,account_reference,amount,time\nA-1,R-1,25.00," + DAY + "\n").exitCode())
        .isZero();
    assertThat(server.balance(LedgerKind.CASH, 4)).isEqualTo(-500);
  }

  @Test
  void aFrozenAccountAndAnUnknownMerchantAreFaults() {
    server.core.accounts().apply(SITE, friend.account(),
        new AccountEvent.Frozen(FreezeKind.ADMINISTRATIVE, "check"),
        server.now);

    assertThat(records("reference,account,amount,time,merchant\nA-1,2,1.00,%1$s,\nA-2,1,1.00,%1$s,7\n"
        .formatted(DAY)).text().lines().skip(1)).satisfiesExactly(
            line -> assertThat(line).startsWith("row 2, column account: ACCOUNT_NOT_NORMAL"),
            line -> assertThat(line).startsWith("row 3, column merchant: MERCHANT_UNKNOWN found=\"7\""));
  }

  @Test
  void whatLooksLikeACommandIsAName() {
    long account = 3;
    for (String name : List.of("=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", "'; DROP TABLE account; --",
        "\uD83C\uDF5C <b>Li</b>")) {
      account++;
      AdminAnswer answer = accounts("reference,holder_name\n%1$s,%1$s\n".formatted(name));

      assertThat(answer.exitCode()).as(answer.text()).isZero();
      assertThat(server.store.account(SITE, account).orElseThrow().holderName()).isEqualTo(name);
      assertThat(server.store.profiles().importedAccount(SITE, "oldpos", name)).isPresent();
    }
  }

  @Test
  void aSpreadsheetOfChinaIsReadInItsOwnCharacters() {
    byte[] bytes = "reference,holder_name\nR-1,韩梅梅\n".getBytes(GB18030);

    assertThat(take("accounts", bytes).text()).contains("row 2, column 2: ENCODING_WRONG");
    assertThat(take("accounts", bytes, "--charset=gbk").exitCode()).isZero();
    assertThat(server.store.account(SITE, 4).orElseThrow().holderName()).isEqualTo("韩梅梅");
  }

  /// What breaks in the middle of writing leaves nothing, and the file can be imported afterwards.
  @Test
  void aCommitThatBreaksLeavesNothing() throws SQLException {
    String text = NAMES + "A-1,1,12.50," + DAY + "\nA-2,2,1.00," + DAY + "\nA-3,1,0.50," + DAY + "\n";
    List<Object> before = everything();
    for (String table : List.of("transfer", "business_transaction", "transaction_note", "admin_log")) {
      execute("CREATE TRIGGER broken AFTER INSERT ON " + table + " WHEN NEW.site = 1 BEGIN"
          + " SELECT RAISE(ABORT, 'the disk is gone'); END");

      assertThat(records(text).exitCode()).as(table).isEqualTo(2);

      execute("DROP TRIGGER broken");
      server.restart();
      assertThat(everything()).as(table).isEqualTo(before);
    }
    assertThat(records(text).exitCode()).isZero();
    assertThat(balances()).containsExactly(8_700L, 900L, 0L);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("server.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Files at random against what they must come to: booked as a whole, or refused for exactly the rows that nobody can pay.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Requirement({"PAY-06"})
  void aFileAtRandomComesToWhatItMust(long seed) {
    sit(ImportLimits.DEFAULT);
    var random = new SplittableRandom(seed);
    int booked = 0;
    for (int time = 0; time < 10; time++) {
      List<Long> left = new ArrayList<>(balances());
      var text = new StringBuilder(NAMES);
      List<Integer> unpaid = new ArrayList<>();
      int rows = random.nextInt(1, 12);
      for (int row = 2; row < 2 + rows; row++) {
        int account = random.nextInt(3);
        long amount = random.nextLong(1, 200);
        text.append(String.format(Locale.ROOT, "S%d-%d,%d,%d.%02d,%s%n", time, row, account + 1, amount / 100,
            amount % 100, DAY));
        if (left.get(account) < amount) {
          unpaid.add(row);
        } else {
          left.set(account, left.get(account) - amount);
        }
      }
      List<Long> before = balances();

      AdminAnswer answer = records(text.toString());

      if (unpaid.isEmpty()) {
        booked += rows;
        assertThat(answer.exitCode()).as("seed %d: %s", seed, answer.text()).isZero();
        assertThat(balances()).as("seed %d", seed).isEqualTo(left);
      } else {
        assertThat(answer.text().lines().skip(1).map(line -> line.replaceAll("row (\\d+), .*", "$1"))
            .map(Integer::valueOf)).as("seed %d", seed).isEqualTo(unpaid);
        assertThat(balances()).as("seed %d", seed).isEqualTo(before);
      }
      assertThat(imported()).hasSize(booked);
    }
  }

  @Test
  @Requirement({"RFD-03"})
  void anImportedSaleCanBePaidBack() {
    records(NAMES + "A-1,1,12.50," + DAY + "\n");
    TransactionId sale = imported().getFirst().transaction();

    server.core.refunds().refund(SITE, sale, 250, server.transaction(), server.now);

    assertThat(balances().getFirst()).isEqualTo(9_000L);
  }
}
