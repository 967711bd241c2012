package dev.counterfoil.terminal.health;

import dev.counterfoil.terminal.driver.keypad.SerialKeypadWork;
import dev.counterfoil.terminal.device.ScaleEvent;
import dev.counterfoil.terminal.device.Weight;
import dev.counterfoil.terminal.driver.scale.ScaleWork;
import dev.counterfoil.terminal.driver.scanner.ScannerWork;
import dev.counterfoil.terminal.driver.upkeep.Work;
import dev.counterfoil.terminal.driver.wedge.WedgeWork;
import dev.counterfoil.terminal.driver.wiegand.WiegandSettings;
import dev.counterfoil.terminal.driver.wiegand.WiegandWork;
import dev.counterfoil.terminal.health.Doctor.Checks;
import dev.counterfoil.terminal.input.InputSetup;
import dev.counterfoil.terminal.line.EvdevDevice;
import dev.counterfoil.terminal.line.MonotonicClock;
import java.util.ArrayList;
import java.util.function.Consumer;

/// The doctor's checks of further inputs: each is opened and set up just as the terminal does it.
final class InputChecks {

  private final MonotonicClock clock;
  private final Doctor.Wires wires;
  private final Checks checks;

  InputChecks(MonotonicClock clock, Doctor.Wires wires, Checks checks) {
    this.clock = clock;
    this.wires = wires;
    this.checks = checks;
  }

  void examine(InputSetup setup) throws InterruptedException {
    if (setup.scanner().isPresent()) {
      scanner(setup.scanner().get());
    }
    if (setup.keys().isPresent()) {
      keys(setup.keys().get());
    }
    if (setup.scale().isPresent()) {
      scale(setup.scale().get());
    }
    if (setup.wiegand().isPresent()) {
      wiegand(setup.wiegand().get());
    }
    if (setup.wedge().isPresent()) {
      wedge(setup.wedge().get());
    }
  }

  private void scanner(InputSetup.Scanner set) throws InterruptedException {
    var work = new ScannerWork(wires.line(set.port(), set.baud()), clock, set.settings(), _ -> {
      // The check looks at the scanner, not at what lies in front of it.
    });
    opened(work,
        set.settings().dialect().name() + " at " + set.baud() + " baud, is set up; scan a code to try it");
  }

  private void keys(InputSetup.SerialKeys set) throws InterruptedException {
    var work = new SerialKeypadWork(wires.line(set.port(), set.baud()), clock, set.settings(), _ -> {
      // Nobody presses keys for the doctor.
    });
    opened(work, "port is open at " + set.baud() + " baud; a keypad cannot be asked, press keys to try it");
  }

  private void scale(InputSetup.ScaleSetup set) throws InterruptedException {
    var weights = new ArrayList<Weight>();
    Consumer<ScaleEvent> told = event -> {
      if (event instanceof ScaleEvent.Weighed(var weight, var _)) {
        weights.add(weight);
      }
    };
    var work = switch (set.wires()) {
      case InputSetup.ScaleWires.Modbus(var port, var settings) ->
        ScaleWork.modbus(wires.line(port, settings.baud()), settings, set.rule(), clock, told);
      case InputSetup.ScaleWires.LoadCell(var settings) ->
        ScaleWork.nau7802(wires::board, settings, set.rule(), clock, told);
    };
    try {
      checks.check(work.name(), () -> {
        work.open();
        while (weights.size() <= set.rule().samples()) {
          work.turn();
        }
        return "shows " + weights.getLast().grams() + " g, " + weights.getLast().state();
      });
    } finally {
      work.close();
    }
  }

  private void wiegand(WiegandSettings set) throws InterruptedException {
    var work = new WiegandWork(wires::board, set, () -> 0, _ -> {
      // Nobody presents cards to the doctor.
    });
    opened(work, "both wires rest high; a reader cannot be asked, present a card to try it");
  }

  private void wedge(InputSetup.Wedge set) throws InterruptedException {
    var work = WedgeWork.codes(new EvdevDevice(set.device()), clock, set.settings(), _ -> {
      // Nobody scans for the doctor.
    });
    opened(work, "is ours alone; it cannot be asked, present a card or code to try it");
  }

  private void opened(Work work, String good) throws InterruptedException {
    try {
      checks.check(work.name(), () -> {
        work.open();
        return good;
      });
    } finally {
      work.close();
    }
  }
}
