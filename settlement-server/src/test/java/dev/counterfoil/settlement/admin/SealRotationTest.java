package dev.counterfoil.settlement.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.core.TestServer;
import dev.counterfoil.settlement.machine.MachineIssue;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.secret.Argon2Cost;
import dev.counterfoil.settlement.secret.PasswordHash;
import dev.counterfoil.settlement.secret.SealException;
import dev.counterfoil.settlement.secret.SealKeys;
import dev.counterfoil.settlement.secret.SealedColumn;
import dev.counterfoil.settlement.staff.Cells;
import dev.counterfoil.settlement.staff.Recruitment;
import dev.counterfoil.settlement.store.MachineRow;
import dev.counterfoil.trace.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealRotationTest {

  private static final String FIRST = "1 " + "ab".repeat(32);
  private static final String SECOND = "2 " + "cd".repeat(32);

  @TempDir
  Path folder;
  private final SplittableRandom random = new SplittableRandom(5);

  private SealedColumn under(String keys) {
    return new SealedColumn(SealKeys.parse("test", keys), random);
  }

  @Test
  @Requirement({"SEC-02"})
  void afterARotationTheOldKeyIsNeededNoMore() {
    try (var server = TestServer.at(folder)) {
      var old = under(FIRST);
      server.holder(1, 0);
      server.core.contacts().put(new ContactSeal(old).seal(1, 1, "138"));
      var made = new Recruitment(new PasswordHash(new Argon2Cost(8, 1, 1), new byte[0], random), old, random)
          .newcomer(1, "li.wei", Role.CASHIER);
      server.core.operators().add(made.newcomer(), "root", server.now);
      var issued = new MachineIssue(old, random).issue(1, "erp");
      server.core.machines().add(new MachineRow(1, 0, "erp", List.of(Permission.ACCOUNT_VIEW), issued.hash(),
          issued.stored(), server.now, server.now + 1, 0), "root");

      var both = under(FIRST + ";" + SECOND);
      assertThat(found(server, both)).as("before the rotation, too").isEqualTo(1);
      var rotation = new SealRotation(both, new ContactSeal(both));
      assertThat(rotation.operatorsAndMachines(server.core, 1))
          .isEqualTo(new SealRotation.Rotated(1, 1, 0));
      assertThat(rotation.page(server.core, 1, 0)).isEqualTo(new SealRotation.Page(1, 1));
      assertThat(rotation.page(server.core, 1, 1)).isEqualTo(new SealRotation.Page(0, 0));
      assertThat(rotation.operatorsAndMachines(server.core, 1)).as("a second time")
          .isEqualTo(new SealRotation.Rotated(0, 0, 0));

      var next = under(SECOND);
      var row = server.store.operator(1, "li.wei").orElseThrow();
      assertThat(next.open(Cells.totp(1, "li.wei"), row.totp()))
          .isEqualTo(old.open(Cells.totp(1, "li.wei"), made.newcomer().totp()));
      var machine = server.store.office().machines(1).getFirst();
      assertThat(next.open(MachineIssue.cell(1, "erp"), machine.key())).isEqualTo(issued.key());
      var contact = server.store.office().contact(1, 1).orElseThrow();
      assertThat(new ContactSeal(next).open(contact)).isEqualTo("138");
      assertThat(found(server, next)).isEqualTo(1);
      assertThatThrownBy(() -> new ContactSeal(old).open(contact)).isInstanceOf(SealException.class);
    }
  }

  private static long found(TestServer server, SealedColumn keys) {
    return new ContactSeal(keys).phoneKeys("138").stream()
        .mapToLong(key -> server.store.office().contactsByPhone(1, key).size()).sum();
  }
}
