package dev.counterfoil.terminal.driver.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.counterfoil.sim.device.scale.LoadCell;
import dev.counterfoil.sim.device.scale.ModbusScaleModel;
import dev.counterfoil.sim.device.scale.Nau7802Chip;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.device.Weight.State;
import dev.counterfoil.terminal.driver.scale.Weigher.Sample;
import dev.counterfoil.terminal.driver.upkeep.Upkeep;
import dev.counterfoil.terminal.line.FakeClock;
import dev.counterfoil.terminal.line.ModelLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Rule, drivers and the models written from the documents alone, on virtual time.
class ScaleTest {

  private static final WeighingRule RULE = new WeighingRule(5, 2, 15_000);
  private static final ModbusScaleSettings MODBUS = new ModbusScaleSettings(9_600, 1, 4, 0, 2, 1_000, 2, 1,
      2);
  /// Held, or the level set on it would be forgotten with the logger.
  private static final Logger UPKEEP_LOG = Logger.getLogger(Upkeep.class.getName());

  private final FakeClock clock = new FakeClock();
  private final LoadCell cell = new LoadCell(new Random(3));
  private final List<ScaleEvent> events = new ArrayList<>();

  @BeforeAll
  static void keepTheLogShort() {
    UPKEEP_LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    UPKEEP_LOG.setLevel(null);
  }

  /// The request that every Modbus tutorial shows, and one reply of a scale checked with another program.
  @Test
  void framesAreThoseOfTheModbusDocuments() {
    assertThat(hex(ModbusFrames.request(1, 3, 0, 10))).isEqualTo("01030000000AC5CD");
    assertThat(ModbusFrames.reply(HexFormat.of().parseHex("010402FFFFB880"), 1, 4, 1))
        .isInstanceOfSatisfying(ModbusFrames.Reply.Registers.class,
            reply -> assertThat(reply.words()).containsExactly(0xFFFF));
    assertThat(ModbusFrames.reply(HexFormat.of().parseHex("018302C0F1"), 1, 3, 1))
        .isEqualTo(new ModbusFrames.Reply.Refused(2));
  }

  @Test
  void aReplyOfAnotherUnitFunctionOrLengthIsNone() {
    byte[] good = HexFormat.of().parseHex("010402FFFFB880");
    assertThat(ModbusFrames.reply(good, 2, 4, 1)).isEqualTo(new ModbusFrames.Reply.Unusable());
    assertThat(ModbusFrames.reply(good, 1, 3, 1)).isEqualTo(new ModbusFrames.Reply.Unusable());
    assertThat(ModbusFrames.reply(good, 1, 4, 2)).isEqualTo(new ModbusFrames.Reply.Unusable());
    assertThat(ModbusFrames.reply(Arrays.copyOf(good, 8), 1, 4, 1))
        .isEqualTo(new ModbusFrames.Reply.Unusable());
  }

  @Test
  void aWeightIsStillAfterNSamplesWithinReachAndNotBefore() {
    var weigher = new Weigher(RULE);
    long[] grams = {350, 351, 350, 352};
    for (long each : grams) {
      assertThat(weigher.weigh(sample(each)).state()).isEqualTo(State.MOVING);
    }
    assertThat(weigher.weigh(sample(351))).isEqualTo(new Weight(351, State.STABLE));
    assertThat(weigher.weigh(sample(354)).state()).isEqualTo(State.MOVING);
    assertThat(weigher.weigh(new Sample(351, false, false)).state()).as("the flag begins it anew")
        .isEqualTo(State.MOVING);
    for (int i = 0; i < 4; i++) {
      assertThat(weigher.weigh(sample(351)).state()).isEqualTo(State.MOVING);
    }
    assertThat(weigher.weigh(sample(351)).state()).isEqualTo(State.STABLE);
  }

  @Test
  void tareOverloadAndBelowNoughtAreTold() {
    var weigher = new Weigher(RULE);
    weigher.tare();
    Weight last = new Weight(0, State.MOVING);
    for (int i = 0; i < 5; i++) {
      last = weigher.weigh(sample(120));
    }
    assertThat(last).isEqualTo(new Weight(0, State.STABLE));
    for (int i = 0; i < 5; i++) {
      last = weigher.weigh(sample(470));
    }
    assertThat(last).isEqualTo(new Weight(350, State.STABLE));
    for (int i = 0; i < 5; i++) {
      last = weigher.weigh(sample(0));
    }
    assertThat(last).isEqualTo(new Weight(-120, State.NEGATIVE));
    assertThat(weigher.weigh(sample(15_001)).state()).isEqualTo(State.OVERLOADED);
    assertThat(weigher.weigh(new Sample(3, true, true)).state()).isEqualTo(State.OVERLOADED);
  }

  @Test
  void aModbusScaleIsStillOnlyWhenItLiesStillWhateverItsFlagSays() throws InterruptedException {
    var model = new ModbusScaleModel(1, cell);
    model.saysAlwaysStill(true);
    var line = line(model, 1);
    var upkeep = modbus(line, MODBUS);
    turns(upkeep, 8);
    assertThat(last()).isEqualTo(new Weight(0, State.STABLE));

    cell.put(1_250, clock.millis() * 1_000);
    turns(upkeep, 3);
    assertThat(last().state()).isEqualTo(State.MOVING);
    turns(upkeep, 60);
    assertThat(last()).isEqualTo(new Weight(1_250, State.STABLE));

    cell.noise(4);
    turns(upkeep, 8);
    assertThat(last().state()).isEqualTo(State.MOVING);
    cell.noise(0);
    cell.put(16_000, clock.millis() * 1_000);
    turns(upkeep, 60);
    assertThat(last().state()).isEqualTo(State.OVERLOADED);
    cell.put(-700, clock.millis() * 1_000);
    turns(upkeep, 60);
    assertThat(last()).isEqualTo(new Weight(-700, State.NEGATIVE));
  }

  @Test
  void whatIsWrongWithAModbusScaleHasItsCodeAndEndsByItself() throws InterruptedException {
    var model = new ModbusScaleModel(1, cell);
    var line = line(model, 1);
    var upkeep = modbus(line, MODBUS);
    turns(upkeep, 2);
    line.unplugged(true);
    turns(upkeep, 2);
    line.unplugged(false);
    turns(upkeep, 2);
    assertThat(faults()).containsExactly(FaultCode.LINE_LOST, FaultCode.LINE_MISSING);
    assertThat(events.getLast()).isInstanceOf(ScaleEvent.Weighed.class);

    events.clear();
    turns(modbus(line(model, 2), new ModbusScaleSettings(9_600, 7, 4, 0, 2, 1_000, 2, 1, 2)), 1);
    turns(modbus(line(model, 3), new ModbusScaleSettings(9_600, 1, 4, 9, 2, 1_000, 2, 1, 2)), 1);
    turns(modbus(new ModelLine(clock, new Random(1), (_, _) -> new byte[] {1, 4, 9}), MODBUS), 1);
    assertThat(faults()).containsExactly(FaultCode.SCALE_SILENT, FaultCode.SCALE_REFUSED,
        FaultCode.SCALE_GARBLED);
  }

  @Test
  void aNau7802IsPoweredCalibratedAndRead() throws InterruptedException {
    var chip = new Nau7802Chip(cell, 84_000, 420);
    var board = new ModelBoard(chip, clock);
    var upkeep = nau7802(board, new Nau7802Settings(1, 84_000, 420_000));
    turns(upkeep, 8);
    assertThat(last()).isEqualTo(new Weight(0, State.STABLE));

    cell.put(500, clock.millis() * 1_000);
    turns(upkeep, 60);
    assertThat(last()).isEqualTo(new Weight(500, State.STABLE));

    cell.put(40_000, clock.millis() * 1_000);
    turns(upkeep, 60);
    assertThat(last().state()).as("saturated").isEqualTo(State.OVERLOADED);
  }

  @Test
  void aNau7802ThatLosesPowerBusOrCellIsTold() throws InterruptedException {
    var chip = new Nau7802Chip(cell, 84_000, 420);
    var board = new ModelBoard(chip, clock);
    var upkeep = nau7802(board, new Nau7802Settings(1, 84_000, 420_000));
    turns(upkeep, 3);

    chip.powerCycle();
    turns(upkeep, 3);
    board.unacknowledged(1);
    turns(upkeep, 3);
    chip.noCell(true);
    board.unacknowledged(1);
    turns(upkeep, 3);
    chip.noCell(false);
    turns(upkeep, 3);

    assertThat(faults()).containsExactly(FaultCode.SCALE_SILENT, FaultCode.BOARD_REFUSED,
        FaultCode.BOARD_REFUSED, FaultCode.SCALE_REFUSED);
    assertThat(events.getLast()).isInstanceOf(ScaleEvent.Weighed.class);
    assertThat(board.closed).isTrue();
  }

  @Test
  void aDamagedLineNeverGivesAWeightThatIsNotThere() {
    exchanges(5_000, 21);
  }

  /// The figures of docs/reliability.md.
  @Test
  @Tag("nightly")
  void aHundredThousandExchangesWithOneByteInAHundredDamaged() {
    System.out.println(exchanges(100_000, 22));
  }

  /// Reads of the weight over a line on which 1 % of the bytes are turned, and 0.1 % lost, doubled or led by a foreign one.
  private String exchanges(int count, long seed) {
    var random = new Random(seed);
    int right = 0;
    int faults = 0;
    for (int i = 0; i < count; i++) {
      int grams = random.nextInt(30_000) - 15_000;
      cell.put(grams, clock.millis() * 1_000);
      clock.advance(10_000);
      var model = new ModbusScaleModel(1, cell);
      var line = new ModelLine(clock, random, model::hear).damage(0.01, 0.001);
      try {
        line.open();
        int[] words = new ModbusMaster(line, clock, 1, 9_600).read(4, 0, 2);
        assertThat(words[0] << 16 | words[1]).as("seed %d exchange %d", seed, i).isEqualTo(grams);
        right++;
      } catch (DeviceFaultException e) {
        // A request whose function or register was turned may be refused in good order.
        assertThat(e.fault().code()).isIn(FaultCode.SCALE_SILENT, FaultCode.SCALE_GARBLED);
        faults++;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(right).isGreaterThan(count * 9 / 10);
    return "Modbus: " + count + " exchanges, " + right + " right, " + faults + " faults, 0 misread";
  }

  private static Sample sample(long grams) {
    return new Sample(grams, true, false);
  }

  private ModelLine line(ModbusScaleModel model, long seed) {
    return new ModelLine(clock, new Random(seed), model::hear);
  }

  private Upkeep modbus(ModelLine line, ModbusScaleSettings settings) {
    return new Upkeep(ScaleWork.modbus(line, settings, RULE, clock, events::add), clock,
        Upkeep.Listener.telling(events::add, ScaleEvent.ScaleFault::new,
            new ScaleEvent.ScaleRecovered()));
  }

  private Upkeep nau7802(ModelBoard board, Nau7802Settings settings) {
    return new Upkeep(ScaleWork.nau7802(() -> board, settings, RULE, clock, events::add), clock,
        Upkeep.Listener.telling(events::add, ScaleEvent.ScaleFault::new,
            new ScaleEvent.ScaleRecovered()));
  }

  private static void turns(Upkeep upkeep, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      upkeep.turn();
    }
  }

  private Weight last() {
    return events.stream().filter(ScaleEvent.Weighed.class::isInstance).map(ScaleEvent.Weighed.class::cast)
        .toList().getLast().weight();
  }

  private List<FaultCode> faults() {
    return events.stream().filter(ScaleEvent.ScaleFault.class::isInstance)
        .map(ScaleEvent.ScaleFault.class::cast)
        .map(event -> event.fault().code()).toList();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
