package dev.counterfoil.sim.virtual;

import dev.counterfoil.sim.virtual.device.DisplayKind;
import dev.counterfoil.sim.world.net.Condition;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.util.List;

/// Something that somebody does in a virtual shop: the meaning of one line of a scenario.
public sealed interface Deed {

  /// At a terminal.
  sealed interface AtTerminal extends Deed {
    String terminal();
  }

  /// Keys one after the other, as a quick hand presses them.
  record Keys(String terminal, String keys) implements AtTerminal {}

  /// Cards are laid on the reader in one moment.
  record Present(String terminal, List<String> cards) implements AtTerminal {

    public Present {
      cards = List.copyOf(cards);
    }
  }

  /// A card is laid down and pulled away in the middle of being read.
  record Tear(String terminal, String card) implements AtTerminal {}

  record Remove(String terminal) implements AtTerminal {}

  record Network(String terminal, Condition condition) implements AtTerminal {}

  record Power(String terminal, boolean on) implements AtTerminal {}

  /// Power ends at a named point and comes back after two seconds.
  record Kill(String terminal, Point point) implements AtTerminal {}

  /// Where power ends.
  enum Point {
    /// At once.
    NOW,
    /// While the next question to the server is open.
    WHEN_ASKED,
    /// Before the next write.
    BEFORE_COMMIT,
    /// In the middle of the next write.
    MID_COMMIT,
    /// After the next sale is durable and before the program hears of it.
    AFTER_COMMIT
  }

  /// The terminal's wall clock is off by this much.
  record Clock(String terminal, long seconds) implements AtTerminal {}

  /// Its medium is full, or well again.
  record Disk(String terminal, boolean full) implements AtTerminal {}

  /// This lies on its scale from now on.
  ///
  /// @param grams    0 for nothing
  /// @param restless a hand stays on it for a few seconds
  record Weigh(String terminal, int grams, boolean restless) implements AtTerminal {}

  /// A code is held in front of its scanner.
  record Scan(String terminal, String code) implements AtTerminal {}

  /// The printer's roll is put in or taken out.
  record Paper(String terminal, boolean in) implements AtTerminal {}

  /// The printer's cover.
  record Cover(String terminal, boolean open) implements AtTerminal {}

  /// Another terminal is put up.
  record Add(String terminal, Model model) implements Deed {}

  /// What a terminal is.
  ///
  /// @param mode    how it sells
  record Model(Mode mode, DisplayKind display, Language language, Receipts printer) {}

  /// Whether a terminal has a printer.
  enum Receipts {
    NO, YES,
    /// It has one, and sells nothing while that cannot print.
    NEEDED
  }

  /// Ways of selling that a virtual terminal knows.
  enum Mode {
    KEYED, FIXED, PRODUCTS, WEIGHED, COUNTED, TIMED,
    /// Hands out what was ordered; its only meal lasts all day.
    PREORDER
  }

  record Server(ServerDeed what) implements Deed {}

  /// What happens to the server.
  enum ServerDeed {
    DOWN, UP,
    /// Its power ends before its next commit; back after three seconds.
    CRASH_BEFORE_COMMIT,
    /// Its power ends after its next commit and before it says so; back after three seconds.
    CRASH_AFTER_COMMIT
  }

  /// An operator does something to the account or card of this name.
  ///
  /// @param amountMinor of a recharge or an ordered meal, otherwise 0
  record Office(OfficeDeed what, String card, long amountMinor) implements Deed {}

  /// What an operator does.
  enum OfficeDeed {
    RECHARGE, LOST, FOUND, FREEZE, UNFREEZE,
    /// Orders a set meal for today.
    ORDER
  }
}
