package dev.counterfoil.settlement.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresReportViewsTest extends ReportViewsContract {

  private static PostgresAddress address = new PostgresAddress("", "", "", "");

  @BeforeAll
  static void makeSchema() {
    address = TestPostgres.empty();
    PostgresSettlementStore.open(address, TestPostgres.password()).close();
  }

  @AfterAll
  static void dropSchema() {
    TestPostgres.drop(address);
  }

  @Override
  SettlementStore open() {
    TestPostgres.clear(address);
    return PostgresSettlementStore.open(address, TestPostgres.password());
  }

  @Override
  Connection connect() throws SQLException {
    return TestPostgres.connect(address);
  }
}
