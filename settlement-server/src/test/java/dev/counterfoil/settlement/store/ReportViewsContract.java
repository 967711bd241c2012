package dev.counterfoil.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.counterfoil.proto.v1.LineItem;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.Tender;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.RecordKind;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.protocol.policy.AccountStatus;
import dev.counterfoil.settlement.account.AccountDesk;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.account.Opening;
import dev.counterfoil.settlement.admin.TestRecruitment;
import dev.counterfoil.settlement.authorization.PredebitDesk;
import dev.counterfoil.settlement.authorization.PredebitSettlement;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.core.TestTerminal;
import dev.counterfoil.settlement.freeze.FreezeOrder;
import dev.counterfoil.settlement.gateway.GatewayEvent;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayOrderRules;
import dev.counterfoil.settlement.gateway.GatewayStep;
import dev.counterfoil.settlement.gateway.OrderRequest;
import dev.counterfoil.settlement.gateway.Payment;
import dev.counterfoil.settlement.gateway.PaymentAnswer;
import dev.counterfoil.settlement.gateway.RefundAnswer;
import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.imports.FileReader;
import dev.counterfoil.settlement.imports.ImportDesk;
import dev.counterfoil.settlement.imports.ImportFile;
import dev.counterfoil.settlement.imports.ImportKind;
import dev.counterfoil.settlement.imports.ImportLimits;
import dev.counterfoil.settlement.imports.Planned;
import dev.counterfoil.settlement.imports.Surroundings;
import dev.counterfoil.settlement.imports.Terms;
import dev.counterfoil.settlement.imports.TooLargeException;
import dev.counterfoil.settlement.recharge.ArrivalDesk;
import dev.counterfoil.settlement.recharge.CollectionDesk;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.request.KeyedRequest;
import dev.counterfoil.settlement.subsidy.Grant;
import dev.counterfoil.settlement.transfer.TransferLine;
import dev.counterfoil.trace.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What reports read of a server's database (docs/DATA-MODEL.md). A database's test extends this class and says how it is
/// opened and asked.
abstract class ReportViewsContract {

  private static final int SITE = TestServer.SITE;
  private static final long NOW = TestServer.NOW;
  private static final long DAY = 86_400_000;
  private static final DateTimeFormatter TIME = DateTimeFormatter
      .ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TestServer server;
  private TestTerminal till;

  /// An empty store.
  abstract SettlementStore open();

  /// Another connection to its database.
  abstract Connection connect() throws SQLException;

  /// Two accounts and, second after second, one of everything.
  @BeforeEach
  void live() {
    server = new TestServer(open(), TestServer.SETTINGS);
    till = server.terminal();
    long zhang = open(new Opening(AccountKind.PERSONAL, OwnerKind.EMPLOYEE, "E7", "zhang", "lunch", true,
        10_000, 2_000, 0, 0));
    long kitchen = open(new Opening(AccountKind.DEPARTMENT, OwnerKind.DEPARTMENT, "", "kitchen", "", false,
        0, 0, 0, 0));
    server.core.cards().issue(SITE, TestServer.token(1), zhang, server.now);
    TransactionId online = server.transaction();
    TransactionId offline = server.transaction();
    TransactionId referred = server.transaction();
    TransactionId refused = server.transaction();
    server.now += 1_000;
    server.authorize(till, online, 1, 1_200);
    push(() -> till.cardSale(online, TestServer.token(1), 1_200, false));
    server.now += 1_000;
    push(() -> till.cardSale(offline, TestServer.token(1), 700, true));
    server.now += 1_000;
    push(() -> till.tillSale(referred, TestServer.token(1), 300, "R-9"));
    server.now += 1_000;
    push(() -> till.cashSale(server.transaction(), 350));
    server.now += 1_000;
    server.authorize(till, refused, 1, 40_000);
    push(() -> till.decline(refused, 40_000));
    server.now += 1_000;
    push(() -> till.voidSale(server.transaction(), offline, 700));
    server.now += 1_000;
    server.core.refunds().refund(SITE, online, 1_200, server.transaction(), server.now);
    server.now += 1_000;
    server.core.refunds().refund(SITE, referred, 100, server.transaction(), server.now);
    server.now += 1_000;
    server.core.accounts().rechargeByCash(SITE, zhang, 500, server.transaction(), server.now);
    server.now += 1_000;
    server.core.transfers().send(SITE, new TransferLine(zhang, kitchen, 2_500), "wang", "party",
        server.transaction(), server.now);
    server.now += 1_000;
    server.core.freezes().freeze(SITE,
        new FreezeOrder(zhang, 1_000, FreezeKind.ADMINISTRATIVE, "check", "", "li", 0), server.transaction(),
        server.now);
    server.core.accounts().changeLimits(SITE, zhang, 5_000, 20_000, 0, server.now);
    server.core.accounts().permissions().grant(new PermissionRow(SITE, zhang, 0, PermissionType.CONSUMPTION,
        false, "terminal:1", 5_000, 20_000, 0, NOW, NOW + DAY, true), server.now);
    server.core.accounts().permissions().grant(new PermissionRow(SITE, zhang, 0, PermissionType.TRANSFER,
        true, "", 0, 0, 900_000, NOW, 0, false), server.now);
    server.core.accounts().permissions()
        .relate(new RelationRow(SITE, kitchen, 0, zhang, RelationType.DEPARTMENT, 1, "{}", true), server.now);
  }

  private long open(Opening opening) {
    return server.core.accounts().open(SITE, opening, server.transaction(), server.now).row().account();
  }

  private void push(Runnable write) {
    long from = till.head.seq() + 1;
    write.run();
    server.acknowledged(till.push(from));
  }

  @AfterEach
  void close() {
    server.close();
  }

  /// Each row as its values with a bar between them.
  private List<String> rows(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (result.next()) {
        var values = new ArrayList<String>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          values.add(text(result.getObject(column)));
        }
        rows.add(String.join("|", values));
      }
      return rows;
    }
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "-";
      case Double number -> BigDecimal.valueOf(number).setScale(2, RoundingMode.UNNECESSARY).toPlainString();
      case Timestamp time -> TIME.format(time.toInstant());
      default -> value.toString();
    };
  }

  private List<String> columns(String view) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM " + view + " WHERE 1 = 0")) {
      var names = new ArrayList<String>();
      for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
        names.add(result.getMetaData().getColumnName(column));
      }
      return names;
    }
  }

  /// The list of each requirement, and what is ours beside it.
  @ParameterizedTest
  @CsvSource(delimiter = ':', value = {
      "t_consume_transaction: transaction_id transaction_no user_id account_id card_id device_id device_type"
          + " transaction_type payment_method original_amount discount_amount actual_amount before_balance"
          + " after_balance transaction_status failure_reason merchant_id merchant_name category_id category_name"
          + " product_id product_name quantity unit_price location_id location_name consumer_ip risk_level"
          + " offline_flag sync_status create_time update_time create_user_id update_user_id deleted_flag"
          + ": site transaction_time currency create_ms sub_type payable_amount cash_amount import_source"
          + " external_order_no",
      "t_consume_account: account_id user_id account_no account_type account_status current_balance"
          + " available_balance frozen_amount credit_limit monthly_limit daily_limit single_limit card_count"
          + " primary_card_id enable_online enable_offline last_consume_time last_login_time password_salt"
          + " security_question security_answer remark create_time update_time create_user_id update_user_id"
          + " deleted_flag: site currency",
      "t_account: account_id account_no account_type account_status owner_id owner_name owner_type account_name"
          + " balance frozen_balance credit_limit total_recharge total_consume last_transaction_time"
          + " last_recharge_time create_time update_time deleted_flag: site currency",
      "t_account_permission: permission_id account_id permission_type permission_scope daily_limit monthly_limit"
          + " single_limit effective_time expire_time status create_time update_time: site by_holder",
      "t_account_relation: relation_id main_account_id sub_account_id relation_type relation_level"
          + " permission_config status create_time update_time: site",
      "consumption_transaction: consumption_id member_id card_id original_amount discount_amount payable_amount"
          + " paid_amount pay_channel status points_used points_earned external_order_no remark created_at"
          + ": site account_id transaction_id currency create_ms sub_type cash_amount import_source"})
  @Requirement({"DAT-01", "DAT-02", "DAT-03", "DAT-04", "DAT-05", "DAT-07"})
  void everyColumnThatTheSourcesNameIsThere(String view, String named, String ours) throws SQLException {
    assertThat(columns(view)).startsWith("site")
        .containsExactlyInAnyOrder((named.strip() + " " + ours.strip()).split(" "));
  }

  @Test
  void everyTransactionHasItsAmountsBalancesAndCodes() throws SQLException {
    assertThat(
        rows("SELECT transaction_type, payment_method, transaction_status, original_amount, discount_amount,"
            + " actual_amount, before_balance, after_balance FROM t_consume_transaction WHERE site = 1"
            + " ORDER BY create_ms"))
        .containsExactly(
            "7|5|2|100.00|0.00|100.00|0.00|100.00",
            "1|5|5|12.00|0.00|12.00|100.00|88.00",
            "1|5|4|7.00|0.00|7.00|88.00|81.00",
            "1|5|2|3.00|0.00|3.00|81.00|78.00",
            "1|1|2|3.50|0.00|3.50|-|-",
            "1|5|4|400.00|0.00|400.00|-|-",
            "8|5|2|7.00|0.00|7.00|78.00|85.00",
            "3|5|2|12.00|0.00|12.00|85.00|97.00",
            "3|5|2|1.00|0.00|1.00|97.00|98.00",
            "2|1|2|5.00|0.00|5.00|98.00|103.00",
            "4|5|2|25.00|0.00|25.00|103.00|78.00",
            "9|5|2|10.00|0.00|10.00|78.00|78.00");
  }

  @Test
  void aRechargeAndWhatGoesBackOfItAreShownUnderTheirMethod() throws SQLException {
    long from = server.now += 1_000;
    for (RechargeMethod method : List.of(RechargeMethod.BANK_CARD, RechargeMethod.BANK_TRANSFER,
        RechargeMethod.ONE_CARD, RechargeMethod.PAYROLL, RechargeMethod.SUBSIDY)) {
      server.now += 1_000;
      ArrivalRow row = server.core.arrivals().announce(SITE,
          new ArrivalDesk.Announced(1, 100, method, "B-1", "li"), server.transaction(), server.now);
      server.core.arrivals().confirm(SITE, row.number(), "li", server.now);
    }
    server.now += 1_000;
    TransactionId order = server.transaction();
    collect(server.core.collections().order(SITE, new CollectionDesk.Wanted(1, 100, GatewayName.WECHAT,
        new OrderRequest.Presentation.Code(), "li"), order, server.now).row(),
        new GatewayEvent.PaymentLearned(new PaymentAnswer.Paid(
            new Payment(order.toString(), "42", 100, Instant.ofEpochMilli(server.now)))));
    server.now += 1_000;
    TransactionId back = server.transaction();
    collect(server.core.collections().giveBack(SITE,
        new CollectionDesk.BackWanted(order, 40, "too much", "li"), back, server.now).row(),
        new GatewayEvent.RefundLearned(back.toString(), new RefundAnswer.Refunded(back.toString(), 40)));

    assertThat(rows("SELECT transaction_type, payment_method FROM t_consume_transaction WHERE site = 1"
        + " AND create_ms > " + from + " ORDER BY create_ms, transaction_type DESC"))
        .containsExactly("2|2", "2|7", "2|8", "2|9", "2|10", "2|3", "9|3", "3|3");
  }

  private void collect(GatewayOrderRow row, GatewayEvent event) {
    GatewayStep step = GatewayOrderRules.step(row.order(), event, Instant.ofEpochMilli(server.now));
    assertThat(server.core.collections().take(SITE, row.order(), step.order(), step.entries(), server.now))
        .isTrue();
  }

  @Test
  @Requirement({"PAY-24"})
  void aProvisionalChargeIsUnderWayThenDoneOrCancelled() throws SQLException {
    long from = server.now;
    TransactionId held = predebit(1_200);
    TransactionId settled = predebit(600);
    TransactionId cancelled = predebit(400);
    server.core.predebitSettlement().settle(SITE, settled, new PredebitSettlement.Final(550, false, "li"),
        server.now);
    server.core.predebitSettlement().cancel(SITE, cancelled, "li", server.now);

    assertThat(
        rows("SELECT transaction_type, payment_method, transaction_status, actual_amount, before_balance,"
            + " after_balance, device_id, merchant_id, sub_type, user_id FROM t_consume_transaction WHERE site = 1"
            + " AND create_ms > " + from + " ORDER BY transaction_id"))
        .containsExactly(
            "1|5|1|12.00|78.00|78.00|1|1|POS|E7", "1|5|2|5.50|78.00|72.50|1|1|POS|E7",
            "1|5|4|4.00|78.00|78.00|1|1|POS|E7");
    assertThat(rows("SELECT count(*) FROM t_consume_transaction WHERE site = 1 AND account_id = 1"))
        .containsExactly("13");
    assertThat(rows("SELECT paid_amount, status FROM consumption_transaction WHERE site = 1 AND create_ms > "
        + from)).containsExactly("5.50|1");
    server.core.predebitSettlement().settle(SITE, held, new PredebitSettlement.Final(1_200, false, "li"),
        server.now);
    assertThat(
        rows("SELECT transaction_status FROM t_consume_transaction WHERE site = 1 AND actual_amount = 12.00"
            + " AND create_ms > " + from))
        .containsExactly("2");
  }

  private TransactionId predebit(long amount) {
    server.now += 1_000;
    TransactionId id = server.transaction();
    assertThat(server.core.predebits().open(SITE, new PredebitDesk.Wish(1, TestServer.token(1), amount, "",
        SaleSubType.POS, "", "li"), Optional.empty(), id, server.now))
        .isInstanceOf(PredebitDesk.Answer.Held.class);
    return id;
  }

  @Test
  void everyTransactionSaysWhoseItIsWhereAndHowItCame() throws SQLException {
    assertThat(
        rows("SELECT transaction_id, account_id, user_id, device_id, merchant_id, offline_flag, sync_status,"
            + " failure_reason, create_user_id, deleted_flag, currency FROM t_consume_transaction WHERE site = 1"
            + " ORDER BY create_ms"))
        .containsExactly(
            "01900000000070018000000000000001|1|E7|-|-|0|1|-|-|0|CNY",
            "01900000000070038000000000000003|1|E7|1|1|0|1|-|-|0|CNY",
            "01900000000070048000000000000004|1|E7|1|1|1|1|-|-|0|CNY",
            "01900000000070058000000000000005|1|E7|1|1|0|1|-|-|0|CNY",
            "01900000000070078000000000000007|-|-|1|1|0|1|-|-|0|CNY",
            "01900000000070068000000000000006|-|-|1|-|0|1|INSUFFICIENT_BALANCE|-|0|CNY",
            "01900000000070088000000000000008|1|E7|1|1|0|1|-|-|0|CNY",
            "01900000000070098000000000000009|1|E7|-|1|0|1|-|-|0|CNY",
            "019000000000700a800000000000000a|1|E7|-|1|0|1|-|-|0|CNY",
            "019000000000700b800000000000000b|1|E7|-|-|0|1|-|-|0|CNY",
            "019000000000700c800000000000000c|1|E7|-|-|0|1|-|wang|0|CNY",
            "019000000000700d800000000000000d|1|E7|-|-|0|1|-|li|0|CNY");
  }

  @Test
  void aTransactionsTimesAreWhenItWasStoredLastTouchedAndDone() throws SQLException {
    assertThat(rows("SELECT create_time, update_time, transaction_time, create_ms FROM t_consume_transaction"
        + " WHERE site = 1 AND transaction_id IN ('01900000000070038000000000000003',"
        + " '01900000000070048000000000000004', '01900000000070058000000000000005') ORDER BY create_ms"))
        .containsExactly(
            "2025-11-20T00:53:21.000Z|2025-11-20T00:53:27.000Z|1970-01-01T00:00:01.001Z|1763600001000",
            "2025-11-20T00:53:22.000Z|2025-11-20T00:53:26.000Z|1970-01-01T00:00:01.002Z|1763600002000",
            "2025-11-20T00:53:23.000Z|2025-11-20T00:53:28.000Z|1970-01-01T00:00:01.003Z|1763600003000");
  }

  @Test
  void amountsAddUpAndCompareAsNumbers() throws SQLException {
    assertThat(
        rows("SELECT sum(actual_amount) FROM t_consume_transaction WHERE site = 1 AND transaction_type = 1"
            + " AND transaction_status IN (2, 5) AND actual_amount > 3.00"))
        .containsExactly("15.50");
  }

  @Test
  void aLookUpByAccountOrTimeFindsWhatTheWholeViewHas() throws SQLException {
    assertThat(rows("SELECT count(*) FROM t_consume_transaction WHERE site = 1 AND account_id = 1"))
        .containsExactly("10");
    assertThat(rows("SELECT count(*) FROM t_consume_transaction WHERE site = 1 AND account_id IS NULL"))
        .containsExactly("2");
    assertThat(rows("SELECT actual_amount FROM t_consume_transaction WHERE site = 1"
        + " AND create_ms BETWEEN 1763600004000 AND 1763600005000 ORDER BY create_ms"))
        .containsExactly("3.50", "400.00");
  }

  @Test
  @Requirement({"DAT-01", "DAT-03", "DAT-07"})
  void aSaleOfAnotherSystemIsAPurchaseWithItsOwnTimeAndNumber() throws Exception {
    long from = importSale();
    assertThat(rows("SELECT transaction_type, payment_method, transaction_status, original_amount,"
        + " discount_amount, actual_amount, device_id, merchant_id, sub_type, product_name, create_user_id,"
        + " transaction_time, import_source, external_order_no FROM t_consume_transaction WHERE site = 1"
        + " AND create_ms = " + from)).containsExactly(
            "1|5|2|6.00|0.50|5.50|-|1|QR|rice|li|2024-10-01T04:30:00.000Z|oldpos|A-1");
    assertThat(rows("SELECT paid_amount, pay_channel, status, external_order_no, import_source"
        + " FROM consumption_transaction WHERE site = 1 AND create_ms = " + from)).containsExactly(
            "5.50|BALANCE|1|A-1|oldpos");
    assertThat(rows("SELECT count(*) FROM consumption_transaction WHERE site = 1 AND import_source IS NULL"
        + " AND external_order_no = 'R-9'")).containsExactly("1");
    assertThat(rows("SELECT total_consume FROM t_account WHERE site = 1 AND account_id = 1"))
        .containsExactly("7.50");
  }

  /// @return when
  private long importSale() throws IOException, TooLargeException {
    server.now += 1_000;
    long from = server.now;
    byte[] file = """
        reference,account,amount,discount,time,sub_type,product,product_name
        A-1,1,5.50,0.50,2024-10-01T12:30:00+08:00,QR,P9,rice
        """.getBytes(StandardCharsets.UTF_8);
    ImportFile read = new FileReader(ImportLimits.DEFAULT, new Surroundings(SITE, Optional.empty(), from,
        uid -> TestServer.token(1)), (_, _, _) -> {
        }).read(new ByteArrayInputStream(file), ImportKind.RECORDS, StandardCharsets.UTF_8);
    var terms = new Terms("oldpos", "li", TestServer.SETTINGS,
        new ContactSeal(TestRecruitment.of(new SecureRandom()).sealed()));
    Planned planned = ImportDesk.check(read, server.store, server.store.site(SITE).orElseThrow(), terms, from,
        (_, _, _) -> {
        });
    server.core.inTurn(core -> core.imports().book(planned, SITE, terms, read.faults(), from));
    assertThat(read.faults().isEmpty()).isTrue();
    return from;
  }

  @Test
  void everyPurchaseIsAConsumptionOfItsMember() throws SQLException {
    assertThat(
        rows("SELECT member_id, original_amount, discount_amount, payable_amount, paid_amount, pay_channel,"
            + " status, points_used, points_earned, external_order_no, created_at, account_id"
            + " FROM consumption_transaction WHERE site = 1 ORDER BY consumption_id"))
        .containsExactly(
            "E7|12.00|0.00|12.00|12.00|BALANCE|1|0|0|-|2025-11-20T00:53:21.000Z|1",
            "E7|7.00|0.00|7.00|7.00|BALANCE|0|0|0|-|2025-11-20T00:53:22.000Z|1",
            "E7|3.00|0.00|3.00|3.00|BALANCE|1|0|0|R-9|2025-11-20T00:53:23.000Z|1",
            "-|3.50|0.00|3.50|3.50|CASH|1|0|0|-|2025-11-20T00:53:24.000Z|-");
  }

  @Test
  void anAccountHasTheCodesAndFiguresOfItsFirstForm() throws SQLException {
    assertThat(rows("SELECT account_id, user_id, account_no, account_type, account_status, current_balance,"
        + " available_balance, frozen_amount, credit_limit, monthly_limit, daily_limit, single_limit, card_count,"
        + " primary_card_id, enable_online, enable_offline, last_consume_time, create_time, update_time,"
        + " deleted_flag FROM t_consume_account WHERE site = 1 ORDER BY account_id")).containsExactly(
            "1|E7|ACCT0000000001|1|1|78.00|68.00|10.00|20.00|0.00|200.00|50.00|1|1|1|1"
                + "|2025-11-20T00:53:23.000Z|2025-11-20T00:53:20.000Z|2025-11-20T00:53:31.000Z|0",
            "2|-|ACCT0000000002|2|1|25.00|25.00|0.00|0.00|0.00|0.00|0.00|0|-|1|0"
                + "|-|2025-11-20T00:53:20.000Z|2025-11-20T00:53:20.000Z|0");
  }

  @Test
  void anAccountsStateHasTheFirstFormsCodeInOneViewAndTheSecondsInTheOther() throws SQLException {
    AccountRow row = server.store.account(SITE, 2).orElseThrow();
    for (AccountStatus status : AccountStatus.values()) {
      server.store.commit(new CommitUnit().putAccount(row.withStatus(status)));
      String codes = rows(
          "SELECT c.account_status, t.account_status FROM t_consume_account c JOIN t_account t"
              + " ON t.site = c.site AND t.account_id = c.account_id WHERE c.site = 1 AND c.account_id = 2")
          .getFirst();
      assertThat(codes).isEqualTo(switch (status) {
        case CANCELLED -> "3|0";
        case NORMAL -> "1|1";
        case FROZEN -> "2|2";
        case LOST -> "4|3";
        case PENDING -> "5|5";
      });
    }
  }

  @Test
  void anAccountHasTheCodesAndFiguresOfItsSecondForm() throws SQLException {
    assertThat(
        rows("SELECT account_id, account_no, account_type, account_status, owner_id, owner_name, owner_type,"
            + " account_name, balance, frozen_balance, credit_limit, total_recharge, total_consume,"
            + " last_transaction_time, last_recharge_time, create_time, update_time, deleted_flag"
            + " FROM t_account WHERE site = 1 ORDER BY account_id"))
        .containsExactly(
            "1|ACCT0000000001|1|1|E7|zhang|1|lunch|78.00|10.00|20.00|5.00|2.00|2025-11-20T00:53:31.000Z"
                + "|2025-11-20T00:53:29.000Z|2025-11-20T00:53:20.000Z|2025-11-20T00:53:31.000Z|0",
            "2|ACCT0000000002|2|1|-|kitchen|2|-|25.00|0.00|0.00|0.00|0.00|-"
                + "|-|2025-11-20T00:53:20.000Z|2025-11-20T00:53:20.000Z|0");
  }

  @Test
  void permissionsAndRelationsAreListedWithTheirCodes() throws SQLException {
    assertThat(rows("SELECT permission_id, account_id, permission_type, permission_scope, daily_limit,"
        + " monthly_limit, single_limit, effective_time, expire_time, status, by_holder"
        + " FROM t_account_permission WHERE site = 1 ORDER BY permission_id")).containsExactly(
            "1000001|1|1|terminal:1|200.00|0.00|50.00|2025-11-20T00:53:20.000Z|2025-11-21T00:53:20.000Z|1|0",
            "1000002|1|2|-|0.00|9000.00|0.00|2025-11-20T00:53:20.000Z|-|0|1");
    assertThat(rows("SELECT relation_id, main_account_id, sub_account_id, relation_type, relation_level,"
        + " permission_config, status FROM t_account_relation WHERE site = 1"))
        .containsExactly("2000001|2|1|3|1|{}|1");
  }

  @Test
  @Requirement({"DAT-04", "DAT-05"})
  void permissionsAndRelationsSayWhenTheyWereMadeAndLastChanged() throws SQLException {
    server.now += 1_000;
    server.core.accounts().permissions().enable(SITE, 1, 2, true, server.now);
    server.core.accounts().permissions().enableRelation(SITE, 2, 1, false, server.now);
    server.now += 1_000;
    Opening sub = new Opening(AccountKind.TEMPORARY, OwnerKind.OTHER, "", "guest", "", false, 0, 0, 1,
        NOW + DAY);
    open(sub);
    open(new Opening(AccountKind.PROJECT, OwnerKind.PROJECT, "", "field", "", false, 0, 0, 0, NOW + DAY));
    server.store.commit(new CommitUnit().putPermission(new PermissionRow(SITE, 1, 3, PermissionType.QUERY,
        false, "", 0, 0, 0, NOW, 0, true)).putRelation(
            new RelationRow(SITE, 1, 2, 2, RelationType.FAMILY, 1, "", true)));

    assertThat(rows("SELECT permission_id, create_time, update_time FROM t_account_permission WHERE site = 1"
        + " ORDER BY permission_id")).containsExactly(
            "1000001|2025-11-20T00:53:31.000Z|2025-11-20T00:53:31.000Z",
            "1000002|2025-11-20T00:53:31.000Z|2025-11-20T00:53:32.000Z",
            "1000003|-|-",
            "4000001|2025-11-20T00:53:33.000Z|2025-11-20T00:53:33.000Z",
            "4000002|2025-11-20T00:53:33.000Z|2025-11-20T00:53:33.000Z",
            "4000003|2025-11-20T00:53:33.000Z|2025-11-20T00:53:33.000Z");
    assertThat(rows("SELECT relation_id, create_time, update_time FROM t_account_relation WHERE site = 1"
        + " ORDER BY relation_id")).containsExactly(
            "1000001|2025-11-20T00:53:33.000Z|2025-11-20T00:53:33.000Z",
            "1000002|-|-",
            "2000001|2025-11-20T00:53:31.000Z|2025-11-20T00:53:32.000Z");
  }

  @Test
  @Requirement({"DAT-02"})
  void anAccountSaysWhoOpenedItAndWhoLastChangedIt() throws SQLException {
    server.now += 1_000;
    long account = by("zhao", _ -> open(Opening.personal("guest", false, 0)));
    assertThat(whoAndWhen(account))
        .containsExactly("zhao|zhao|2025-11-20T00:53:32.000Z|2025-11-20T00:53:32.000Z");
    server.now += 1_000;
    var request = new KeyedRequest(SITE, "machine/1", "erp", "k-1", "ACCOUNT_LIMITS", "", Hash.ZERO,
        server.now);
    server.core.once(request, _ -> {
      server.core.accounts().changeLimits(SITE, account, 500, 0, 0, server.now);
      return new Done(200, "{}", "account " + account, "", "");
    });
    assertThat(whoAndWhen(account))
        .containsExactly("zhao|erp|2025-11-20T00:53:32.000Z|2025-11-20T00:53:33.000Z");
    server.now += 1_000;
    by("qian",
        core -> core.accounts().rechargeByCash(SITE, account, 300, server.transaction(), server.now));
    assertThat(whoAndWhen(account))
        .containsExactly("zhao|erp|2025-11-20T00:53:32.000Z|2025-11-20T00:53:34.000Z");
    server.now += 1_000;
    server.core.accounts().apply(SITE, account, new AccountEvent.LossReported(""), server.now);
    assertThat(whoAndWhen(account))
        .containsExactly("zhao|-|2025-11-20T00:53:32.000Z|2025-11-20T00:53:35.000Z");
  }

  private <T> T by(String operator, Function<SettlementCore, T> work) {
    return server.core.byOperator(new AdminRow(SITE, 0, server.now, operator, "account", ""), work);
  }

  private List<String> whoAndWhen(long account) throws SQLException {
    return rows("SELECT c.create_user_id, c.update_user_id, c.create_time, c.update_time FROM"
        + " t_consume_account c JOIN t_account t ON t.site = c.site AND t.account_id = c.account_id"
        + " AND t.update_time = c.update_time WHERE c.site = 1 AND c.account_id = " + account);
  }

  @Test
  @Requirement({"DAT-02", "DAT-03", "ACC-18", "ACC-21"})
  void whateverIsSetOfAnAccountMovesItsTimeAndStandsInItsLog() throws SQLException {
    long account = open(Opening.personal("guest", false, 0));
    AccountDesk desk = server.core.accounts();
    List<Runnable> changes = List.of(
        () -> desk.changeLimits(SITE, account, 500, 2_000, 0, server.now),
        () -> desk.changeCredit(SITE, account, 700, server.now),
        () -> desk.changeChannels(SITE, account, true, false, true, server.now),
        () -> desk.changeRestriction(SITE, account, true, server.now),
        () -> desk.changeRestriction(SITE, account, false, server.now),
        () -> desk.apply(SITE, account, new AccountEvent.Closed("moved"), server.now),
        () -> desk.delete(SITE, account, server.now));
    for (Runnable change : changes) {
      server.now += 1_000;
      by("zhao", _ -> {
        change.run();
        return change;
      });
      assertThat(whoAndWhen(account))
          .containsExactly(
              "-|zhao|2025-11-20T00:53:31.000Z|" + TIME.format(Instant.ofEpochMilli(server.now)));
    }

    assertThat(server.store.profiles().accountEvents(SITE, account, 9).stream()
        .map(row -> row.event() + "|" + row.detail() + "|" + row.before() + "|" + row.after()))
        .containsExactly("OPENED||NORMAL|NORMAL",
            "LIMITS_CHANGED|single=5.00 daily=20.00 monthly=0.00|NORMAL|NORMAL",
            "CREDIT_CHANGED|credit=7.00|NORMAL|NORMAL",
            "CHANNELS_CHANGED|consume=true online=false offline=true|NORMAL|NORMAL",
            "RESTRICTED||NORMAL|NORMAL", "RESTRICTION_LIFTED||NORMAL|NORMAL",
            "CLOSED|moved|NORMAL|CANCELLED", "DELETED||CANCELLED|CANCELLED");
  }

  @Test
  void whatNothingIsKeptForIsNull() throws SQLException {
    assertThat(rows("SELECT count(last_login_time) FROM t_consume_account WHERE site = 1"))
        .containsExactly("0");
  }

  /// A sale that says all that a record can, of which a part was paid back.
  private void sellInFull() {
    server.now += 1_000;
    server.core.registry().place(new TerminalPlaceRow(SITE, 1, 2, 5, "Canteen 2", "Kitchen Ltd"));
    server.core.subsidies().grant(SITE, new Grant(1, "meal", 400, 0, 0, "", "li"), server.transaction(),
        server.now);
    TransactionId full = server.transaction();
    Sale sale = Sale.newBuilder().setTransactionId(Wire.bytes(full)).setTender(Tender.TENDER_CARD)
        .setCardToken(ByteString.copyFrom(TestServer.token(1).bytes())).setAmountMinor(1_000)
        .setCurrency("CNY").setCashMinor(200).setOriginalMinor(1_300).setDiscountMinor(250)
        .setPresentation(3).setConsumerIp("203.0.113.9").setExternalReference("R-10")
        .addLines(LineItem.newBuilder().setProductCode("P-1").setProductName("rice").setUnitPriceMinor(500)
            .setQuantity(2).setCategoryId(4).setCategoryName("meals"))
        .build();
    push(() -> till.write(RecordKind.SALE, sale, 1_000));
    server.now += 1_000;
    TransactionRow refund = server.core.refunds().refund(SITE, full, 100, server.transaction(), server.now)
        .row();
    server.store.commit(new CommitUnit().insertNote(TransactionNoteRow.of(refund, "zhou", "cold rice")));
  }

  @Test
  @Requirement({"SUB-10"})
  void aSaleThatASubsidyPaysSaysSoAndShowsTheBalanceOfAllPurses() throws SQLException {
    server.now += 1_000;
    long from = server.now;
    server.core.subsidies().grant(SITE, new Grant(1, "meal", 300, 0, 0, "", "li"), server.transaction(),
        server.now);
    for (long amount : new long[] {200, 300}) {
      server.now += 1_000;
      push(() -> till.cardSale(server.transaction(), TestServer.token(1), amount, true));
    }

    assertThat(rows("SELECT payment_method, actual_amount, before_balance, after_balance"
        + " FROM t_consume_transaction WHERE site = 1 AND create_ms > " + from + " ORDER BY create_ms"))
        .containsExactly("10|2.00|81.00|79.00", "5|3.00|79.00|76.00");
  }

  @Test
  @Requirement({"PAY-02", "PAY-10", "PAY-11", "PAY-12", "PAY-13"})
  void aSaleShowsAllThatItsRecordSays() throws SQLException {
    sellInFull();
    assertThat(
        rows("SELECT card_id, device_type, original_amount, discount_amount, payable_amount, actual_amount,"
            + " cash_amount, before_balance, after_balance, merchant_name, category_id, category_name, product_id,"
            + " product_name, quantity, unit_price, location_id, location_name, consumer_ip, risk_level, sub_type,"
            + " payment_method, create_user_id, update_user_id FROM t_consume_transaction WHERE site = 1"
            + " AND product_id IS NOT NULL"))
        .containsExactly("1|2|13.00|2.50|10.50|10.00|2.00|82.00|74.00|Kitchen Ltd"
            + "|4|meals|P-1|rice|2|5.00|5|Canteen 2|203.0.113.9|1|QR|5|-|zhou");
    assertThat(
        rows("SELECT card_id, original_amount, discount_amount, payable_amount, paid_amount, cash_amount,"
            + " pay_channel, remark, sub_type, external_order_no FROM consumption_transaction WHERE site = 1"
            + " AND cash_amount > 0 AND card_id > 0"))
        .containsExactly("1|13.00|2.50|10.50|10.00|2.00|BALANCE+CASH|cold rice|QR|R-10");
    assertThat(rows("SELECT transaction_type, payment_method, original_amount FROM t_consume_transaction"
        + " WHERE site = 1 AND transaction_type = 6")).containsExactly("6|10|4.00");
  }

  /// Holders do not sign in, so nothing is kept of when they last did.
  @ParameterizedTest
  @ValueSource(strings = {"t_consume_transaction", "t_account", "consumption_transaction",
      "t_consume_account",
      "t_account_permission", "t_account_relation"})
  @Requirement({"DAT-01", "DAT-02", "DAT-03", "DAT-04", "DAT-05", "DAT-07"})
  void everyColumnOfTheContractHasAnExample(String view) throws Exception {
    sellInFull();
    importSale();
    protect(1);
    by("zhao", _ -> open(Opening.personal("guest", false, 0)));
    List<String> columns = columns(view);
    columns.remove("last_login_time");
    for (String column : columns) {
      assertThat(rows("SELECT count(" + column + ") FROM " + view + " WHERE site = 1")).as(column)
          .isNotEqualTo(List.of("0"));
    }
  }

  private String protect(long account) {
    var passwords = TestRecruitment.holders(new SplittableRandom(1));
    String stored = passwords.stored("271828".toCharArray()).orElseThrow();
    server.core.accounts().passwords().set(SITE, account, stored, server.now);
    server.core.accounts().passwords().question(SITE, account, "Pet?", passwords.storedAnswer("Tiger"),
        server.now);
    server.core.accounts().apply(SITE, account, new AccountEvent.Frozen(FreezeKind.SECURITY, "seen twice"),
        server.now);
    return stored;
  }

  @Test
  @Requirement({"ACC-25"})
  void whatProvesAHolderIsShownWithoutItsSecrets() throws SQLException {
    String stored = protect(1);
    assertThat(rows("SELECT password_salt, security_question, security_answer, remark FROM t_consume_account"
        + " WHERE site = 1 AND account_id = 1"))
        .containsExactly(stored.split("\\$")[4] + "|Pet?|argon2id|seen twice");
  }

  @Test
  void balancesAreThoseOfAllPurses() throws SQLException {
    server.core.subsidies().grant(SITE, new Grant(1, "meal", 400, 0, 0, "", "li"), server.transaction(),
        server.now);
    assertThat(rows("SELECT c.current_balance, c.available_balance, t.balance FROM t_consume_account c"
        + " JOIN t_account t ON t.site = c.site AND t.account_id = c.account_id WHERE c.site = 1"
        + " ORDER BY c.account_id")).containsExactly("82.00|72.00|82.00", "25.00|25.00|25.00");
  }
}
