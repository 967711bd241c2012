package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.machine.MachineIssue;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.secret.Cell;
import dev.counterfoil.settlement.secret.SealedColumn;
import dev.counterfoil.settlement.staff.Cells;
import dev.counterfoil.settlement.store.CommitUnit;
import dev.counterfoil.settlement.store.ContactRow;
import dev.counterfoil.settlement.store.MachineRow;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.List;

/// Seals what older keys sealed with the newest one (SEC-02): authenticators, machines' keys, contacts. In pages, each a
/// commit of its own, so that nobody's tap waits long; what was interrupted goes on at the next call.
record SealRotation(SealedColumn sealed, ContactSeal contacts) {

  private static final int PAGE = 200;

  /// How many values were sealed anew.
  record Rotated(int operators, int machines, int contacts) {}

  Rotated operatorsAndMachines(SettlementCore server, int site) {
    SettlementReads reads = server.reads();
    var unit = new CommitUnit();
    int operators = 0;
    for (OperatorRow row : reads.operators(site)) {
      Operator operator = row.operator();
      Cell cell = Cells.totp(site, operator.name());
      if (sealed.isOutdated(cell, row.totp())) {
        unit.putOperator(row.withTotp(sealed.seal(cell, sealed.open(cell, row.totp()))));
        operators++;
      }
    }
    int machines = 0;
    for (MachineRow row : reads.office().machines(site)) {
      Cell cell = MachineIssue.cell(site, row.name());
      if (sealed.isOutdated(cell, row.key())) {
        unit.putMachine(row.withKey(sealed.seal(cell, sealed.open(cell, row.key()))));
        machines++;
      }
    }
    server.sealAnew(unit);
    return new Rotated(operators, machines, 0);
  }

  /// One page of contacts.
  ///
  /// @param last account to go on behind, 0 at the end
  record Page(long last, int done) {}

  Page page(SettlementCore server, int site, long after) {
    List<ContactRow> page = server.reads().office().contacts(site, after, PAGE);
    var unit = new CommitUnit();
    List<ContactRow> old = page.stream().filter(contacts::isOutdated).toList();
    old.forEach(row -> unit.putContact(contacts.seal(site, row.account(), contacts.open(row))));
    server.sealAnew(unit);
    return new Page(page.isEmpty() ? 0 : page.getLast().account(), old.size());
  }
}
