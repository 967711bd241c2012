package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.recharge.ArrivalDesk;
import dev.counterfoil.settlement.recharge.BillComparison;
import dev.counterfoil.settlement.store.ArrivalRow;
import java.time.LocalDate;

/// What operators may do with recharges that are not cash; rules as in [AdminDesk].
public interface RechargeDeeds {

  /// Takes what a bank, a slip, a payroll or a grant proves. The reference is the key: repeated, it changes nothing and
  /// answers the same.
  ArrivalRow announce(int site, ArrivalDesk.Announced what);

  /// The money is there before its day.
  ArrivalRow confirm(int site, long number, String operator);

  /// It never came.
  ArrivalRow cancel(int site, long number, String reason, String operator);

  /// Fetches a gateway's bill of a day and holds it against the books; changes nothing. Blocks for the gateway.
  ///
  /// @throws AdminRefusal GATEWAY_NOT_CONFIGURED or the bill's own {@link dev.counterfoil.settlement.gateway.GatewayCode}
  BillComparison.Report bill(int site, GatewayName gateway, LocalDate day);
}
