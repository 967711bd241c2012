package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.protocol.order.MealOrder;
import dev.counterfoil.settlement.mealorder.MealWish;
import dev.counterfoil.settlement.store.MealCollectionRow;
import dev.counterfoil.settlement.store.MealOrderReads;
import dev.counterfoil.settlement.store.MealOrderRow;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Meals that holders order for a day.
@Command(name = "order", description = "Order meals for holders, who collect them at a counter.", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
final class OrderCommands {

  private static final int PAGE = 1000;

  private final AdminCommands admin;

  OrderCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "add", description = "Order a meal.", mixinStandardHelpOptions = true)
  int add(@Parameters(paramLabel = "ACCOUNT") String account,
      @Parameters(paramLabel = "DAY", description = "Such as 2026-11-23, or today.") String day,
      @Parameters(paramLabel = "PERIOD", description = "Number of the terminals' meal period, 1 to "
          + MealOrder.MOST_PERIOD + ".") int period,
      @Parameters(paramLabel = "DISH", description = "At most " + MealOrder.MOST_DISH_BYTES
          + " bytes in UTF-8.") String dish,
      @Option(names = "--copies", defaultValue = "1", paramLabel = "N", description = "1 to "
          + MealOrder.MOST_COPIES
          + " (default: ${DEFAULT-VALUE}).") int copies,
      @Option(names = "--total", required = true, paramLabel = "AMOUNT", description = "Of all copies; 0 where nothing is paid when it is collected.") String total) {
    var wish = new MealWish(AdminInput.account(account), day(day), period, copies, AdminInput.amount(total),
        dish);
    show(List.of(admin.desk().meals().place(admin.site(), wish, admin.operator())));
    return 0;
  }

  @Command(name = "list", description = "Orders by number.", mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only this holder's.") @Nullable String account,
      @Option(names = "--from", paramLabel = "DAY", description = "Only for this day and later (default: today).") @Nullable String from,
      @Option(names = "--until", paramLabel = "DAY", description = "Only for this day and earlier.") @Nullable String until,
      @Option(names = "--after", defaultValue = "0", paramLabel = "N", description = "Begin after this order.") long after,
      @Option(names = "--limit", defaultValue = "1000") int limit) {
    var search = new MealOrderReads.Search(account == null ? 0 : AdminInput.account(account),
        day(from == null ? "today" : from), until == null ? MealOrderReads.Search.LAST : day(until));
    show(admin.desk().reads().meals().orders(admin.site(), search, after, Math.clamp(limit, 1, PAGE)));
    return 0;
  }

  @Command(name = "cancel", description = "Take an order back that nobody has collected.", mixinStandardHelpOptions = true)
  int cancel(@Parameters(paramLabel = "ORDER") long order) {
    show(List.of(admin.desk().meals().cancel(admin.site(), order, admin.operator())));
    return 0;
  }

  private LocalDate day(String text) {
    try {
      return text.equalsIgnoreCase("today") ? admin.desk().meals().today() : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new AdminRefusal("BAD_DAY", "found=" + text + " allowed=a day such as 2026-11-23, or today");
    }
  }

  private void show(List<MealOrderRow> rows) {
    LocalDate today = admin.desk().meals().today();
    var table = new AdminTable("order", "account", "day", "period", "copies", "total", "dish", "state",
        "terminal", "record", "reference");
    for (MealOrderRow row : rows) {
      MealCollectionRow by = row.collection();
      table.row(row.number(), row.account(), row.day(), row.period(), row.copies(),
          Money.decimal(row.totalMinor()), row.dish(), row.told(today), by == null ? "" : by.terminal(),
          by == null ? "" : by.seq(), row.reference());
    }
    admin.show(table);
  }
}
