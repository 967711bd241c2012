package dev.counterfoil.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.operator.Approval;
import dev.counterfoil.settlement.operator.GuardedAction;
import dev.counterfoil.trace.Requirement;
import java.time.Instant;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresSettlementStoreTest extends SettlementStoreContract {

  private static final CommitUnit SITE_2 = new CommitUnit().putSite(new SiteRow(2, "gate", "CNY"));

  /// Filled once, because making all tables takes longer than any test.
  private static final Map<PostgresAddress, PostgresAddress> FILLED = new HashMap<>();

  private PostgresAddress address = new PostgresAddress("", "", "", "");

  PostgresAddress server() {
    return TestPostgres.server();
  }

  @Override
  protected SettlementStore open() {
    address = FILLED.computeIfAbsent(server(), TestPostgres::emptyAt);
    PostgresSettlementStore store = another();
    TestPostgres.clear(address);
    return store;
  }

  /// For a test that leaves the tables otherwise than it found them.
  private void moveToASchemaOfItsOwn() {
    address = TestPostgres.emptyAt(server());
    another().close();
  }

  private PostgresSettlementStore another() {
    return PostgresSettlementStore.open(address, TestPostgres.password());
  }

  @AfterEach
  void dropSchema() {
    if (!FILLED.containsValue(address)) {
      TestPostgres.drop(address);
    }
  }

  @AfterAll
  static void dropFilled() {
    FILLED.values().forEach(TestPostgres::drop);
    FILLED.clear();
  }

  private StoreException refused() {
    return catchThrowableOfType(StoreException.class, () -> another().close());
  }

  private static CommitUnit setting(String value) {
    return new CommitUnit().putSetting(new SettingRow(1, "name", value));
  }

  private static CommitUnit decidedAt(long version, CommitUnit unit) {
    unit.expectVersion(1, version);
    return unit;
  }

  @Test
  void aNewerSchemaIsLeftAlone() {
    moveToASchemaOfItsOwn();
    TestPostgres.execute(address,
        "INSERT INTO schema_history (version, script, checksum) VALUES (99, 'V099__later.sql', 'x')");

    assertThat(refused().fault()).isEqualTo(StoreFault.STORE_NEWER_SCHEMA);
  }

  @Test
  void aMigrationThatWasChangedAfterwardsIsRefused() {
    moveToASchemaOfItsOwn();
    TestPostgres.execute(address, "UPDATE schema_history SET checksum = 'other' WHERE version = 1");

    assertThat(refused().fault()).isEqualTo(StoreFault.STORE_CHANGED_MIGRATION);
  }

  @Test
  void anotherProgramsDatabaseIsLeftAlone() {
    PostgresAddress theirs = TestPostgres.emptyAt(server());
    TestPostgres.execute(theirs, "CREATE TABLE theirs (x INTEGER)");

    StoreException refusal = catchThrowableOfType(StoreException.class,
        () -> PostgresSettlementStore.open(theirs, TestPostgres.password()).close());

    assertThat(refusal.fault()).isEqualTo(StoreFault.STORE_CORRUPT);
    TestPostgres.execute(theirs, "INSERT INTO theirs VALUES (1)");
    TestPostgres.drop(theirs);
  }

  @Test
  void aServerThatIsNotThereAndADatabaseThatIsNotAreToldApart() {
    var nobody = new PostgresAddress("postgres", "127.0.0.1:1", "postgres", "");
    var unknown = new PostgresAddress(server().user(), server().hosts(), "no_such_database", "");

    assertThat(
        catchThrowableOfType(StoreException.class, () -> PostgresSettlementStore.open(nobody, "")).fault())
        .isEqualTo(StoreFault.STORE_UNREACHABLE);
    StoreException refusal = catchThrowableOfType(StoreException.class,
        () -> PostgresSettlementStore.open(unknown, TestPostgres.password() + "secret"));
    assertThat(refusal.fault()).isEqualTo(StoreFault.STORE_REFUSED);
    assertThat(refusal).hasMessageContaining("no_such_database").hasMessageNotContaining("secret");
  }

  @Test
  void serversThatStartAtOnceMakeTheSchemaOnce() throws Exception {
    PostgresAddress empty = TestPostgres.emptyAt(server());
    try (ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor()) {
      var stores = new ArrayList<Future<PostgresSettlementStore>>();
      for (int i = 0; i < 4; i++) {
        stores.add(starters.submit(() -> PostgresSettlementStore.open(empty, TestPostgres.password())));
      }
      for (Future<PostgresSettlementStore> store : stores) {
        assertThat(store.get().sites()).isEmpty();
        store.get().close();
      }
    }
    TestPostgres.drop(empty);
  }

  @Test
  void moneyAndRecordRowsCannotBeChangedOrDeleted() {
    try (SettlementStore store = another()) {
      assertThat(store.commit(oneOfEachNeverChanged()).isCommitted()).isTrue();
    }

    neverChanged().forEach(this::requireNeverChanged);
  }

  private void requireNeverChanged(String table) {
    for (String change : List.of("UPDATE \"%s\" SET site = 2", "DELETE FROM \"%s\"", "TRUNCATE \"%s\"")) {
      assertThatThrownBy(() -> TestPostgres.execute(address, change.formatted(table)))
          .hasMessageContaining(table + " rows are never changed");
      // Not even where no trigger fires: the server's own role may not.
      assertThatThrownBy(() -> TestPostgres.execute(address, "SET session_replication_role = replica",
          "SET ROLE counterfoil_writer", change.formatted(table)))
          .hasMessageContaining("permission denied for table " + table);
    }
  }

  @Test
  @Requirement({"SEC-11"})
  void theDatabaseItselfKnowsThatNobodyApprovesTheirOwnRequest() {
    try (SettlementStore store = another()) {
      store.commit(
          new CommitUnit().putApproval(new ApprovalRow(1, new Approval(1, GuardedAction.REFUND, Hash.ZERO, 7,
              Instant.EPOCH, new Approval.State.Waiting()), "")));
    }

    requireRefused("UPDATE approval SET state = 'APPROVED', approver = 7", "approval_check");
    requireRefused("UPDATE approval SET state = 'APPROVED'", "approval_check");
    requireRefused("UPDATE approval SET requester = 8", "never changed");
    requireRefused("UPDATE approval SET shown = '{}'", "never changed");
    requireRefused("DELETE FROM approval", "never deleted");
    TestPostgres.execute(address, "UPDATE approval SET state = 'USED', approver = 8");
    requireRefused("UPDATE approval SET state = 'WAITING', approver = 0", "never changed");
  }

  private void requireRefused(String change, String why) {
    assertThatThrownBy(() -> TestPostgres.execute(address, change)).hasMessageContaining(why);
  }

  @Test
  void theServerWorksUnderTheRoleThatMayNotChangeWhatWasBooked() throws SQLException {
    try (Connection connection = new PostgresConnections(address, TestPostgres.password()).asWriter();
        ResultSet who = connection.createStatement().executeQuery("SELECT current_user")) {
      assertThat(who.next()).isTrue();
      assertThat(who.getString(1)).isEqualTo("counterfoil_writer");
    }
  }

  @Test
  void aUserWhoMayMakeNoRolesIsServedToo() {
    moveToASchemaOfItsOwn();
    String schema = address.options().substring("currentSchema=".length());
    TestPostgres.execute(address, "DROP SCHEMA " + schema + " CASCADE",
        "CREATE ROLE p_" + schema + " LOGIN PASSWORD 'x'",
        "CREATE SCHEMA " + schema + " AUTHORIZATION p_" + schema);
    var plain = new PostgresAddress("p_" + schema, address.hosts(), address.database(), address.options());

    try (SettlementStore store = PostgresSettlementStore.open(plain, "x")) {
      assertThat(store.commit(oneOfEachNeverChanged()).isCommitted()).isTrue();
    }

    assertThatThrownBy(() -> TestPostgres.execute(address, "SET ROLE p_" + schema, "DELETE FROM transfer"))
        .hasMessageContaining("transfer rows are never changed");
    TestPostgres.execute(address, "DROP OWNED BY p_" + schema, "DROP ROLE p_" + schema,
        "CREATE SCHEMA " + schema);
  }

  @Test
  void aReaderCannotWrite() throws SQLException {
    try (Connection connection = new PostgresConnections(address, TestPostgres.password()).asReader()) {
      assertThatThrownBy(
          () -> connection.createStatement().execute("INSERT INTO setting VALUES (1, 'a', 'b')"))
          .hasMessageContaining("read-only");
    }
  }

  @Test
  void aLostConnectionIsToldAndReplaced() {
    try (SettlementStore store = another()) {
      store.commit(setting("before"));
      cutConnections();

      assertThat(catchThrowableOfType(StoreException.class, () -> store.commit(setting("lost"))).fault())
          .isEqualTo(StoreFault.STORE_UNREACHABLE);

      assertThat(store.setting(1, "name")).contains("before");
      assertThat(store.commit(setting("after"))).isEqualTo(new CommitOutcome.Committed());
      cutConnections();
      assertThat(catchThrowableOfType(StoreException.class, () -> store.setting(1, "name")).fault())
          .isEqualTo(StoreFault.STORE_UNREACHABLE);
      assertThat(store.setting(1, "name")).contains("after");
    }
  }

  @Test
  void aTextWithANulIsKeptAsFarAsItCanBe() {
    try (SettlementStore store = another()) {
      var id = new TransactionId(1, 1);
      assertThat(
          store.commit(new CommitUnit().insertTillReference(new TillReferenceRow(1, 1, "A\0B", id, 1, 5)))
              .isCommitted())
          .isTrue();

      assertThat(store.tillReference(1, 1, "A\0B"))
          .contains(new TillReferenceRow(1, 1, "A\uFFFDB", id, 1, 5));
    }
  }

  private void cutConnections() {
    TestPostgres.execute(address, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        + " WHERE application_name = 'counterfoil' AND pid <> pg_backend_pid()");
  }

  @Test
  void aUnitThatWasDecidedOnWhatIsOverIsNotWritten() {
    try (SettlementStore first = another(); SettlementStore second = another()) {
      assertThat(first.siteVersions()).isEqualTo(new TreeMap<>(Map.of(1, 1L)));
      assertThat(second.commit(decidedAt(1, setting("second"))).isCommitted()).isTrue();

      assertThat(first.commit(decidedAt(1, setting("first"))))
          .isEqualTo(new CommitOutcome.SiteMoved(new TreeSet<>(List.of(1))));

      assertThat(first.setting(1, "name")).contains("second");
      assertThat(first.commit(decidedAt(2, setting("first"))).isCommitted()).isTrue();
      assertThat(second.siteVersions()).containsEntry(1, 3L);
    }
  }

  @Test
  void anEndedUnitLeavesTheVersionWhereItWas() {
    try (SettlementStore store = another()) {
      assertThat(store
          .commit(setting("x").useEnrolmentCode(new EnrolmentCodeRow(1, dev.counterfoil.protocol.id.Hash.ZERO,
              "", 0, 1, 2, 3, ""))))
          .isInstanceOf(CommitOutcome.KeyConflict.class);

      assertThat(store.siteVersions()).containsEntry(1, 1L);
    }
  }

  @Test
  void aClaimedSiteWaitsForItsHolderAndOtherSitesDoNot() {
    try (PostgresSettlementStore holder = another(); SettlementStore other = another()) {
      var sites = new TreeSet<>(List.of(1, 7));

      assertThat(holder.claim(sites)).isTrue();
      assertThat(other.commit(setting("other")))
          .isEqualTo(new CommitOutcome.SiteMoved(new TreeSet<>(List.of(1))));
      assertThat(other.commit(SITE_2).isCommitted()).isTrue();
      assertThat(holder.commit(decidedAt(1, setting("holder"))).isCommitted()).isTrue();
      assertThat(other.commit(setting("other")).isCommitted()).isTrue();
      assertThat(holder.claim(sites)).isTrue();
      holder.release();
      assertThat(other.commit(setting("again")).isCommitted()).isTrue();
    }
  }
}
