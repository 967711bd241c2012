package dev.counterfoil.sim.virtual;

import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.Channel;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.protocol.journal.JournalRecord;
import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.virtual.device.Face;
import dev.counterfoil.sim.virtual.device.Sight;
import dev.counterfoil.sim.virtual.device.VirtualDisplay;
import dev.counterfoil.sim.virtual.device.VirtualLamps;
import dev.counterfoil.sim.virtual.device.VirtualPrinter;
import dev.counterfoil.sim.virtual.device.VirtualReader;
import dev.counterfoil.sim.virtual.device.VirtualScale;
import dev.counterfoil.sim.virtual.device.VirtualScanner;
import dev.counterfoil.sim.world.EventTag;
import dev.counterfoil.sim.world.World;
import dev.counterfoil.sim.world.terminal.Bystander;
import dev.counterfoil.sim.world.terminal.TerminalMachine;
import dev.counterfoil.terminal.core.Effect;
import dev.counterfoil.terminal.core.Event;
import dev.counterfoil.terminal.device.CodeEvent;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Signal;
import dev.counterfoil.terminal.input.CardEvents;
import dev.counterfoil.terminal.input.ScannedCode;
import dev.counterfoil.terminal.layout.Font;
import dev.counterfoil.terminal.receipt.Receipt;
import dev.counterfoil.terminal.receipt.ReceiptDesk;
import dev.counterfoil.terminal.sale.SaleEvent;
import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.sale.Texts;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One terminal on the counter of a virtual shop: the board of the simulated world with real drivers and modelled devices
/// around it. One thread.
final class VirtualTerminal implements Bystander {

  /// Columns of the receipt's paper.
  private static final int PAPER_COLUMNS = 32;
  private static final long KEY_EVERY_MICROS = 120_000;

  private final String name;
  private final Deed.Model model;
  private final World world;
  private final int place;
  private final Sight.Onlooker onlooker;
  private final CardEvents cards = new CardEvents(CardTray::tokenOf);
  private final Texts texts;
  private final VirtualReader reader;
  private final VirtualDisplay display;
  private final VirtualLamps lamps;
  private final VirtualScanner scanner;
  private final Optional<VirtualScale> scale;
  private final Optional<VirtualPrinter> printer;
  private final Receipt receipt;
  private Optional<ReceiptDesk> receipts = Optional.empty();
  private @Nullable TerminalMachine machine;
  private @Nullable Screen screen;
  private Sight.@Nullable Status told;
  private Sight.@Nullable Acknowledged toldMarks;
  private long keysUntil;
  private long skewMillis;

  VirtualTerminal(String name, Deed.Model model, World world, int place, Font font, ZoneId zone,
      Sight.Onlooker onlooker) {
    this.name = name;
    this.model = model;
    this.world = world;
    this.place = place;
    this.onlooker = onlooker;
    this.texts = new Texts(model.language(), name, byNumber(model.mode()));
    this.reader = new VirtualReader(world.queue(), place, world.random(31, place), onlooker);
    this.display = new VirtualDisplay(world.queue(), model.display(), font, place, onlooker);
    this.lamps = new VirtualLamps(world.queue(), place, onlooker);
    this.scanner = new VirtualScanner(world.queue(), place, onlooker);
    this.scale = model.mode() == Deed.Mode.WEIGHED
        ? Optional.of(new VirtualScale(world.queue(), place, world.random(37, place), onlooker))
        : Optional.empty();
    this.printer = model.printer() == Deed.Receipts.NO ? Optional.empty()
        : Optional.of(new VirtualPrinter(world.queue(), place, onlooker));
    this.receipt = new Receipt(name, name, model.language(), zone, PAPER_COLUMNS, true, true);
  }

  private static boolean byNumber(Deed.Mode mode) {
    return mode == Deed.Mode.PRODUCTS || mode == Deed.Mode.WEIGHED;
  }

  /// The board that this stands around; to be told once, before it gets power.
  void standsAround(TerminalMachine board) {
    machine = board;
  }

  TerminalMachine machine() {
    TerminalMachine board = machine;
    if (board == null) {
      throw new IllegalStateException(name + " has no board yet");
    }
    return board;
  }

  // --- what the program does ---

  @Override
  public void began() {
    screen = null;
    reader.start(event -> machine().happens(cards.of("reader", event)));
    scanner.start(this::scanned);
    scale.ifPresent(one -> one.start(this::weighed));
    receipts = printer.map(one -> new ReceiptDesk(one, receipt, true, event -> machine().happens(event)));
    receipts.ifPresent(ReceiptDesk::start);
    display.start();
    world.queue().after(0, EventTag.TAP_STEP, place, () -> {
      machine().happens(new Event.DeviceWell("display"));
      machine().happens(new Event.DeviceWell("keypad"));
    });
    onlooker.sees(new Sight.Log(false, "power on"));
    statusLater();
  }

  @Override
  public void ended() {
    reader.stop();
    scanner.stop();
    scale.ifPresent(VirtualScale::stop);
    receipts.ifPresent(ReceiptDesk::close);
    display.stop();
    lamps.stop();
    onlooker.sees(new Sight.Log(false, "power off"));
    statusLater();
  }

  @Override
  public void does(Effect effect) {
    switch (effect) {
      case Effect.Show(var wanted) -> show(wanted);
      case Effect.Indicate(var signal) -> lamps.show(
          signal == Signal.DECLINE && screen != null && screen.asksAgain() ? Signal.AGAIN : signal);
      case Effect.Print(var record) -> receipts.ifPresent(desk -> desk.print(record));
      case Effect.PrintShift(var closing, var answer) ->
        receipts.ifPresent(desk -> desk.print(closing, answer));
      case Effect.Tare _ -> scale.ifPresent(VirtualScale::tare);
      case Effect.Alert(var code, var detail) -> onlooker.sees(new Sight.Log(true, code + " " + detail));
      case Effect.Note(var event, var detail) -> onlooker.sees(new Sight.Log(false, event + " " + detail));
      case Effect.Ask _,Effect.Connect _,Effect.Disconnect _,Effect.Send _,Effect.AnswerTill _,Effect.Restart _,Effect.Stopped _ -> {
        // Not to be seen from outside.
      }
    }
    statusLater();
  }

  private void show(Screen wanted) {
    screen = wanted;
    display.show(texts.text(wanted));
    if (wanted instanceof Screen.SeveralCards) {
      lamps.show(Signal.AGAIN);
    }
  }

  @Override
  public void says(Channel channel, Frame frame) {
    link(channel, true, frame);
  }

  @Override
  public void hears(Channel channel, Frame frame) {
    link(channel, false, frame);
    statusLater();
  }

  private void link(Channel channel, boolean out, Frame frame) {
    String word = channel.name().substring("CHANNEL_".length()).toLowerCase(Locale.ROOT);
    onlooker.sees(new Sight.Link(word, out, LinkText.of(frame)));
  }

  @Override
  public void durable(JournalRecord record) {
    onlooker.sees(new Sight.Journal(record.seq(), RecordText.kind(record), RecordText.facts(record)));
  }

  @Override
  public void written() {
    // In the midst of a step, as for the status.
    world.queue().after(0, EventTag.TAP_STEP, place, this::acknowledged);
  }

  private void acknowledged() {
    Sight.Acknowledged now = acknowledgement();
    if (!now.equals(toldMarks)) {
      toldMarks = now;
      onlooker.sees(now);
    }
  }

  /// What the journal has been told of.
  Sight.Acknowledged acknowledgement() {
    AckStatement ack = machine().image().state().ack().statement();
    return new Sight.Acknowledged(ack.getReceived().getSeq(), ack.getSettled().getSeq(),
        ack.getSafe().getSeq());
  }

  /// In the midst of a step the state is not yet what it will be.
  private void statusLater() {
    world.queue().after(0, EventTag.TAP_STEP, place, this::status);
  }

  private void status() {
    Sight.Status now = now();
    if (!now.equals(told)) {
      told = now;
      onlooker.sees(now);
    }
  }

  Sight.Status now() {
    return new Sight.Status(machine().isOn(), machine().health().orElse("OFF"), machine().isOnline(),
        DeedWords.spelt(world.network().condition(place)), skewMillis);
  }

  // --- what its devices tell ---

  private void scanned(CodeEvent event) {
    switch (event) {
      case CodeEvent.CodeRead(var text) -> machine().input(ScannedCode.of(text));
      case CodeEvent.CodeMisread _ -> machine().input(new SaleEvent.Misread(Screen.Mistake.SCAN_AGAIN));
      case CodeEvent.CodeReaderFault(var fault) ->
        machine().happens(new Event.DeviceFailed("scanner", fault.code().name()));
      case CodeEvent.CodeReaderRecovered() -> machine().happens(new Event.DeviceWell("scanner"));
    }
  }

  private void weighed(ScaleEvent event) {
    switch (event) {
      case ScaleEvent.Weighed _ -> {
        // No news of the device itself.
      }
      case ScaleEvent.ScaleFault(var fault) ->
        machine().happens(new Event.DeviceFailed("scale", fault.code().name()));
      case ScaleEvent.ScaleRecovered() -> machine().happens(new Event.DeviceWell("scale"));
    }
    machine().happens(new Event.OnScale(event));
  }

  // --- what people do ---

  void keys(String keys) {
    for (char key : keys.toCharArray()) {
      keysUntil = Math.max(keysUntil + KEY_EVERY_MICROS, world.queue().nowMicros());
      world.queue().at(keysUntil, EventTag.TAP, place, () -> key(key));
    }
  }

  private void key(char key) {
    if (machine().isOn()) {
      lamps.click();
      machine().input(new SaleEvent.KeyPressed(receipts.map(desk -> desk.pressed(key)).orElse(key)));
    }
  }

  void scan(String code) {
    scanner.see(code);
  }

  /// @throws ScenarioException if it has none
  VirtualScale scale() throws ScenarioException {
    return scale.orElseThrow(() -> lacks("scale"));
  }

  /// @throws ScenarioException if it has none
  VirtualPrinter printer() throws ScenarioException {
    return printer.orElseThrow(() -> lacks("printer"));
  }

  private ScenarioException lacks(String device) {
    return new ScenarioException(ScenarioException.Code.SCENARIO_TERMINAL,
        "terminal \"" + name + "\" has no " + device);
  }

  void present(List<Card> presented) {
    reader.put(presented);
  }

  void tear(Card card) {
    reader.tear(card);
  }

  void remove() {
    reader.remove();
  }

  List<Card> onReader() {
    return reader.present();
  }

  void skew(long seconds) {
    long millis = seconds * 1_000;
    machine().stepClock(millis - skewMillis);
    skewMillis = millis;
    statusLater();
  }

  void networkChanged() {
    statusLater();
  }

  // --- what it looks like ---

  String name() {
    return name;
  }

  int place() {
    return place;
  }

  Deed.Model model() {
    return model;
  }

  Face face() {
    return display.face();
  }

  Optional<Sight.Scale> onScale() {
    return scale.map(VirtualScale::lying);
  }

  Optional<Sight.Printer> printerLooks() {
    return printer.map(VirtualPrinter::looks);
  }

  Sight.Lamps lamps() {
    return lamps.lamps();
  }

}
