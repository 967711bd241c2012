package dev.counterfoil.settlement.account;

import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.RelationRow;
import dev.counterfoil.settlement.store.RelationType;
import dev.counterfoil.settlement.store.StoreMemory;
import java.util.ArrayList;
import java.util.List;

/// Gives accounts permissions, limits and relations (ACC-15 to ACC-17). Every method commits before it returns, or throws
/// {@link RefusedException} and has changed nothing. Belongs to the core's thread.
public final class PermissionDesk {

  /// Deeper trees are a mistake of whoever types them.
  private static final int DEEPEST = 16;

  private final StoreMemory memory;
  private final AccountChanges changes;

  PermissionDesk(StoreMemory memory, AccountChanges changes) {
    this.memory = memory;
    this.changes = changes;
  }

  /// What is to be asked before money moves, for transfers and withdrawals as for purchases.
  ///
  /// @throws RefusedException ACCOUNT_UNKNOWN
  public Permissions of(int site, long account) {
    List<PermissionRow> rows = changes.permissions(changes.existing(site, account));
    return rows.isEmpty() ? Permissions.NONE : new Permissions(rows);
  }

  /// Adds a permission, or a limit that the holder sets.
  ///
  /// @param wanted its number is given here
  /// @throws RefusedException ACCOUNT_UNKNOWN, PARAMETER_ERROR
  public PermissionRow grant(PermissionRow wanted, long nowMs) {
    if (wanted.singleMinor() < 0 || wanted.dailyMinor() < 0 || wanted.monthlyMinor() < 0
        || wanted.untilMs() != 0 && wanted.untilMs() <= wanted.fromMs()) {
      throw new RefusedException("PARAMETER_ERROR",
          "limits are 0 for none, or more; an end comes after the beginning");
    }
    AccountStanding standing = changes.standing(wanted.site(), wanted.account());
    var rows = new ArrayList<>(changes.permissions(standing.row()));
    int number = rows.isEmpty() ? 1 : rows.getLast().number() + 1;
    var row = new PermissionRow(wanted.site(), wanted.account(), number, wanted.type(), wanted.byHolder(),
        PermissionScope.checked(wanted.scope()), wanted.singleMinor(), wanted.dailyMinor(),
        wanted.monthlyMinor(), wanted.fromMs(), wanted.untilMs(), wanted.enabled(), nowMs, nowMs);
    rows.add(row);
    write(standing, row, rows, nowMs);
    return row;
  }

  /// Switches a permission or limit on or off.
  ///
  /// @throws RefusedException ACCOUNT_UNKNOWN, PERMISSION_UNKNOWN
  public PermissionRow enable(int site, long account, int number, boolean enabled, long nowMs) {
    AccountStanding standing = changes.standing(site, account);
    var rows = new ArrayList<>(changes.permissions(standing.row()));
    PermissionRow row = rows.stream().filter(known -> known.number() == number).findFirst()
        .orElseThrow(() -> new RefusedException("PERMISSION_UNKNOWN",
            "account " + account + " has no permission " + number))
        .withEnabled(enabled, nowMs);
    rows.replaceAll(known -> known.number() == number ? row : known);
    write(standing, row, rows, nowMs);
    return row;
  }

  private void write(AccountStanding standing, PermissionRow row, List<PermissionRow> rows, long nowMs) {
    var unit = new AccountUnit(memory, row.site(), nowMs);
    unit.unit().putPermission(row);
    changes.put(unit, new AccountStanding(standing.row().withGuarded(true), standing.profile()), rows);
    unit.commit();
  }

  /// Puts an account beneath another one.
  ///
  /// @param wanted its number is given here
  /// @throws RefusedException ACCOUNT_UNKNOWN, PARAMETER_ERROR, RELATION_EXISTS
  public RelationRow relate(RelationRow wanted, long nowMs) {
    AccountStanding main = changes.standing(wanted.site(), wanted.main());
    AccountRow sub = changes.existing(wanted.site(), wanted.sub());
    check(wanted, main);
    List<RelationRow> below = memory.reads().profiles().relationsBelow(wanted.site(), wanted.main());
    if (below.stream().anyMatch(row -> row.sub() == sub.account() && row.type() == wanted.type())) {
      throw new RefusedException("RELATION_EXISTS",
          "account " + sub.number() + " is " + wanted.type() + " of " + main.row().number() + " already");
    }
    int number = below.isEmpty() ? 1 : below.getLast().number() + 1;
    var row = new RelationRow(wanted.site(), wanted.main(), number, wanted.sub(), wanted.type(),
        wanted.level(), wanted.config(), wanted.enabled(), nowMs, nowMs);
    write(row, nowMs);
    return row;
  }

  private void check(RelationRow wanted, AccountStanding main) {
    if (wanted.main() == wanted.sub() || wanted.level() < 1 || wanted.level() > DEEPEST) {
      throw new RefusedException("PARAMETER_ERROR", "two accounts, and a level of 1 to " + DEEPEST);
    }
    AccountKind kind = main.profile().kind();
    boolean fits = switch (wanted.type()) {
      case MAIN_SUB -> true;
      case FAMILY -> kind == AccountKind.PERSONAL;
      case DEPARTMENT -> kind == AccountKind.DEPARTMENT;
    };
    if (!fits) {
      throw new RefusedException("PARAMETER_ERROR",
          wanted.type() + " is no relation to a " + kind + " account");
    }
    if (isAbove(wanted.site(), wanted.sub(), wanted.main(), wanted.type(), 0)) {
      throw new RefusedException("PARAMETER_ERROR",
          "account " + wanted.sub() + " is above account " + wanted.main());
    }
  }

  private boolean isAbove(int site, long upper, long lower, RelationType type, int depth) {
    return depth < DEEPEST && memory.reads().profiles().relationsAbove(site, lower).stream()
        .filter(row -> row.type() == type)
        .anyMatch(row -> row.main() == upper || isAbove(site, upper, row.main(), type, depth + 1));
  }

  /// Switches a relation on or off.
  ///
  /// @throws RefusedException RELATION_UNKNOWN
  public RelationRow enableRelation(int site, long main, int number, boolean enabled, long nowMs) {
    RelationRow row = memory.reads().profiles().relationsBelow(site, main).stream()
        .filter(known -> known.number() == number).findFirst()
        .orElseThrow(() -> new RefusedException("RELATION_UNKNOWN",
            "account " + main + " has no relation " + number))
        .withEnabled(enabled, nowMs);
    write(row, nowMs);
    return row;
  }

  private void write(RelationRow row, long nowMs) {
    var unit = new AccountUnit(memory, row.site(), nowMs);
    unit.unit().putRelation(row);
    unit.commit();
  }
}
