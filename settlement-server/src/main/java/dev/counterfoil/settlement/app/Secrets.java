package dev.counterfoil.settlement.app;

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
record Secrets(PasswordHash passwords, SealedColumn sealed, SecureRandom random) {

  /// Another key than the one that sealed would open nothing, so it is never made unasked for a database with operators.
  static Secrets open(ServerConfig config, SettlementReads reads, SecureRandom random) {
    @Nullable
    String environment = System.getenv(SealKeys.VARIABLE);
    boolean used = reads.sites().stream().anyMatch(site -> !reads.operators(site.site()).isEmpty());
    if (used && environment == null && Files.notExists(config.sealKeys())) {
      throw new StartupException("KEYS_MISSING", "file=" + config.sealKeys()
          + " meaning=\"operators' secrets in this database were sealed with it; put it back from the backup, or set "
          + SealKeys.VARIABLE + "\"");
    }
    try {
      SealKeys keys = SealKeys.openOrCreate(environment, config.sealKeys(), random);
      return new Secrets(new PasswordHash(Argon2Cost.OPERATOR, new byte[0], random),
          new SealedColumn(keys, random), random);
    } catch (SealException e) {
      throw new StartupException("KEYS_UNUSABLE", String.valueOf(e.getMessage()), e);
    }
  }

  Recruitment recruitment() {
    return new Recruitment(passwords, sealed, random);
  }
}
