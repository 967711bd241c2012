package dev.counterfoil.settlement.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaScriptsTest {

  /// What databases in use remember. A script that comes out otherwise makes every one of them refuse to open.
  @ParameterizedTest
  @CsvSource({
      "V001__settlement.sql, 8d7c7503646b3371368694abd053727eb647bbfbe09f2bd6318286262f7d7807",
      "V002__till_reference.sql, 47bb680538fb5ef38dffc7a3edc0c93e6e78e24e5e77cc32bc9c7dc5eb9c8e1a",
      "V003__sync_log.sql, 3ecf3a60a7d84bc6186351252b13830ac625dcfbc804995569f7216cd5f6f66e",
      "V004__admin_log.sql, 153c936bcbe0cd69de95400e8141ea44b4949bb4dae80ae4cee75ebcd2e9e40d",
      "V005__intent.sql, 9509d4cf6819b12c0b27d70672e58e456ff3d00a783ce5e26f2f41e02fac0e98",
      "V006__refund.sql, c28a59cec30cf3f28cd79e363f75f60b127273b5baf2ee9cb2c255e7ea416d84",
      "V007__account_history.sql, 453978297c409e649286e3166569e645e00777b71775114531f8fe5fe8e0fb01",
      "V008__audit.sql, 7182a7f88bb3fa6c228eb530c691b42fe786558ce260b29d9e58c62dcc50cc9a",
      "V009__operators.sql, 9e5eda92acfceddc2396dfb86d8debecd53e82069cb5aadbc4a321f215a39534",
      "V011__money.sql, 0b169e7667461b52fdd33bc3e65403f5886ace4c10a2c5ed5fa6c69399f4bcf7"})
  void aReleasedScriptStaysWhatWasApplied(String script, String checksum) {
    assertThat(SqlMigrations.checksum(new SchemaScripts("sqlite").script(script))).isEqualTo(checksum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgresql"})
  void everyDialectHasAWordForEverythingAScriptNames(String dialect) {
    var scripts = new SchemaScripts(dialect);

    for (String name : SqlMigrations.SCRIPTS) {
      assertThat(scripts.script(name)).as(name).isNotBlank().doesNotContain("${");
    }
  }

  @Test
  void theDialectsWordsAreFilledIn() {
    assertThat(new SchemaScripts("postgresql").script("V002__till_reference.sql"))
        .contains("seq BIGINT NOT NULL").contains("transaction_id BYTEA NOT NULL").doesNotContain("STRICT")
        .contains("till_reference_no_truncate BEFORE TRUNCATE");
  }
}
