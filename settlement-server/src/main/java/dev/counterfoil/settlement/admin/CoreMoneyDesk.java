package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.freeze.FreezeOrder;
import dev.counterfoil.settlement.store.FreezeRow;
import dev.counterfoil.settlement.store.MoneyRequestRow;
import dev.counterfoil.settlement.store.PurseRow;
import dev.counterfoil.settlement.store.TransactionRow;
import dev.counterfoil.settlement.store.TransferLineRow;
import dev.counterfoil.settlement.subsidy.Grant;
import dev.counterfoil.settlement.transfer.TransferLine;
import dev.counterfoil.settlement.transfer.TransferSubType;
import dev.counterfoil.settlement.withdrawal.WithdrawalDesk;
import dev.counterfoil.settlement.withdrawal.WithdrawalRules;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/// The money desk on the core.
final class CoreMoneyDesk implements MoneyDesk {

  private final Deeds deeds;
  private final InstantSource clock;

  CoreMoneyDesk(Deeds deeds, InstantSource clock) {
    this.deeds = deeds;
    this.clock = clock;
  }

  @Override
  public TransactionRow transfer(int site, TransferLine line, String reason, String key, String operator) {
    return deeds.changeOrNoteRefusal(site, operator, "transfer send", told(line) + " key=" + key,
        server -> server.transfers().send(site, line, operator, reason, OwnId.ofKey("transfer", site, key),
            clock.millis()));
  }

  @Override
  public List<TransferLineRow> transferAll(int site, TransferSubType subType, List<TransferLine> lines,
      String reason, String key, String operator) {
    String command = "transfer " + subType.name().toLowerCase(Locale.ROOT);
    return deeds.changeOrNoteRefusal(site, operator, command, "lines=" + lines.size() + " key=" + key,
        server -> server.transfers().sendAll(site, subType, lines, operator, reason,
            OwnId.ofKey(command, site, key), clock.millis()));
  }

  @Override
  public TransactionRow giveBack(int site, TransactionId transfer, long amountMinor, String reason,
      String key, String operator) {
    return deeds.changeOrNoteRefusal(site, operator, "transfer back",
        "transaction=" + transfer + " amount=" + Money.decimal(amountMinor) + " key=" + key,
        server -> server.transfers().giveBack(site, transfer, amountMinor, operator, reason,
            OwnId.ofKey("transfer back", site, key), clock.millis()));
  }

  private static String told(TransferLine line) {
    return "payer=" + line.payer() + " payee=" + line.payee() + " amount=" + Money.decimal(line.amount());
  }

  @Override
  public PurseRow grant(int site, Grant grant, String key) {
    return deeds.change(site, grant.operator(), "subsidy grant",
        "account=" + grant.account() + " amount=" + Money.decimal(grant.amount()) + " name=" + grant.name()
            + " key=" + key,
        server -> server.subsidies().grant(site, grant, OwnId.ofKey("subsidy", site, key), clock.millis()));
  }

  @Override
  public FreezeRow freeze(int site, FreezeOrder order, String key) {
    return deeds.change(site, order.operator(), "freeze",
        "account=" + order.account() + " amount=" + Money.decimal(order.amount()) + " kind=" + order.kind()
            + " reason=" + order.reason() + " key=" + key,
        server -> server.freezes().freeze(site, order, OwnId.ofKey("freeze", site, key), clock.millis()));
  }

  @Override
  public FreezeRow unfreeze(int site, long freeze, boolean conditionMet, String reason, String operator) {
    return deeds.change(site, operator, "unfreeze", "freeze=" + freeze + " reason=" + reason,
        server -> server.freezes().unfreeze(site, freeze, conditionMet, reason, operator, clock.millis()));
  }

  @Override
  public MoneyRequestRow withdraw(int site, WithdrawalDesk.Order order, String key) {
    return deeds.change(site, order.operator(), "withdrawal request",
        "account=" + order.account() + " amount=" + Money.decimal(order.amount()) + " way=" + order.way()
            + " reason=" + order.reason() + " key=" + key,
        server -> server.withdrawals().request(site, order, OwnId.ofKey("withdrawal", site, key),
            clock.millis()));
  }

  @Override
  public MoneyRequestRow withdrawal(int site, long number, WithdrawalRules.Event event, String said) {
    String command = switch (event) {
      case WithdrawalRules.Event.Approve _ -> "withdrawal approve";
      case WithdrawalRules.Event.Reject _ -> "withdrawal reject";
      case WithdrawalRules.Event.Paid _ -> "withdrawal paid";
      case WithdrawalRules.Event.Failed _ -> "withdrawal failed";
    };
    return deeds.change(site, event.by(), command, "withdrawal=" + number + " said=" + said,
        server -> server.withdrawals().step(site, number, event, said, clock.millis()));
  }

  @Override
  public MoneyRequestRow adjust(int site, long account, long amountMinor, String reason, String key,
      String operator) {
    return deeds.change(site, operator, "adjust request",
        "account=" + account + " amount=" + Money.decimal(amountMinor) + " reason=" + reason + " key=" + key,
        server -> server.adjustments().request(site, account, amountMinor, reason, operator,
            OwnId.ofKey("adjust", site, key), clock.millis()));
  }

  @Override
  public TransactionRow reverse(int site, TransactionId transaction, String reason, String key,
      String operator) {
    return deeds.change(site, operator, "adjust reverse",
        "transaction=" + transaction + " reason=" + reason + " key=" + key,
        server -> server.adjustments().reverse(site, transaction, reason, operator,
            OwnId.ofKey("reverse", site, key), clock.millis()));
  }

  @Override
  public MoneyRequestRow forceReversal(int site, TransactionId transaction, String reason, String key,
      String operator) {
    return deeds.change(site, operator, "adjust reverse",
        "transaction=" + transaction + " force=true reason=" + reason + " key=" + key,
        server -> server.adjustments().requestReversal(site, transaction, reason, operator,
            OwnId.ofKey("force", site, key), clock.millis()));
  }

  @Override
  public MoneyRequestRow approve(int site, long number, String operator) {
    return deeds.change(site, operator, "adjust approve", "request=" + number,
        server -> server.adjustments().approve(site, number, operator, clock.millis()));
  }

  @Override
  public MoneyRequestRow reject(int site, long number, String reason, String operator) {
    return deeds.change(site, operator, "adjust reject", "request=" + number + " reason=" + reason,
        server -> server.adjustments().reject(site, number, reason, operator, clock.millis()));
  }
}
