package dev.counterfoil.sim.demo;

import dev.counterfoil.sim.verify.Tap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The day: rush hour, the wire is cut, the server and a terminal lose their power, an SD card is put back and another
/// one copied, some people are refused, and at the end everything is counted.
final class DemoScript {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final long SILENT_MILLIS = 1_000;
  private static final long POLL_MILLIS = 50;

  private final Canteen canteen;
  private final DemoScale scale;
  private final Story story;

  DemoScript(Canteen canteen, DemoScale scale, Story story) {
    this.canteen = canteen;
    this.scale = scale;
    this.story = story;
  }

  void run() throws Exception {
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      open(people);
      rushHour(people);
      wireCut(people);
      Path image = powerCut(people);
      // Elsewhere in the canteen life goes on.
      Future<?> elsewhere = people.submit(() -> {
        refusals();
        return null;
      });
      oldCardPutBack(image);
      copiedCard(image);
      elsewhere.get();
      closeDay();
    }
  }

  private void open(ExecutorService people) throws Exception {
    canteen.server().start();
    story.tell("server ready at %s, terminals reach it by a wire that can be cut", canteen.server().http());
    Future<Integer> cards = people.submit(canteen::fund);
    var codes = new ArrayList<String>();
    for (Counter counter : canteen.counters()) {
      counter.configure(canteen.wire().port());
      codes.add(canteen.enrolmentCode(counter.name()));
    }
    all(people, canteen.counters(), counter -> {
      counter.enrol(codes.get(canteen.counters().indexOf(counter)), canteen.wire().port());
      return 0;
    });
    story.tell("%d terminals enrolled with one-time codes", canteen.counters().size());
    story.tell("%d accounts opened, funded and given a card", cards.get());
    all(people, canteen.counters(), counter -> {
      counter.powerOn();
      counter.awaitReady();
      return 0;
    });
    story.tell("%d terminals up: PN532 on a pseudo-terminal, display, keypad and lamps through Pi4J",
        canteen.counters().size());
  }

  private void rushHour(ExecutorService people) throws Exception {
    long until = System.nanoTime() + scale.rushMillis() * 1_000_000;
    int approved = all(people, canteen.counters(),
        counter -> counter.sellWhile(() -> System.nanoTime() < until));
    story.tell("rush hour: %d taps approved in %.1f s, server in reach", approved, scale.rushMillis() / 1e3);
    story.require(approved > 0, "approvals with the server in reach");
  }

  /// First the wire swallows everything, so that taps wait for an answer and fall back; then it is cut.
  private void wireCut(ExecutorService people) throws Exception {
    var offline = new AtomicInteger();
    canteen.wire().silence();
    story.tell("the network goes silent");
    long started = System.nanoTime();
    long patience = started + SOON.toNanos();
    List<Future<Integer>> selling = start(people, canteen.counters(),
        counter -> counter
            .sellWhile(() -> offline.get() < scale.offlineTaps() && System.nanoTime() < patience, offline));
    sleep(SILENT_MILLIS);
    canteen.wire().cut();
    story.tell("the network is cut; terminals decide by themselves");
    int approved = sum(selling);
    story.tell("network down for %.1f s: %d taps approved without the server",
        (System.nanoTime() - started) / 1e9,
        approved);
    story.require(approved >= scale.offlineTaps(), scale.offlineTaps() + " taps decided without the server");
    long before = canteen.received();
    canteen.wire().heal();
    story.tell("the network is back; %d records are on the server, the rest follows", before);
    serverCut(people, before);
  }

  /// The server dies while terminals hand in what they sold without it, and while they go on selling.
  private void serverCut(ExecutorService people, long before) throws Exception {
    var open = new AtomicBoolean(true);
    List<Future<Integer>> selling = start(people, canteen.counters(),
        counter -> counter.sellWhile(open::get));
    await("the first records after the cut", () -> canteen.received() > before);
    canteen.server().kill();
    story.tell("power cut at the server (kill -9) in the middle of a batch");
    canteen.server().start();
    story.tell("server back");
    sleep(scale.rushMillis() / 2);
    open.set(false);
    story.tell("meanwhile %d more taps approved", sum(selling));
  }

  /// @return a copy of the SD card as it was when the power went
  private Path powerCut(ExecutorService people) throws Exception {
    Counter victim = canteen.counters().getFirst();
    var open = new AtomicBoolean(true);
    Future<Integer> selling = people.submit(() -> victim.sellWhile(open::get));
    sleep(scale.rushMillis() / 4);
    victim.cutPower();
    open.set(false);
    selling.get();
    story.tell("power cut at %s (kill -9) with a customer at the glass", victim.name());
    Path image = canteen.folder().root().resolve("image");
    copyFolder(victim.folder(), image);
    victim.powerOn();
    victim.awaitReady();
    int approved = sell(victim, 6);
    story.tell("%s back after its power cut, %d taps approved", victim.name(), approved);
    return image;
  }

  /// The card of the power cut goes back into the terminal: it has forgotten what it sold since.
  private void oldCardPutBack(Path image) throws Exception {
    Counter victim = canteen.counters().getFirst();
    awaitSettled(victim);
    victim.cutPower();
    deleteFolder(victim.folder());
    copyFolder(image, victim.folder());
    story.tell("%s gets an old image of its SD card", victim.name());
    victim.powerOn();
    await("the rolled-back card to be noticed", () -> hasException("ROLLED_BACK"));
    story.tell("  noticed: ROLLED_BACK; what was missing comes back from the server");
    victim.awaitReady();
    int approved = sell(victim, 4);
    story.tell("%s sells again, %d taps approved", victim.name(), approved);
    story.require(approved > 0, "sales after the roll-back");
  }

  /// The same image in another board, while the original goes on: once as the thief's board is, once with a board
  /// that lies about its serial.
  private void copiedCard(Path image) throws Exception {
    Counter original = canteen.counters().getFirst();
    story.tell("a copy of %s's SD card starts in another board", original.name());
    try (Counter board = copyIn(original, image, "board-of-a-thief")) {
      board.powerOn();
      story.tell("  it cannot use the keys: %s", board.awaitRefusal());
    }
    deleteFolder(canteen.folder().copy(original.name()));
    try (Counter board = copyIn(original, image, original.boardSerial())) {
      board.powerOn();
      await("the copied card to be noticed", () -> hasException("CLONE"));
      board.hardware().awaitGlass(lines -> lines.getLast().startsWith("CLONE"), SOON.toMillis() / 10);
      story.tell(
          "  with a forged serial it reaches the server, which notices: CLONE; the copy's glass says '%s'",
          Glass.oneLine(board.hardware().glass()));
      board.cutPower();
    }
    int approved = sell(original, 4);
    story.require(approved > 0, "sales of the original beside its copy");
    story.tell("the original goes on, %d taps approved", approved);
  }

  private Counter copyIn(Counter original, Path image, String serial) throws IOException {
    Path copy = canteen.folder().copy(original.name());
    copyFolder(image, copy);
    var board = new Counter(original.terminal(), copy, serial, canteen.hardware("copy-" + serial),
        original.holders(), canteen.taps(), canteen.programs());
    board.configure(canteen.wire().port());
    return board;
  }

  private void refusals() throws Exception {
    canteen.bank().freeze(canteen.frozen().label());
    canteen.bank().reportLost(canteen.lost().uid());
    List<Counter> counters = canteen.counters().stream()
        .filter(one -> one.terminal().mode() != DemoTerminal.Mode.FIXED).toList();
    List<Cardholder> refused = List.of(canteen.frozen(), canteen.lost(), canteen.poor());
    for (int i = 0; i < refused.size(); i++) {
      refusal(counters.get(i % counters.size()), refused.get(i));
    }
    takenBack(counters.getLast());
  }

  private void refusal(Counter counter, Cardholder holder) throws InterruptedException {
    awaitServerAt(counter);
    var tap = counter.customer().buy(holder, counter.terminal().prices().getFirst());
    story.tell("refused: '%s'", tap.text());
    story.require(tap.glass() == Tap.Glass.DECLINED, "a refusal of " + holder.label());
  }

  private void takenBack(Counter counter) throws InterruptedException {
    long price = counter.terminal().prices().getFirst();
    awaitServerAt(counter);
    counter.customer().buy(canteen.guest(), price);
    var undone = counter.customer().voidLast(canteen.operator(), price);
    story.tell("the cashier takes the last sale back: '%s'", undone.text());
    story.require(undone.glass() == Tap.Glass.APPROVED, "a void by an operator's card");
  }

  /// Without the server a freeze of a moment ago is not known yet; the glass tells when it is in reach.
  private static void awaitServerAt(Counter counter) throws InterruptedException {
    counter.hardware().awaitGlass(Glass::isIdleAndOnline, SOON.toMillis());
  }

  private void closeDay() throws Exception {
    for (Counter counter : canteen.counters()) {
      awaitSettled(counter);
    }
    story.tell("the day is closed; programs use %d MiB",
        (canteen.programs().residentBytes()
            + ProcessMemory.residentBytes(ProcessHandle.current().pid())) >> 20);
  }

  private int sell(Counter counter, int times) throws InterruptedException {
    var left = new AtomicInteger(times);
    return counter.sellWhile(() -> left.getAndDecrement() > 0);
  }

  private void awaitSettled(Counter counter) throws Exception {
    await("everything of " + counter.name() + " to be settled", () -> {
      var row = canteen.marks().get(counter.name());
      return row != null && row.getLong("settled") >= canteen.folder().headSeq(counter.folder());
    });
  }

  private boolean hasException(String kind) throws IOException {
    return canteen.exceptions().stream().anyMatch(row -> kind.equals(row.getString("code")));
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void await(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new ChildException("waited in vain for " + what);
      }
      sleep(POLL_MILLIS);
    }
  }

  private static void sleep(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  private interface Work {
    int at(Counter counter) throws Exception;
  }

  private static List<Future<Integer>> start(ExecutorService people, List<Counter> counters, Work work) {
    var started = new ArrayList<Future<Integer>>();
    for (Counter counter : counters) {
      Callable<Integer> one = () -> work.at(counter);
      started.add(people.submit(one));
    }
    return started;
  }

  private static int sum(List<Future<Integer>> results) throws Exception {
    int sum = 0;
    for (Future<Integer> result : results) {
      try {
        sum += result.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
    return sum;
  }

  private static int all(ExecutorService people, List<Counter> counters, Work work) throws Exception {
    return sum(start(people, counters, work));
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else if (Files.isRegularFile(path)) {
          Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
