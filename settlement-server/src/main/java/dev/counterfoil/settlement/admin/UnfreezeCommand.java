package dev.counterfoil.settlement.admin;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Ends a freeze by an operator's word.
@Command(name = "unfreeze", description = "End a freeze.", mixinStandardHelpOptions = true)
final class UnfreezeCommand implements Callable<Integer> {

  private final AdminCommands admin;

  @Parameters(paramLabel = "FREEZE", description = "Its number, as `freeze list` shows it.")
  private long freeze;

  @Option(names = "--reason", required = true)
  private String reason = "";

  @Option(names = "--condition-met", description = "What the freeze names as its condition is met.")
  private boolean conditionMet;

  UnfreezeCommand(AdminCommands admin) {
    this.admin = admin;
  }

  @Override
  public Integer call() {
    FreezeCommands.show(admin,
        List.of(admin.desk().money().unfreeze(admin.site(), freeze, conditionMet, reason, admin.operator())));
    return 0;
  }
}
