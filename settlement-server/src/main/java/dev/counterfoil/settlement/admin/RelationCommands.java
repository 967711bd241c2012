package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.store.RelationRow;
import dev.counterfoil.settlement.store.RelationType;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which accounts belong to which.
@Command(name = "relation", description = "Main and sub accounts, families, departments.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class RelationCommands {

  private final AdminCommands admin;

  RelationCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "add", description = "Put an account beneath another one.", mixinStandardHelpOptions = true)
  int add(@Parameters(paramLabel = "MAIN") String main, @Parameters(paramLabel = "SUB") String sub,
      @Option(names = "--type", defaultValue = "main_sub", paramLabel = "TYPE", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).") RelationType type,
      @Option(names = "--level", defaultValue = "1", description = "1 for directly beneath (default: ${DEFAULT-VALUE}).") int level,
      @Option(names = "--may", defaultValue = "", paramLabel = "JSON", description = "What the main account may do with the other, an object.") String config) {
    var wanted = new RelationRow(admin.site(), AdminInput.account(main), 0, AdminInput.account(sub), type,
        level, object(config), true);
    show(List.of(admin.desk().accounts().relate(wanted, admin.operator())));
    return 0;
  }

  private static String object(String config) {
    try {
      return config.isEmpty() ? config : new JsonObject(config).encode();
    } catch (DecodeException e) {
      throw new AdminRefusal("BAD_INPUT", "--may is no JSON object");
    }
  }

  @Command(name = "disable", description = "Switch a relation off.", mixinStandardHelpOptions = true)
  int disable(@Parameters(paramLabel = "MAIN") String main,
      @Parameters(paramLabel = "RELATION") int number) {
    return enable(main, number, false);
  }

  @Command(name = "enable", description = "Switch a relation on.", mixinStandardHelpOptions = true)
  int enable(@Parameters(paramLabel = "MAIN") String main,
      @Parameters(paramLabel = "RELATION") int number) {
    return enable(main, number, true);
  }

  private int enable(String main, int number, boolean enabled) {
    show(List.of(admin.desk().accounts().enableRelation(admin.site(), AdminInput.account(main), number,
        enabled, admin.operator())));
    return 0;
  }

  @Command(name = "list", description = "The accounts beneath an account and above it.", mixinStandardHelpOptions = true)
  int list(@Parameters(paramLabel = "ACCOUNT") String account) {
    long number = AdminInput.known(admin, AdminInput.account(account)).account();
    var reads = admin.desk().reads().profiles();
    show(Stream.concat(reads.relationsBelow(admin.site(), number).stream(),
        reads.relationsAbove(admin.site(), number).stream()).toList());
    return 0;
  }

  private void show(List<RelationRow> rows) {
    var table = new AdminTable("main", "relation", "sub", "type", "level", "enabled", "config");
    for (RelationRow row : rows) {
      table.row(row.main(), row.number(), row.sub(), row.type(), row.level(), row.enabled(), row.config());
    }
    admin.show(table);
  }
}
