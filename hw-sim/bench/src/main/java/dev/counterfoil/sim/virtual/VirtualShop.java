package dev.counterfoil.sim.virtual;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.account.RefusedException;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.mealorder.MealWish;
import dev.counterfoil.settlement.store.FreezeKind;
import dev.counterfoil.settlement.store.UnfreezeKind;
import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.device.scanner.PaymentCodes;
import dev.counterfoil.sim.virtual.CardTray.TrayCard;
import dev.counterfoil.sim.virtual.ScenarioException.Code;
import dev.counterfoil.sim.virtual.device.Sight;
import dev.counterfoil.sim.world.Ports;
import dev.counterfoil.sim.world.Signers;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.disk.DiskFault;
import dev.counterfoil.sim.world.server.CommitFault;
import dev.counterfoil.sim.world.server.ServerMachine;
import dev.counterfoil.sim.world.terminal.Fittings;
import dev.counterfoil.sim.world.terminal.TerminalMachine;
import dev.counterfoil.terminal.layout.Font;
import dev.counterfoil.terminal.meal.MealPeriod;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.sale.SaleLine;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.SaleSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Terminals on a counter, their server, and the people with their cards: the simulated world with nothing failing but
/// what somebody makes fail. The same deeds at the same times bring about the same bytes.
///
/// Time is milliseconds since the shop opened, at half past eleven in the morning. One thread.
final class VirtualShop {

  /// Most terminals on one counter.
  static final int MOST_TERMINALS = 32;
  static final ZoneId ZONE = ZoneOffset.ofHours(8);

  private static final long MILLI = 1_000;
  private static final long OPENS_MICROS = 12_600_000_000L;
  private static final long BACK_MICROS = 2_000_000;
  private static final long SERVER_BACK_MICROS = 3_000_000;
  private static final long FOR_EVER_MICROS = 1L << 60;
  private static final int MINUTES_OF_DAY = 24 * 60;
  private static final SaleLine SET_MEAL = new SaleLine("", "set meal", 1_250, 1);
  private static final SaleLine BUFFET = new SaleLine("", "buffet", 3_980, 1);
  private static final SaleLine STAFF_MEAL = new SaleLine("", "staff meal", 0, 1);
  private static final int STAFF_MEALS_A_DAY = 2;
  private static final SaleLine SHOWER = new SaleLine("", "shower", 50, 1);
  private static final long SHOWER_UNIT_MILLIS = 60_000;
  private static final long SHOWER_MOST_MINOR = 2_000;
  private static final List<SaleLine> MENU = List.of(new SaleLine("1", "rice", 200, 1),
      new SaleLine("2", "noodles", 850, 1), new SaleLine("3", "tea", 300, 1));

  /// Who looks on.
  interface Onlooker {

    void sees(String terminal, Sight sight);

    /// Money, cards or the server changed in a way that no terminal shows.
    void officeChanged();

    /// The server refused what an operator wanted.
    void refused(String code);
  }

  private final Onlooker onlooker;
  private final Font font;
  private final CardTray tray = new CardTray();
  private final World world;
  private final ServerMachine server;
  private final SplittableRandom random;
  private final Map<String, String> codes;
  private final Map<String, VirtualTerminal> terminals = new LinkedHashMap<>();

  /// Opens the shop, without terminals.
  ///
  /// @param seed of everything that is drawn
  /// @param font for displays of pixels
  VirtualShop(long seed, Font font, Onlooker onlooker) {
    this.onlooker = onlooker;
    this.font = font;
    this.world = World.calm(seed, MOST_TERMINALS, tray.holders(), Signers.real(seed));
    this.random = world.random(41, 0);
    this.codes = codes(world.random(43, 0));
    this.server = new ServerMachine(world, Ports.DIRECT);
    TrayCard lost = tray.one(CardTray.Kind.LOST);
    server.office(core -> core.cards().reportLost(World.SITE, lost.token(), world.trueMillis()));
    pass(OPENS_MICROS);
  }

  /// A member's, the same with a speck on the glass, and one of somebody else's wallet.
  private static Map<String, String> codes(RandomGenerator random) {
    String member = PaymentCodes.draw(random);
    int middle = member.length() / 2;
    char other = member.charAt(middle) == 'A' ? 'B' : 'A';
    var codes = new LinkedHashMap<String, String>();
    codes.put("member", member);
    codes.put("damaged", member.substring(0, middle) + other + member.substring(middle + 1));
    codes.put("foreign", "283412670951827364");
    return codes;
  }

  // --- time ---

  /// Milliseconds since the shop opened.
  long atMillis() {
    return (world.queue().nowMicros() - OPENS_MICROS) / MILLI;
  }

  /// Wall clock of the server, Unix milliseconds.
  long wallMillis() {
    return world.trueMillis();
  }

  /// When the next thing happens by itself.
  long nextMillis() {
    return Math.ceilDiv(world.queue().nextMicros() - OPENS_MICROS, MILLI);
  }

  /// Lets everything happen that is due until then.
  void passUntil(long millis) {
    pass(OPENS_MICROS + millis * MILLI);
  }

  private void pass(long untilMicros) {
    while (world.queue().runNext(untilMicros)) {
      // Everything happens inside the events.
    }
  }

  // --- deeds ---

  /// @throws ScenarioException if there is no such terminal or card, or no room
  void require(Deed deed) throws ScenarioException {
    switch (deed) {
      case Deed.Add(var name, var _) -> requireRoom(name);
      case Deed.Server _ -> {
        // There is one always.
      }
      case Deed.Office(var _, var card, var _) -> account(card);
      case Deed.Present(var terminal, var names) -> {
        terminal(terminal);
        for (String name : names) {
          tray.named(name);
        }
      }
      case Deed.Tear(var terminal, var card) -> {
        terminal(terminal);
        tray.named(card);
      }
      case Deed.Weigh(var terminal, var _, var _) -> terminal(terminal).scale();
      case Deed.Paper(var terminal, var _) -> terminal(terminal).printer();
      case Deed.Cover(var terminal, var _) -> terminal(terminal).printer();
      case Deed.AtTerminal at -> terminal(at.terminal());
    }
  }

  /// Somebody does something, now.
  ///
  /// @throws ScenarioException if it cannot be done; nothing was
  void perform(Deed deed) throws ScenarioException {
    switch (deed) {
      case Deed.Add(var name, var model) -> add(name, model);
      case Deed.Server(var what) -> server(what);
      case Deed.Office(var what, var card, var amount) -> office(what, card, amount);
      case Deed.AtTerminal at -> perform(at, terminal(at.terminal()));
    }
  }

  private void perform(Deed.AtTerminal deed, VirtualTerminal terminal) throws ScenarioException {
    switch (deed) {
      case Deed.Keys(var _, var keys) -> terminal.keys(keys);
      case Deed.Present(var _, var names) -> {
        var cards = new ArrayList<Card>();
        for (String name : names) {
          cards.add(tray.named(name).card());
        }
        takeAway(cards);
        terminal.present(cards);
        readerChanged(terminal);
      }
      case Deed.Tear(var _, var name) -> {
        Card card = tray.named(name).card();
        takeAway(List.of(card));
        terminal.tear(card);
        readerChanged(terminal);
      }
      case Deed.Remove _ -> {
        terminal.remove();
        readerChanged(terminal);
      }
      case Deed.Network(var _, var condition) -> {
        world.network().condition(terminal.place(), condition);
        terminal.networkChanged();
      }
      case Deed.Power(var _, var on) -> power(terminal.machine(), on);
      case Deed.Kill(var _, var point) -> kill(terminal.machine(), point);
      case Deed.Clock(var _, var seconds) -> terminal.skew(seconds);
      case Deed.Disk(var _, var full) -> terminal.machine().fill(full ? FOR_EVER_MICROS : 0);
      case Deed.Weigh(var _, var grams, var restless) -> terminal.scale().put(grams, restless);
      case Deed.Scan(var _, var code) -> terminal.scan(code);
      case Deed.Paper(var _, var in) -> terminal.printer().paper(in);
      case Deed.Cover(var _, var open) -> terminal.printer().cover(open);
    }
  }

  /// A card lies in one place only.
  private void takeAway(List<Card> cards) {
    for (VirtualTerminal terminal : terminals.values()) {
      if (terminal.onReader().stream().anyMatch(cards::contains)) {
        terminal.remove();
        readerChanged(terminal);
      }
    }
  }

  private void readerChanged(VirtualTerminal terminal) {
    onlooker.sees(terminal.name(), new Sight.Reader(namesOnReader(terminal)));
  }

  List<String> namesOnReader(VirtualTerminal terminal) {
    return terminal.onReader().stream().map(tray::nameOf).toList();
  }

  private static void power(TerminalMachine machine, boolean on) {
    if (on) {
      machine.boot();
    } else {
      machine.kill(TerminalMachine.UNTIL_SWITCHED_ON);
    }
  }

  private static void kill(TerminalMachine machine, Deed.Point point) {
    switch (point) {
      case NOW -> machine.kill(BACK_MICROS);
      case WHEN_ASKED -> machine.armKillWhenAsked(BACK_MICROS);
      case BEFORE_COMMIT -> machine.arm(DiskFault.CUT_BEFORE, 0, BACK_MICROS);
      case MID_COMMIT -> machine.arm(DiskFault.CUT_TORN, 0, BACK_MICROS);
      case AFTER_COMMIT -> machine.armCutBetweenCommitAndAck(BACK_MICROS);
    }
  }

  private void server(Deed.ServerDeed what) {
    switch (what) {
      case DOWN -> server.switchOff();
      case UP -> server.switchOn();
      case CRASH_BEFORE_COMMIT -> server.crashAtNextCommit(CommitFault.CRASH_BEFORE, SERVER_BACK_MICROS);
      case CRASH_AFTER_COMMIT -> server.crashAtNextCommit(CommitFault.CRASH_AFTER, SERVER_BACK_MICROS);
    }
    onlooker.officeChanged();
  }

  private void office(Deed.OfficeDeed what, String name, long amountMinor) throws ScenarioException {
    TrayCard card = tray.named(name);
    long account = account(name);
    server.office(core -> {
      try {
        office(core, what, card, account, amountMinor);
      } catch (RefusedException refused) {
        onlooker.refused(refused.code());
      }
      onlooker.officeChanged();
    });
  }

  private long account(String card) throws ScenarioException {
    return tray.named(card).holder().orElseThrow(() -> new ScenarioException(Code.SCENARIO_CARD,
        "card \"" + card + "\" belongs to no account")).account();
  }

  private void office(SettlementCore core, Deed.OfficeDeed what, TrayCard card, long account,
      long amountMinor) {
    long now = world.trueMillis();
    switch (what) {
      case RECHARGE -> core.accounts().rechargeByCash(World.SITE, account, amountMinor,
          TransactionId.draw(now, random), now);
      case ORDER -> core.meals().place(World.SITE, new MealWish(account,
          LocalDate.ofInstant(Instant.ofEpochMilli(now), ZONE), 1, 1, amountMinor, SET_MEAL.name()), "desk",
          now);
      case LOST -> core.cards().reportLost(World.SITE, card.token(), now);
      case FOUND -> core.cards().found(World.SITE, card.token(), now);
      case FREEZE -> core.accounts().apply(World.SITE, account,
          new AccountEvent.Frozen(FreezeKind.SECURITY, "at the virtual desk"), now);
      case UNFREEZE -> core.accounts().apply(World.SITE, account,
          new AccountEvent.Unfrozen(UnfreezeKind.MANUAL, "at the virtual desk"), now);
    }
  }

  private void requireRoom(String name) throws ScenarioException {
    if (terminals.containsKey(name) || terminals.size() == MOST_TERMINALS) {
      throw new ScenarioException(Code.SCENARIO_TERMINAL, terminals.containsKey(name)
          ? "terminal \"" + name + "\" is there already"
          : "there is room for " + MOST_TERMINALS + " terminals");
    }
  }

  private void add(String name, Deed.Model model) throws ScenarioException {
    requireRoom(name);
    var terminal = new VirtualTerminal(name, model, world, terminals.size(), font, ZONE,
        sight -> onlooker.sees(name, sight));
    terminals.put(name, terminal);
    var sale = SaleSettings.of(mode(model.mode()), World.CURRENCY).with(meals(model.mode()));
    terminal.standsAround(server.enrol(terminal.place(),
        new Fittings(usual -> usual.with(sale, ZONE, model.printer() == Deed.Receipts.NEEDED), terminal)));
    terminal.machine().boot();
  }

  private static SaleMode mode(Deed.Mode mode) {
    return switch (mode) {
      case KEYED -> new SaleMode.Keyed();
      case FIXED -> new SaleMode.Fixed(SET_MEAL);
      case PRODUCTS -> new SaleMode.Products(MENU);
      case WEIGHED -> new SaleMode.Weighed(List.of(BUFFET), SaleMode.Weighed.DEFAULT_LEAST_GRAMS);
      case COUNTED -> new SaleMode.Counted(STAFF_MEAL, STAFF_MEALS_A_DAY);
      case TIMED -> new SaleMode.Timed(SHOWER, SHOWER_UNIT_MILLIS, SHOWER_MOST_MINOR);
      case PREORDER -> new SaleMode.Preorder();
    };
  }

  private static MealPlan meals(Deed.Mode mode) {
    return mode == Deed.Mode.PREORDER
        ? new MealPlan(List.of(new MealPeriod("", 0, MINUTES_OF_DAY, List.of(), 0, 0, 0)), 0)
        : MealPlan.NONE;
  }

  // --- what there is ---

  List<VirtualTerminal> terminals() {
    return List.copyOf(terminals.values());
  }

  VirtualTerminal terminal(String name) throws ScenarioException {
    VirtualTerminal terminal = terminals.get(name);
    if (terminal == null) {
      throw new ScenarioException(Code.SCENARIO_TERMINAL,
          "\"" + name + "\" is none of the terminals " + String.join(", ", terminals.keySet()));
    }
    return terminal;
  }

  List<TrayCard> cards() {
    return tray.all();
  }

  /// Codes that people hold in front of a scanner, by what they are.
  Map<String, String> codes() {
    return codes;
  }

  boolean serverUp() {
    return server.isUp();
  }

  /// What the server's books say that this card's account has to spend; nothing of a card without one.
  OptionalLong balanceMinor(TrayCard card) {
    return card.holder().flatMap(holder -> server.books().account(World.SITE, holder.account()))
        .flatMap(row -> server.books().ledgerAccount(World.SITE, row.cashLedger()))
        .map(ledger -> OptionalLong.of(ledger.postedCredits() - ledger.postedDebits() - ledger.held()))
        .orElse(OptionalLong.empty());
  }

  /// Sales that a glass of this shop called approved.
  int shownApproved() {
    int shown = 0;
    for (int place = 0; place < terminals.size(); place++) {
      shown += world.truth().terminal(place).shownApproved().size();
    }
    return shown;
  }

  /// Sales that the server has settled.
  long settled() {
    return server.settledSales();
  }
}
