package dev.counterfoil.settlement.app;

import dev.counterfoil.settlement.password.HolderPasswords;
import dev.counterfoil.settlement.password.PasswordRules;
import dev.counterfoil.settlement.secret.Argon2Cost;
import dev.counterfoil.settlement.secret.PasswordHash;
import dev.counterfoil.settlement.secret.SealException;
import dev.counterfoil.settlement.secret.SealKeys;
import dev.counterfoil.settlement.secret.SealedColumn;
import dev.counterfoil.settlement.staff.Recruitment;
import dev.counterfoil.settlement.store.SettlementReads;
import java.nio.file.Files;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// What passwords and sealed columns need, opened once.
record Secrets(PasswordHash passwords, PasswordHash holders, SealedColumn sealed, SecureRandom random) {

  private static final String HOLDERS = "counterfoil/holder-password/v1";

  /// Another key than the one that sealed would open nothing, so it is never made unasked for a database with operators
  /// or holders' passwords.
  static Secrets open(ServerConfig config, SettlementReads reads, SecureRandom random) {
    @Nullable
    String environment = System.getenv(SealKeys.VARIABLE);
    boolean used = reads.sites().stream().anyMatch(site -> !reads.operators(site.site()).isEmpty()
        || reads.profiles().hasPasswords(site.site()));
    if (used && environment == null && Files.notExists(config.sealKeys())) {
      throw new StartupException("KEYS_MISSING", "file=" + config.sealKeys()
          + " meaning=\"operators' secrets and holders' passwords in this database hang on it; put it back from the backup, or set "
          + SealKeys.VARIABLE + "\"");
    }
    try {
      SealKeys keys = SealKeys.openOrCreate(environment, config.sealKeys(), random);
      return new Secrets(new PasswordHash(Argon2Cost.OPERATOR, new byte[0], random),
          new PasswordHash(Argon2Cost.HOLDER, keys.derived(HOLDERS), random), new SealedColumn(keys, random),
          random);
    } catch (SealException e) {
      throw new StartupException("KEYS_UNUSABLE", String.valueOf(e.getMessage()), e);
    }
  }

  HolderPasswords holders(PasswordRules rules) {
    return new HolderPasswords(holders, rules, random);
  }

  Recruitment recruitment() {
    return new Recruitment(passwords, sealed, random);
  }
}
