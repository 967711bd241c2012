package dev.counterfoil.settlement.api;

import dev.counterfoil.settlement.store.MachineRow;
import dev.counterfoil.settlement.machine.MachineIssue;
import dev.counterfoil.protocol.enrolment.EnrolmentCode;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.ApprovalContent;
import dev.counterfoil.settlement.operator.GuardedAction;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.refund.RefundDesk;
import dev.counterfoil.settlement.staff.Recruitment;
import dev.counterfoil.settlement.store.EnrolmentCodeRow;
import dev.counterfoil.settlement.store.TerminalRow;
import dev.counterfoil.settlement.transfer.TransferLine;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is done once a second operator agreed, from the content that both of them saw. Secrets that come of it are shown
/// to whoever agreed, once.
final class GuardedDeeds {

  static final String AMOUNT = "amount";
  static final String REFUND = "refund";
  static final String TRANSACTION = "transaction";
  static final String PAYER = "payer";
  static final String PAYEE = "payee";
  static final String REQUESTER = "requester";
  static final String REASON = "reason";
  static final String NAME = "name";
  static final String ROLE = "role";
  static final String FROM = "from";
  static final String TERMINAL = "terminal";
  static final String SCOPES = "scopes";
  static final String EXPIRES = "expires";

  private final Recruitment recruitment;
  private final Supplier<EnrolmentCode> codes;
  private final Duration codeLife;

  GuardedDeeds(Recruitment recruitment, Supplier<EnrolmentCode> codes, Duration codeLife) {
    this.recruitment = recruitment;
    this.codes = codes;
    this.codeLife = codeLife;
  }

  /// @param kept   stays in the stored answer
  /// @param secret is nowhere but in the first answer
  record Result(ObjectNode kept, Optional<ObjectNode> secret) {

    static Result of(ObjectNode kept) {
      return new Result(kept, Optional.empty());
    }
  }

  interface Deed {
    Result carryOut(SettlementCore server, Call call);
  }

  /// Runs on the request's thread and may take as long as hashing a password does.
  Deed of(ApprovalContent content, Call call) {
    return switch (content.action()) {
      case REFUND -> refund(content);
      case OPERATOR_ROLE -> role(content);
      case OPERATOR_ADD -> add(content);
      case OPERATOR_RESET -> reset(content);
      case TERMINAL_RENEWAL -> renewal(content, call);
      case MACHINE_ADD -> machine(content);
      case DEPARTMENT_TRANSFER -> transfer(content);
      case WITHDRAWAL, ADJUSTMENT ->
        throw new IllegalStateException("requests of their own: " + content.action());
    };
  }

  private static Deed refund(ApprovalContent content) {
    TransactionId sale = TransactionId.parse(value(content, TRANSACTION));
    TransactionId id = TransactionId.parse(value(content, REFUND));
    long amount = Money.parseDecimal(value(content, AMOUNT));
    return (server, call) -> {
      RefundDesk.Refunded done = server.refunds().refund(call.site(), sale, amount, id, call.nowMs());
      return Result.of(Views.transaction(done.row()).put("left", Money.decimal(done.left())));
    };
  }

  /// In the name of whoever asked; who agreed stands in the approval and in the trail.
  private static Deed transfer(ApprovalContent content) {
    var line = new TransferLine(Long.parseLong(value(content, PAYER)),
        Long.parseLong(value(content, PAYEE)), Money.parseDecimal(value(content, AMOUNT)));
    TransactionId id = TransactionId.parse(value(content, TRANSACTION));
    String requester = value(content, REQUESTER);
    String reason = value(content, REASON);
    return (server, call) -> Result.of(Views.transaction(server.transfers().sendApproved(call.site(), line,
        requester, reason, id, call.nowMs())));
  }

  private static Deed role(ApprovalContent content) {
    long number = Long.parseLong(value(content, ApprovalContent.OPERATOR));
    Role next = Role.valueOf(value(content, ROLE));
    return (server, call) -> {
      requireSame(server, call, number, content);
      var row = server.operators().changeRole(call.site(), number, next, call.operator(), call.now());
      return Result.of(StaffRoutes.view(row, call.now()));
    };
  }

  /// Both saw him in one role; in another one it would be another change.
  private static void requireSame(SettlementCore server, Call call, long number, ApprovalContent content) {
    Role role = server.operators().existing(call.site(), number).operator().role();
    if (!role.name().equals(value(content, FROM))) {
      throw new RefusedException("APPROVAL_CONTENT_CHANGED",
          "operator " + number + " is " + role + " by now");
    }
  }

  private Deed add(ApprovalContent content) {
    Recruitment.HandedOver made = recruitment.newcomer(content.site(), value(content, NAME),
        Role.valueOf(value(content, ROLE)));
    return (server, call) -> {
      var row = server.operators().add(made.newcomer(), call.operator(), call.nowMs());
      return new Result(StaffRoutes.view(row, call.now()), Optional.of(handedOver(made)));
    };
  }

  private Deed reset(ApprovalContent content) {
    long number = Long.parseLong(value(content, ApprovalContent.OPERATOR));
    Recruitment.HandedOver made = recruitment.newcomer(content.site(), value(content, NAME), Role.AUDITOR);
    return (server, call) -> {
      var row = server.operators().reset(call.site(), number, made.newcomer(), call.operator(), call.now());
      return new Result(StaffRoutes.view(row, call.now()), Optional.of(handedOver(made)));
    };
  }

  private static ObjectNode handedOver(Recruitment.HandedOver made) {
    ObjectNode node = Body.object().put("password", made.password()).put("authenticator", made.totpUri());
    ArrayNode codes = node.putArray("recoveryCodes");
    made.recovery().forEach(codes::add);
    return node;
  }

  private Deed machine(ApprovalContent content) {
    String name = value(content, NAME);
    long expires = Long.parseLong(value(content, EXPIRES));
    MachineIssue.Issued made = new MachineIssue(recruitment.sealed(), recruitment.random())
        .issue(content.site(), name);
    return (server, call) -> {
      MachineRow row = server.machines().add(new MachineRow(call.site(), 0, name,
          MachineRoutes.scopes(value(content, SCOPES)), made.hash(), made.stored(), call.nowMs(), expires, 0),
          call.operator());
      return new Result(MachineRoutes.view(row, call.now()), Optional.of(Body.object()
          .put("token", call.site() + "." + made.token()).put("key", made.key())));
    };
  }

  private Deed renewal(ApprovalContent content, Call approving) {
    int terminal = Integer.parseInt(value(content, TERMINAL));
    EnrolmentCode code = codes.get();
    long expires = approving.nowMs() + codeLife.toMillis();
    return (server, call) -> {
      TerminalRow row = server.reads().terminal(call.site(), terminal)
          .orElseThrow(() -> new RefusedException("TERMINAL_UNKNOWN", "no terminal " + terminal));
      server.registry().putEnrolmentCode(new EnrolmentCodeRow(call.site(), Hash.of(code.secretHash()),
          row.name(), terminal, call.nowMs(), expires, 0, call.operator()));
      return new Result(Body.object().put(TERMINAL, terminal).put("codeExpiresAt", Views.time(expires)),
          Optional.of(Body.object().put("enrolmentCode", code.text())));
    };
  }

  static ApprovalContent about(Call call, Operator operator, GuardedAction action,
      TreeMap<String, String> values) {
    values.put(ApprovalContent.OPERATOR, Long.toString(operator.number()));
    return new ApprovalContent(call.site(), action,
        "operator " + operator.number() + " " + operator.name(), values);
  }

  private static String value(ApprovalContent content, String name) {
    String value = content.values().get(name);
    if (value == null) {
      throw new RefusedException("APPROVAL_CONTENT_CHANGED", "no " + name + " in what was asked for");
    }
    return value;
  }
}
