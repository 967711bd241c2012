package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.store.SiteRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Sites: what they are called and in which currency they account.
@Command(name = "site", description = "Show sites, set a site's name and currency.", mixinStandardHelpOptions = true)
final class SiteCommands {

  private final AdminCommands admin;

  SiteCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "show", description = "All sites.", mixinStandardHelpOptions = true)
  int show() {
    var table = new AdminTable("site", "name", "currency", "terminals");
    for (SiteRow site : admin.desk().reads().sites()) {
      table.row(site.site(), site.name(), site.currency(),
          admin.desk().reads().terminals(site.site()).size());
    }
    admin.show(table);
    return 0;
  }

  @Command(name = "set", description = "Create the site of --site, or change it.", mixinStandardHelpOptions = true)
  int set(@Option(names = "--name", required = true) String name,
      @Option(names = "--currency", required = true, description = "ISO 4217, such as CNY") String currency) {
    if (!currency.matches("[A-Z]{3}")) {
      throw new AdminRefusal("BAD_CURRENCY",
          "found=" + currency + " allowed=three capital letters of ISO 4217");
    }
    admin.desk().putSite(admin.site(), name, currency, admin.operator());
    return show();
  }
}
