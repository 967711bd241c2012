package dev.counterfoil.settlement.store;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The 8 random bytes that tell one life of the database from another. Renewed on every restore, because only then may
/// marks go back (journal page, section 4).
public final class ServerGeneration {

  private final StoreMemory memory;
  private final RandomGenerator random;
  private @Nullable String current;
  private long asOf;

  public ServerGeneration(StoreMemory memory, RandomGenerator random) {
    this.memory = memory;
    this.random = random;
  }

  /// 16 hexadecimal digits; drawn and made durable when there is none yet.
  public String current() {
    String known = memory.forgotten() == asOf ? current : null;
    if (known == null) {
      known = memory.reads().setting(SettingRow.SERVER, SettingRow.SERVER_GENERATION)
          .orElseGet(this::renewed);
      current = known;
      asOf = memory.forgotten();
    }
    return known;
  }

  /// Draws a new one into a unit; call {@link #forget} when the unit is committed.
  public String renew(CommitUnit unit) {
    String next = HexFormat.of().toHexDigits(random.nextLong());
    unit.putSetting(new SettingRow(SettingRow.SERVER, SettingRow.SERVER_GENERATION, next));
    return next;
  }

  public void forget() {
    current = null;
  }

  private String renewed() {
    var unit = new CommitUnit();
    String next = renew(unit);
    if (!memory.commit(unit).isCommitted()) {
      throw new IllegalStateException("cannot store the server generation");
    }
    return next;
  }
}
