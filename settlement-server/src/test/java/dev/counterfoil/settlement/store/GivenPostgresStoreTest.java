package dev.counterfoil.settlement.store;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The same on a server that is there already, such as the version that an installation uses.
@EnabledIfEnvironmentVariable(named = TestPostgres.URL, matches = ".+")
class GivenPostgresStoreTest extends PostgresSettlementStoreTest {

  @Override
  PostgresAddress server() {
    return TestPostgres.given();
  }
}
