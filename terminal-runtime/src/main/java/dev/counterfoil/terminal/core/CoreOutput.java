package dev.counterfoil.terminal.core;

import java.util.ArrayList;
import java.util.List;

/// Collects what one step wants done, in order.
final class CoreOutput {

  private final TerminalClock clock;
  private List<Effect> effects = new ArrayList<>();

  CoreOutput(TerminalClock clock) {
    this.clock = clock;
  }

  void add(Effect effect) {
    effects.add(effect);
  }

  void ask(JournalTask task) {
    effects.add(new Effect.Ask(new JournalRequest(task, clock.circumstances(), clock.runTime())));
  }

  void note(String event, String detail) {
    effects.add(new Effect.Note(event, detail));
  }

  void alert(String code, String detail) {
    effects.add(new Effect.Alert(code, detail));
  }

  List<Effect> take() {
    var taken = effects;
    effects = new ArrayList<>();
    return taken;
  }
}
