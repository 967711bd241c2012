package dev.counterfoil.sim.virtual;

import dev.counterfoil.sim.virtual.device.Sight;
import dev.counterfoil.terminal.layout.Font;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The shop as the page sees it: its whole state when asked, and what changes as events. Keeps what has scrolled by, a
/// bounded piece of it. One thread, the shop's.
final class PageView implements VirtualShop.Onlooker {

  /// Rows of a list kept for each terminal.
  private static final int MOST_ROWS = 200;
  private static final int MOST_RECORDS = 100;
  private static final String TERMINAL = "terminal";
  private static final String TYPE = "type";

  private final PageFeed feed;
  private final Recording recording;
  private final Map<String, Rows> rows = new LinkedHashMap<>();
  private final VirtualShop shop;

  /// What one terminal has had to tell.
  private static final class Rows {
    private final Deque<Map<String, Object>> paper = new ArrayDeque<>();
    private final Deque<Map<String, Object>> bus = new ArrayDeque<>();
    private final Deque<Map<String, Object>> link = new ArrayDeque<>();
    private final Deque<Map<String, Object>> log = new ArrayDeque<>();
    private final Deque<Map<String, Object>> journal = new ArrayDeque<>();
    private long head;

    static void keep(Deque<Map<String, Object>> list, Map<String, Object> row, int most) {
      list.addLast(row);
      if (list.size() > most) {
        list.removeFirst();
      }
    }
  }

  /// Opens the shop and looks at it.
  PageView(PageFeed feed, long seed, Font font) {
    this.feed = feed;
    this.recording = new Recording(seed, this::recorded);
    this.shop = new VirtualShop(seed, font, this);
  }

  VirtualShop shop() {
    return shop;
  }

  /// Does what a line says, now, and records it.
  ///
  /// @throws ScenarioException if it cannot be done; nothing was, and nothing is recorded
  void perform(String line) throws ScenarioException {
    String plain = line.strip().replaceAll("\\s+", " ");
    Deed deed = DeedWords.read(plain);
    shop.require(deed);
    recording.did(shop.atMillis(), plain);
    shop.perform(deed);
    if (deed instanceof Deed.Add(var name, var _)) {
      var event = event("added");
      event.put(TERMINAL, terminal(shop.terminal(name)));
      feed.publish(event);
    }
  }

  List<String> recorded() {
    return recording.lines();
  }

  private void recorded(String line) {
    var event = event("scenario");
    event.put("line", line);
    feed.publish(event);
  }

  /// The time, for a clock on the page.
  void tick() {
    var event = event("clock");
    time(event);
    feed.publish(event);
  }

  /// Something happened that must never happen; the shop stands still.
  void broken(String why) {
    for (String terminal : rows.keySet()) {
      sees(terminal, new Sight.Log(true, why));
    }
  }

  // --- what changes ---

  @Override
  public void sees(String terminal, Sight sight) {
    long at = shop.atMillis();
    recording.saw(at, terminal, sight);
    Rows kept = rows.computeIfAbsent(terminal, _ -> new Rows());
    var event = PageWords.object();
    event.put(TERMINAL, terminal);
    event.put(TYPE, tell(event, kept, at, sight));
    feed.publish(event);
    if (sight instanceof Sight.Acknowledged || sight instanceof Sight.Journal) {
      officeChanged();
    }
  }

  /// @return the type of the event
  private static String tell(Map<String, Object> event, Rows kept, long at, Sight sight) {
    return switch (sight) {
      case Sight.Glass(var face) -> put(event, "display", PageWords.face(face));
      case Sight.Lamps lamps -> put(event, "lamps", PageWords.lamps(lamps));
      case Sight.Told(var signal) -> put(event, "signal", DeedWords.spelt(signal));
      case Sight.Reader(var cards) -> put(event, "reader", cards);
      case Sight.Paper(var part) -> row(event, "paper", kept.paper, PageWords.paper(part), MOST_ROWS);
      case Sight.Scale scale -> put(event, "scale", PageWords.scale(scale));
      case Sight.Printer printer -> put(event, "printerLooks", PageWords.printer(printer));
      case Sight.Bus bus -> row(event, "bus", kept.bus, PageWords.bus(at, bus), MOST_ROWS);
      case Sight.Link link -> row(event, "link", kept.link, PageWords.link(at, link), MOST_ROWS);
      case Sight.Log(var alert, var text) ->
        row(event, "log", kept.log, PageWords.log(at, alert, text), MOST_ROWS);
      case Sight.Journal record -> {
        kept.head = record.seq();
        event.put("head", record.seq());
        yield row(event, "journal", kept.journal, PageWords.journal(at, record), MOST_RECORDS);
      }
      case Sight.Acknowledged marks -> put(event, "acknowledged", PageWords.acknowledged(marks));
      case Sight.Status status -> {
        PageWords.status(event, status);
        yield "status";
      }
    };
  }

  private static String put(Map<String, Object> event, String type, Object value) {
    event.put(type, value);
    return type;
  }

  private static String row(Map<String, Object> event, String type, Deque<Map<String, Object>> list,
      Map<String, Object> row, int most) {
    Rows.keep(list, row, most);
    return put(event, type, row);
  }

  @Override
  public void officeChanged() {
    var cards = event("cards");
    cards.put("cards", cards());
    feed.publish(cards);
    var server = event("server");
    server.put("serverUp", shop.serverUp());
    feed.publish(server);
  }

  @Override
  public void refused(String code) {
    var event = event("refused");
    event.put("code", code);
    feed.publish(event);
  }

  private static Map<String, Object> event(String type) {
    var event = PageWords.object();
    event.put(TYPE, type);
    return event;
  }

  // --- what there is ---

  /// The whole state.
  Map<String, Object> state() {
    var state = PageWords.object();
    state.put("version", feed.last());
    time(state);
    state.put("serverUp", shop.serverUp());
    state.put("cards", cards());
    state.put("codes", shop.codes());
    state.put("terminals", shop.terminals().stream().map(this::terminal).toList());
    state.put("scenario", recording.lines().stream()
        .skip(Math.max(0, recording.lines().size() - MOST_ROWS)).toList());
    return state;
  }

  private void time(Map<String, Object> object) {
    object.put("atMillis", shop.atMillis());
    object.put("wall", DateTimeFormatter.ISO_OFFSET_DATE_TIME
        .format(Instant.ofEpochMilli(shop.wallMillis() / 1_000 * 1_000).atZone(VirtualShop.ZONE)));
  }

  private List<Map<String, Object>> cards() {
    return shop.cards().stream().map(card -> {
      var object = PageWords.object();
      object.put("id", card.name());
      object.put("kind", DeedWords.spelt(card.kind()));
      object.put("technology", card.card().describe().split(":", 2)[0]);
      object.put("uid", card.card().uidText());
      var balance = shop.balanceMinor(card);
      object.put("balanceMinor", balance.isPresent() ? balance.getAsLong() : null);
      return (Map<String, Object>) object;
    }).toList();
  }

  private Map<String, Object> terminal(VirtualTerminal terminal) {
    Rows kept = rows.computeIfAbsent(terminal.name(), _ -> new Rows());
    var object = PageWords.object();
    object.put("id", terminal.name());
    object.put("name", terminal.name());
    object.put("mode", DeedWords.spelt(terminal.model().mode()));
    object.put("language", terminal.model().language() == Language.CHINESE ? "zh" : "en");
    object.put("printer", terminal.model().printer() != Deed.Receipts.NO);
    terminal.printerLooks().ifPresent(looks -> object.put("printerLooks", PageWords.printer(looks)));
    terminal.onScale().ifPresent(lying -> object.put("scale", PageWords.scale(lying)));
    PageWords.status(object, terminal.now());
    object.put("display", PageWords.face(terminal.face()));
    object.put("lamps", PageWords.lamps(terminal.lamps()));
    object.put("reader", shop.namesOnReader(terminal));
    object.put("paper", List.copyOf(kept.paper));
    object.put("journal", List.copyOf(kept.journal));
    object.put("acknowledged", PageWords.acknowledged(terminal.acknowledgement()));
    object.put("head", kept.head);
    object.put("bus", List.copyOf(kept.bus));
    object.put("link", List.copyOf(kept.link));
    object.put("log", List.copyOf(kept.log));
    return object;
  }
}
