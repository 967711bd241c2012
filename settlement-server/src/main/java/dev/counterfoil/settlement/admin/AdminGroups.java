package dev.counterfoil.settlement.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The groups of `counterfoil admin`. Reading the annotations of all of them takes longer than any command, so one that
/// begins with a group's name gets that group alone.
final class AdminGroups {

  private static final Map<String, Function<AdminCommands, Object>> GROUPS = groups();

  private AdminGroups() {}

  private static Map<String, Function<AdminCommands, Object>> groups() {
    var groups = new LinkedHashMap<String, Function<AdminCommands, Object>>();
    groups.put("site", SiteCommands::new);
    groups.put("terminal", TerminalCommands::new);
    groups.put("code", CodeCommands::new);
    groups.put("account", AccountCommands::line);
    groups.put("card", CardCommands::new);
    groups.put("sale", SaleCommands::new);
    groups.put("transaction", TransactionCommands::new);
    groups.put("transfer", TransferCommands::new);
    groups.put("subsidy", SubsidyCommands::new);
    groups.put("order", OrderCommands::new);
    groups.put("freeze", FreezeCommands::new);
    groups.put("unfreeze", UnfreezeCommand::new);
    groups.put("withdrawal", WithdrawalCommands::new);
    groups.put("adjust", AdjustCommands::new);
    groups.put("arrival", ArrivalCommands::new);
    groups.put("gateway", GatewayCommands::new);
    groups.put("exception", ExceptionCommands::new);
    groups.put("sync", SyncCommands::new);
    groups.put("safe", SafeCommands::new);
    groups.put("import", ImportCommands::new);
    groups.put("operator", OperatorCommands::new);
    groups.put("machine", MachineCommands::new);
    groups.put("seal", SealCommands::new);
    groups.put("audit", AuditCommands::new);
    groups.put("verify", VerifyCommands::new);
    return groups;
  }

  /// In the order of the help.
  static List<Object> all(AdminCommands root) {
    return GROUPS.values().stream().map(group -> group.apply(root)).toList();
  }

  /// What this command line can need. All of them where it begins with something else: an option, a command without a
  /// group, or a word that is wrong and is answered with those that are near.
  static List<Object> of(AdminCommands root, List<String> arguments) {
    Function<AdminCommands, Object> named = arguments.isEmpty() ? null : GROUPS.get(arguments.getFirst());
    return named == null ? all(root) : List.of(named.apply(root));
  }
}
