package dev.counterfoil.settlement.admin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Passwords of accounts' purchases.
@Command(name = "password", description = "The password that larger purchases need.", mixinStandardHelpOptions = true)
final class PasswordCommands {

  private final AdminCommands admin;

  PasswordCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "reset", description = "Give an account new digits, shown once; ends a lock.", mixinStandardHelpOptions = true)
  int reset(@Parameters(paramLabel = "ACCOUNT") String account) {
    long number = AdminInput.account(account);
    String digits = admin.desk().accounts().resetPassword(admin.site(), number, admin.operator());
    admin.show(new AdminTable("account", "password").row(number, digits));
    return 0;
  }

  @Command(name = "remove", description = "Let an account have none: larger purchases are refused then.", mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "ACCOUNT") String account) {
    admin.desk().accounts().removePassword(admin.site(), AdminInput.account(account), admin.operator());
    return 0;
  }

  @Command(name = "unlock", description = "Lift the lock that wrong passwords brought.", mixinStandardHelpOptions = true)
  int unlock(@Parameters(paramLabel = "ACCOUNT") String account) {
    admin.desk().accounts().unlockPassword(admin.site(), AdminInput.account(account), admin.operator());
    return 0;
  }

  @Command(name = "question", description = "Keep a holder's own question; the answer is kept as a hash.", mixinStandardHelpOptions = true)
  int question(@Parameters(paramLabel = "ACCOUNT") String account,
      @Option(names = "--question", required = true) String question,
      @Option(names = "--answer", required = true, description = "Capitals and blanks do not matter.") String answer) {
    admin.desk().accounts().securityQuestion(admin.site(), AdminInput.account(account), question, answer,
        admin.operator());
    return 0;
  }
}
