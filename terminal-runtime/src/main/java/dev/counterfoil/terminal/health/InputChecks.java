package dev.counterfoil.terminal.health;

import dev.counterfoil.terminal.driver.keypad.SerialKeypadWork;
import dev.counterfoil.terminal.driver.scanner.ScannerWork;
import dev.counterfoil.terminal.driver.upkeep.Work;
import dev.counterfoil.terminal.health.Doctor.Checks;
import dev.counterfoil.terminal.input.InputSetup;
import dev.counterfoil.terminal.line.MonotonicClock;

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
