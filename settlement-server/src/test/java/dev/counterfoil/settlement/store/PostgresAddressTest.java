package dev.counterfoil.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {

  @Test
  void anAddressIsReadInParts() {
    PostgresAddress address = PostgresAddress
        .parse("postgresql://a%40b@db1:5433,db2/money?sslmode=verify-full")
        .orElseThrow();

    assertThat(address).isEqualTo(new PostgresAddress("a@b", "db1:5433,db2", "money", "sslmode=verify-full"));
    assertThat(address.jdbcUrl()).isEqualTo("jdbc:postgresql://db1:5433,db2/money?sslmode=verify-full");
    assertThat(address).hasToString("postgresql://a@b@db1:5433,db2/money");
  }

  @Test
  void theMachineItselfIsKnownByItsNames() {
    assertThat(new PostgresAddress("u", "localhost:5432", "d", "").isOnThisMachine()).isTrue();
    assertThat(new PostgresAddress("u", "db1,[::1]:5432", "d", "").isOnThisMachine()).isTrue();
    assertThat(new PostgresAddress("u", "localhost.example.org", "d", "").isOnThisMachine()).isFalse();
  }

  @Test
  void aFileNameIsNone() {
    assertThat(PostgresAddress.parse("/var/lib/counterfoil/settlement.db")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql://u:geheim@h/d", "postgresql://h/d", "postgresql://u@/d",
      "postgresql://u@h",
      "postgresql://u@h/", "postgresql://u@h/a b"})
  void whatLacksSomethingOrShowsAPasswordIsRefused(String text) {
    assertThatThrownBy(() -> PostgresAddress.parse(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("geheim");
  }
}
