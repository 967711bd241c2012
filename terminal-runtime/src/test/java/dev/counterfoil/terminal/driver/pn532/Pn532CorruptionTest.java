package dev.counterfoil.terminal.driver.pn532;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.card.Card;
import dev.counterfoil.sim.card.CardSpec;
import dev.counterfoil.sim.card.RfField;
import dev.counterfoil.sim.device.pn532.Pn532Faults;
import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ReaderEvent;
import dev.counterfoil.terminal.line.FakeClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How much damage on the wire the protocol's sums see, what is left, and that none of it becomes a sale. In virtual
/// time, against the simulator's chip. Repeat a failure with its seed.
class Pn532CorruptionTest {

  private static final long SEED = Long.getLong("corruption.seed", 20_261_121L);
  private static final Set<FaultCode> CLEAR = EnumSet.of(FaultCode.READER_SILENT, FaultCode.READER_GARBLED,
      FaultCode.READER_REFUSED);
  /// A data check sum of eight bits lets one of 256 random changes through.
  private static final double THEORY = 1.0 / 256;
  /// A list with one card of four bytes, and where its identity stands: 00 00 FF LEN LCS D5 4B 01 Tg ATQA(2) SAK UIDlen.
  private static final int SHORTEST_LIST = 19;
  private static final int IDENTITY_AT = 13;
  /// A card comes this often and lies there for half of the time; the rest is longer than the removal time.
  private static final int CARD_EVERY_TURNS = 20;
  /// Held, or the level set on it would be forgotten with the logger.
  private static final Logger DRIVER_LOG = Logger.getLogger(Pn532Polling.class.getName());

  private final Random random = new Random(SEED);
  private final FakeClock clock = new FakeClock();
  private final RfField field = new RfField();

  @BeforeAll
  static void keepTheLogShort() {
    DRIVER_LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    DRIVER_LOG.setLevel(null);
  }

  @Test
  void oneDamagedByteInAHundredthOfTheFramesIsNeverMisread() throws Exception {
    exchange(5_000, 100);
  }

  @Test
  @Tag("nightly")
  void noneOfAHundredThousandExchangesIsMisread() throws Exception {
    exchange(100_000, 2_000);
  }

  private void exchange(int count, int hitsAtLeast) throws Exception {
    var damage = new Damage(random, 0.01, Damage.Kind.ONE_BYTE);
    var chip = chip(damage);
    var ends = new EnumMap<FaultCode, Integer>(FaultCode.class);
    int succeeded = 0;
    for (int i = 0; i < count; i++) {
      changeField();
      try {
        assertThat(uids(chip.listCards())).as("exchange %d, seed %d", i, SEED).isEqualTo(uidsInField());
        chip.releaseCards();
        succeeded++;
      } catch (DeviceFaultException e) {
        assertThat(CLEAR).as("exchange %d, seed %d: %s", i, SEED, e.getMessage()).contains(e.fault().code());
        ends.merge(e.fault().code(), 1, Integer::sum);
        start(chip);
      }
    }

    System.out.printf("corruption: %d exchanges, %d frames damaged, %d succeeded, ended in %s, 0 misread%n",
        count,
        damage.hits(), succeeded, ends);
    assertThat(damage.hits()).isGreaterThan(hitsAtLeast);
    assertThat(succeeded).isGreaterThan(count * 99 / 100);
  }

  @Test
  void damageOfSeveralBytesPassesTheSumsAsOftenAsTheoryLetsIt() {
    undetected(100_000);
  }

  @Test
  @Tag("nightly")
  void damageOfSeveralBytesInFourMillionFrames() {
    undetected(4_000_000);
  }

  private void undetected(int frames) {
    var damage = new Damage(random, 1, Damage.Kind.SEVERAL_BYTES);
    int passed = 0;
    for (int i = 0; i < frames; i++) {
      var data = HexFormat.of().parseHex("4B0101004408070400000000" + "0000");
      random.nextBytes(data);
      var frame = Pn532Frames.information(Pn532Frames.FROM_CHIP, data);
      passed += isMisread(data, damage.several(frame, 6, frame.length - 1)) ? 1 : 0;
    }

    double share = (double) passed / frames;
    System.out.printf(
        "corruption: of %d frames with two to six changed bytes %d passed, %.3f %%; theory %.3f %%%n",
        frames, passed, 100 * share, 100 * THEORY);
    assertThat(share).isBetween(THEORY / 2, 2 * THEORY);
  }

  private static boolean isMisread(byte[] sent, byte[] received) {
    var decoder = new Pn532FrameDecoder();
    decoder.requirePostamble(true);
    return Stream.concat(decoder.feed(received).stream(), decoder.abandon().stream())
        .anyMatch(input -> input instanceof Pn532Input.Information(int _, byte[] data)
            && !Arrays.equals(data, sent));
  }

  /// Half of all lists damaged in the identity alone, where nothing but the check sum looks: what passes it is another
  /// UID each time, so it is never read twice alike.
  @Test
  void whatPassesTheSumsNeverBecomesASale() throws Exception {
    presented(40_000);
  }

  @Test
  @Tag("nightly")
  void whatPassesTheSumsInAMillionLooksNeverBecomesASale() throws Exception {
    presented(1_000_000);
  }

  private void presented(int turns) throws Exception {
    var events = new ArrayList<ReaderEvent>();
    var misread = new Misreads();
    var polling = new Pn532Polling(new SerialWire(wire(misread)), clock, Pn532Settings.defaults(),
        Optional.empty(), events::add);
    long sales = 0;
    for (int turn = 0; turn < turns; turn++) {
      if (turn % CARD_EVERY_TURNS == 0) {
        field.put(card());
        misread.expect(field.present().getFirst().uid());
      } else if (turn % CARD_EVERY_TURNS == CARD_EVERY_TURNS / 2) {
        field.clear();
      }
      polling.turn();
      for (var event : events) {
        if (event instanceof ReaderEvent.CardPresented(var card, var _)) {
          assertThat(card.uid()).as("turn %d, seed %d", turn, SEED).isIn(misread.ofTheLastTwo());
          sales++;
        }
      }
      events.clear();
    }

    System.out.printf("corruption: %d looks, %d lists damaged, %d with an identity nobody has passed the sum,"
        + " %d cards presented, all of them there%n", turns, misread.damaged, misread.count, sales);
    assertThat(misread.count).as("lists that passed the sum").isPositive();
    assertThat(sales).isPositive();
  }

  /// Counts the lists that a driver without a second reading would have believed.
  private static final class Misreads {

    private List<byte[]> cards = List.of();
    private int damaged;
    private int count;

    void expect(byte[] uid) {
      cards = cards.isEmpty() ? List.of(uid) : List.of(cards.getLast(), uid);
    }

    List<byte[]> ofTheLastTwo() {
      return cards;
    }

    void sees(byte[] frame) {
      var decoder = new Pn532FrameDecoder();
      decoder.requirePostamble(true);
      for (var input : decoder.feed(frame)) {
        if (input instanceof Pn532Input.Information(int direction, byte[] data)
            && direction == Pn532Frames.FROM_CHIP && data[0] == 0x4B) {
          count += Pn532Targets.parse(data).filter(list -> list.stream().anyMatch(this::isStrange))
              .isPresent()
                  ? 1
                  : 0;
        }
      }
    }

    private boolean isStrange(CardIdentity card) {
      return cards.stream().noneMatch(uid -> Arrays.equals(uid, card.uid()));
    }

  }

  private void changeField() {
    if (random.nextInt(4) == 0) {
      field.clear();
    }
    if (random.nextInt(3) == 0 && field.present().size() < 2) {
      field.put(card());
    }
  }

  /// Most begin with 04, the maker's number of NXP, which is also the length of a short identity.
  private Card card() {
    var kinds = List.of("classic1k:04%06X", "classic4k:%08X", "ntag:04%06X%06X", "desfire:04%06X%06X");
    var kind = kinds.get(random.nextInt(kinds.size()));
    return CardSpec.parse(String.format(kind, random.nextInt(0x1000000), random.nextInt(0x1000000)));
  }

  private List<String> uidsInField() {
    return field.present().stream().map(card -> HexFormat.of().formatHex(card.uid())).toList();
  }

  private static List<String> uids(List<CardIdentity> cards) {
    return cards.stream().map(card -> HexFormat.of().formatHex(card.uid())).toList();
  }

  private VirtualWire wire(Misreads misread) {
    var damage = new Damage(random, 1, Damage.Kind.SEVERAL_BYTES);
    return new VirtualWire(field, new Pn532Faults(), clock, frame -> frame, frame -> {
      if (frame.length < SHORTEST_LIST || random.nextBoolean()) {
        return frame;
      }
      misread.damaged++;
      var arrived = damage.several(frame, IDENTITY_AT, frame.length - 2);
      misread.sees(arrived);
      return arrived;
    });
  }

  private Pn532Chip chip(Damage damage) throws Exception {
    var wire = new VirtualWire(field, new Pn532Faults(), clock, damage, damage);
    wire.open();
    var chip = new Pn532Chip(new SerialWire(wire), clock,
        Pn532Settings.defaults());
    start(chip);
    return chip;
  }

  private static void start(Pn532Chip chip) throws InterruptedException {
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        chip.start();
        return;
      } catch (DeviceFaultException e) {
        assertThat(CLEAR).contains(e.fault().code());
      }
    }
    throw new AssertionError("the chip did not start in twenty tries");
  }
}
