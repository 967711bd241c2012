package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.gateway.BillAnswer;
import dev.counterfoil.settlement.gateway.GatewayName;
import dev.counterfoil.settlement.gateway.GatewayProblem;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.settlement.recharge.ArrivalDesk;
import dev.counterfoil.settlement.recharge.BillComparison;
import dev.counterfoil.settlement.store.ArrivalRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;

/// Recharges on the core, bills on a reader.
final class CoreRechargeDeeds implements RechargeDeeds {

  private final Deeds deeds;
  private final SettlementReads reads;
  private final BillSource bills;
  private final InstantSource clock;

  CoreRechargeDeeds(Deeds deeds, SettlementReads reads, BillSource bills, InstantSource clock) {
    this.deeds = deeds;
    this.reads = reads;
    this.bills = bills;
    this.clock = clock;
  }

  @Override
  public ArrivalRow announce(int site, ArrivalDesk.Announced what) {
    return deeds.changeOrNoteRefusal(site, what.operator(), "arrival announce",
        "account=" + what.account() + " amount=" + Money.decimal(what.amount()) + " method=" + what.method()
            + " reference=" + what.reference(),
        server -> server.arrivals().announce(site, what,
            OwnId.ofKey("arrival " + what.method(), site, what.reference()), clock.millis()));
  }

  @Override
  public ArrivalRow confirm(int site, long number, String operator) {
    return deeds.change(site, operator, "arrival confirm", "recharge=" + number,
        server -> server.arrivals().confirm(site, number, operator, clock.millis()));
  }

  @Override
  public ArrivalRow cancel(int site, long number, String reason, String operator) {
    return deeds.change(site, operator, "arrival cancel", "recharge=" + number + " reason=" + reason,
        server -> server.arrivals().cancel(site, number, reason, operator, clock.millis()));
  }

  @Override
  public BillComparison.Report bill(int site, GatewayName gateway, LocalDate day) {
    BillAnswer answer = bills.bill(site, gateway, day)
        .orElseThrow(() -> new AdminRefusal("GATEWAY_NOT_CONFIGURED",
            "site=" + site + " gateway=" + gateway.name().toLowerCase(Locale.ROOT)
                + " meaning=\"set gateway.* in server.toml\""));
    return switch (answer) {
      case BillAnswer.Published(var bill) -> BillComparison.compare(reads, site, gateway, day, bill);
      case BillAnswer.Missing(var problem) -> throw refusal(problem);
      case BillAnswer.Rejected(var problem) -> throw refusal(problem);
      case BillAnswer.Unknown(var problem) -> throw refusal(problem);
    };
  }

  private static AdminRefusal refusal(GatewayProblem problem) {
    return new AdminRefusal(problem.code().name(),
        "detail=\"" + problem.detail() + "\" meaning=\"" + problem.code().meaning() + "\"");
  }
}
