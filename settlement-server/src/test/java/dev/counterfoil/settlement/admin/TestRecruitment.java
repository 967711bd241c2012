package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.password.HolderPasswords;
import dev.counterfoil.settlement.password.PasswordRules;
import dev.counterfoil.settlement.secret.Argon2Cost;
import dev.counterfoil.settlement.secret.PasswordHash;
import dev.counterfoil.settlement.secret.SealKeys;
import dev.counterfoil.settlement.secret.SealedColumn;
import dev.counterfoil.settlement.staff.Recruitment;
import java.util.random.RandomGenerator;

/// Recruitment at the least cost, for tests.
public final class TestRecruitment {

  private static final SealKeys KEYS = SealKeys.parse("test", "1 " + "ab".repeat(32));

  private TestRecruitment() {}

  /// Holders' passwords at the least cost.
  public static HolderPasswords holders(RandomGenerator random) {
    return new HolderPasswords(new PasswordHash(new Argon2Cost(8, 1, 1), new byte[0], random),
        PasswordRules.DEFAULT, random);
  }

  public static Recruitment of(RandomGenerator random) {
    return new Recruitment(new PasswordHash(new Argon2Cost(8, 1, 1), new byte[0], random),
        new SealedColumn(KEYS, random), random);
  }
}
