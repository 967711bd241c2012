package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.ledger.CoreSettings;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PermissionType;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How much an account may spend, where and by whose word (LIM-14, LIM-15, LIM-21), and the switches of ACC-18.
final class LimitRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access MANAGE = new Access.Needs(Permission.ACCOUNT_MANAGE);
  private static final String ID = "accountId";

  private final CoreSettings settings;

  LimitRoutes(CoreSettings settings) {
    this.settings = settings;
  }

  List<Route> routes() {
    return List.of(Route.read("/accounts/{accountId}/limits", VIEW, this::limits),
        Route.change(Verb.PUT, "/accounts/{accountId}/limits", MANAGE, "ACCOUNT_LIMITS",
            LimitRoutes::setLimits),
        Route.change(Verb.PUT, "/accounts/{accountId}/credit", MANAGE, "ACCOUNT_CREDIT",
            LimitRoutes::setCredit),
        Route.change(Verb.PUT, "/accounts/{accountId}/channels", MANAGE, "ACCOUNT_CHANNELS",
            LimitRoutes::setChannels));
  }

  /// Each limit by whose word it is, the tightest of them, and what is spent of it.
  private ObjectNode limits(Call call, SettlementReads reads) {
    AccountRow row = AccountRoutes.known(call, reads);
    LedgerAccountRow ledger = AccountView.ledger(reads, row);
    List<PermissionRow> binding = reads.profiles().permissions(row.site(), row.account()).stream()
        .filter(each -> each.type() == PermissionType.CONSUMPTION && isOn(each, call.nowMs())).toList();
    ObjectNode node = Body.object().put(ID, row.account()).put("currency", row.currency());
    node.set("site", of(settings.perTapMinor(), settings.perDayMinor(),
        settings.accounts().perMonthMinor()));
    node.set("account", of(row.perTapMinor(), row.perDayMinor(), row.perMonthMinor()));
    ArrayNode permissions = node.putArray("permissions");
    binding.forEach(each -> permissions.add(AccountView.permission(each)));
    List<PermissionRow> holders = binding.stream().filter(PermissionRow::byHolder).toList();
    node.set("effective", of(tightest(settings.perTapMinor(), row.perTapMinor(), binding, holders,
        PermissionRow::singleMinor),
        tightest(settings.perDayMinor(), row.perDayMinor(), binding, holders, PermissionRow::dailyMinor),
        tightest(settings.accounts().perMonthMinor(), row.perMonthMinor(), binding, holders,
            PermissionRow::monthlyMinor)));
    long day = settings.dayAt(call.nowMs());
    long today = ledger.spentDay() == day ? ledger.spentToday() : 0;
    node.putObject("spent").put("today", Money.decimal(today))
        .put("thisMonth", Money.decimal(ledger.spentInMonthOf(day)));
    return node;
  }

  /// Any one of several permissions lets a purchase through, so only a single one binds by itself; what the holder set
  /// binds always.
  private static long tightest(long site, long own, List<PermissionRow> binding, List<PermissionRow> holders,
      ToLongFunction<PermissionRow> of) {
    List<PermissionRow> grants = binding.stream().filter(row -> !row.byHolder()).toList();
    Stream<PermissionRow> alone = grants.size() == 1 ? grants.stream() : Stream.empty();
    return LongStream.concat(LongStream.of(site, own), Stream.concat(alone, holders.stream()).mapToLong(of))
        .filter(limit -> limit > 0).min().orElse(0);
  }

  private static boolean isOn(PermissionRow row, long nowMs) {
    return row.enabled() && nowMs >= row.fromMs() && (row.untilMs() == 0 || nowMs < row.untilMs());
  }

  private static ObjectNode of(long single, long daily, long monthly) {
    return Body.object().put("single", Money.decimal(single)).put("daily", Money.decimal(daily))
        .put("monthly", Money.decimal(monthly));
  }

  private static Function<SettlementCore, Done> setLimits(Call call) {
    long account = call.number(ID);
    Body body = call.body();
    long single = body.amountOrZero("single");
    long daily = body.amountOrZero("daily");
    long monthly = body.amountOrZero("monthly");
    return server -> {
      String before = AccountStateRoutes.limits(server.accounts().existing(call.site(), account));
      AccountRow after = server.accounts().changeLimits(call.site(), account, single, daily, monthly,
          call.nowMs());
      ObjectNode view = Body.object().put(ID, account);
      view.setAll(of(after.perTapMinor(), after.perDayMinor(), after.perMonthMinor()));
      return new Done(200, view.toString(), "account " + account, before, AccountStateRoutes.limits(after));
    };
  }

  private static Function<SettlementCore, Done> setCredit(Call call) {
    long account = call.number(ID);
    long credit = call.body().amountOrZero("creditLimit");
    call.body().reason();
    return server -> {
      AccountRow row = server.accounts().existing(call.site(), account);
      long before = -AccountView.ledger(server.reads(), row).floor();
      server.accounts().changeCredit(call.site(), account, credit, call.nowMs());
      return new Done(200,
          Body.object().put(ID, account).put("creditLimit", Money.decimal(credit)).toString(),
          "account " + account, Money.decimal(before), Money.decimal(credit));
    };
  }

  private static Function<SettlementCore, Done> setChannels(Call call) {
    long account = call.number(ID);
    Body body = call.body();
    boolean consume = body.flag("enableConsume", true);
    boolean online = body.flag("enableOnline", true);
    boolean offline = body.flag("enableOffline", true);
    return server -> {
      String before = channels(server.accounts().existing(call.site(), account));
      AccountRow after = server.accounts().changeChannels(call.site(), account, consume, online, offline,
          call.nowMs());
      ObjectNode view = Body.object().put(ID, account).put("enableConsume", after.maySpend())
          .put("enableOnline", after.enableOnline()).put("enableOffline", after.enableOffline());
      return new Done(200, view.toString(), "account " + account, before, channels(after));
    };
  }

  private static String channels(AccountRow row) {
    return "consume=" + row.maySpend() + " online=" + row.enableOnline() + " offline="
        + row.enableOffline();
  }
}
