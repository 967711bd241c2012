package dev.counterfoil.settlement.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.trace.Requirement;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsTest {

  private static final long AT = 5_000;

  private static PermissionRow row(PermissionType type, boolean byHolder) {
    return new PermissionRow(1, 7, 1, type, byHolder, "", 100, 250, 1_000, AT - 10, AT + 10, true);
  }

  private static Permissions of(PermissionRow... rows) {
    return new Permissions(List.of(rows));
  }

  private static @Nullable PermissionRefusal refusal(Permissions permissions, long amount, long today,
      long month,
      long at) {
    return permissions.allows(PermissionType.CONSUMPTION, amount, today, month, at).orElse(null);
  }

  @ParameterizedTest
  @EnumSource
  @Requirement({"ACC-15"})
  void aPermissionIsOfItsTypeAlone(PermissionType type) {
    Permissions disabled = of(row(type, false).withEnabled(false, AT));
    for (PermissionType asked : PermissionType.values()) {
      assertThat(disabled.allows(asked, 1, 0, 0, AT).isPresent()).isEqualTo(asked == type);
    }
    assertThat(Permissions.NONE.allows(type, 1_000_000, 0, 0, AT)).isEmpty();
  }

  @Test
  @Requirement({"ACC-15"})
  void eachBoundHasItsOwnRefusal() {
    Permissions one = of(row(PermissionType.CONSUMPTION, false));

    assertThat(refusal(one, 100, 150, 900, AT)).isNull();
    assertThat(refusal(one, 101, 0, 0, AT)).isEqualTo(PermissionRefusal.LIMIT_SINGLE);
    assertThat(refusal(one, 100, 151, 0, AT)).isEqualTo(PermissionRefusal.LIMIT_DAILY);
    assertThat(refusal(one, 100, 0, 901, AT)).isEqualTo(PermissionRefusal.LIMIT_MONTHLY);
    assertThat(refusal(one, 1, 0, 0, AT - 11)).isEqualTo(PermissionRefusal.PERMISSION_NOT_YET);
    assertThat(refusal(one, 1, 0, 0, AT - 10)).isNull();
    assertThat(refusal(one, 1, 0, 0, AT + 10)).isEqualTo(PermissionRefusal.PERMISSION_EXPIRED);
    assertThat(refusal(of(row(PermissionType.CONSUMPTION, false).withEnabled(false, AT)), 1, 0, 0, AT))
        .isEqualTo(PermissionRefusal.PERMISSION_DISABLED);
  }

  @Test
  @Requirement({"LIM-15"})
  void aLimitOfZeroIsNone() {
    var free = new PermissionRow(1, 7, 1, PermissionType.CONSUMPTION, false, "", 0, 0, 0, 0, 0, true);

    assertThat(refusal(of(free), Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, Long.MAX_VALUE / 4, AT)).isNull();
  }

  @Test
  void oneOfSeveralIsEnoughAndTheClosestRefusalIsTold() {
    PermissionRow off = row(PermissionType.CONSUMPTION, false).withEnabled(false, AT);

    assertThat(refusal(of(off, row(PermissionType.CONSUMPTION, false)), 100, 0, 0, AT)).isNull();
    assertThat(refusal(of(off, row(PermissionType.CONSUMPTION, false)), 101, 0, 0, AT))
        .isEqualTo(PermissionRefusal.LIMIT_SINGLE);
  }

  @Test
  @Requirement({"ACC-17", "LIM-21"})
  void theHoldersLimitHoldsOnTopOfEveryOther() {
    var wide = new PermissionRow(1, 7, 1, PermissionType.CONSUMPTION, false, "", 0, 0, 0, 0, 0, true);
    PermissionRow own = row(PermissionType.CONSUMPTION, true);

    for (Permissions permissions : List.of(of(own), of(wide, own))) {
      assertThat(refusal(permissions, 100, 0, 0, AT)).isNull();
      assertThat(refusal(permissions, 101, 0, 0, AT)).isEqualTo(PermissionRefusal.LIMIT_SINGLE);
      assertThat(refusal(permissions, 100, 151, 0, AT)).isEqualTo(PermissionRefusal.LIMIT_DAILY);
      // A limit that is over is none; it never was a permission.
      assertThat(refusal(permissions, 101, 0, 0, AT + 10)).isNull();
    }
    assertThat(refusal(of(wide, own.withEnabled(false, AT)), 101, 0, 0, AT)).isNull();
  }

  @Test
  void aScopeNamesTerminals() {
    PermissionRow row = row(PermissionType.CONSUMPTION, false);
    var here = new PermissionRow(1, 7, 1, row.type(), false, "terminal:3,terminal:12", 0, 0, 0, 0, 0, true);
    for (int terminal : new int[] {3, 12}) {
      assertThat(of(here).refusal(asked(terminal))).isEmpty();
    }
    for (int terminal : new int[] {0, 1, 2, 123}) {
      assertThat(of(here).refusal(asked(terminal))).contains(PermissionRefusal.PERMISSION_ELSEWHERE);
    }
    assertThat(PermissionScope.checked(" terminal:1, terminal:7")).isEqualTo("terminal:1,terminal:7");
    Stream.of("canteen", "terminal:", "terminal:1;terminal:2", "terminal:1,".repeat(60) + "terminal:1")
        .forEach(scope -> assertThatThrownBy(() -> PermissionScope.checked(scope))
            .hasMessageStartingWith("PARAMETER_ERROR"));
  }

  private static Permissions.Asked asked(int terminal) {
    return new Permissions.Asked(PermissionType.CONSUMPTION, terminal, 1, 0, 0, AT);
  }

  @Test
  void aTerminalIsToldTheTightestBoundsAndWhatIsLeftOfTheMonth() {
    var wide = new PermissionRow(1, 7, 1, PermissionType.CONSUMPTION, false, "", 900, 0, 400, 0, 0, true);
    Permissions both = of(wide, row(PermissionType.CONSUMPTION, true));

    assertThat(both.offline(3, 0, AT)).isEqualTo(new Permissions.Offline(true, 100, 250));
    assertThat(both.offline(3, 300, AT)).isEqualTo(new Permissions.Offline(true, 100, 100));
    assertThat(both.offline(3, 400, AT).allowed()).isFalse();
    assertThat(of(row(PermissionType.CONSUMPTION, false)).offline(3, 0, AT + 10).allowed()).isFalse();
    assertThat(Permissions.NONE.offline(3, 0, AT)).isEqualTo(Permissions.Offline.UNLIMITED);
  }
}
