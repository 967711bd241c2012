package dev.counterfoil.terminal.app;

import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.terminal.driver.pn532.Pn532Place;
import dev.counterfoil.terminal.driver.proof.FileOfCard;
import dev.counterfoil.terminal.driver.proof.IdentityRule;
import dev.counterfoil.terminal.driver.proof.SectorOfCard;
import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.input.InputSetup;
import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.sale.CounterRules;
import dev.counterfoil.terminal.sale.SaleMode;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.util.List;
import java.util.Optional;

/// Everything an installer may set about one terminal (`terminal.toml`), with defaults that fit the wiring of
/// `docs/WIRING.md`. [TerminalConfigFile] reads it.
///
/// @param gpioChip label, name or device file of the GPIO chip with the header's pins, or `auto`
/// @param afterGapPercent share of the offline allowance that holds after a GAP until the server knows of it, 0 to 100
public record TerminalConfig(Server server, Terminal terminal, Journal journal, Optional<Reader> reader, Card card,
    Optional<DisplayWiring> display, Optional<DisplayWiring> customerDisplay, Optional<Keypad> keypad,
    Optional<Lamps> lamps, Optional<Printer> printer,
    Optional<Till> till,
    Optional<Speech> speech,
    OfflineCaps ownCaps, int afterGapPercent, Rtc rtc, InputSetup inputs, String gpioChip,
    Optional<Watchdog> watchdog) {

  /// Whether the board has a clock that runs on while it is off (`clock.rtc`).
  public enum Rtc {
    /// Looked for at every start.
    AUTO,
    YES,
    NO
  }

  /// @param host empty: as told at enrolment
  /// @param port 1-65535; 0: as told at enrolment
  /// @param longestRetryMillis cap of the back-off between two tries to reach the server
  public record Server(String host, int port, long longestRetryMillis) {}

  /// @param name       what the installer calls it; empty: as told at enrolment
  /// @param maxAmountMinor dearest purchase, minor units
  /// @param cashKey    key `C` records a basket as paid in cash
  /// @param meals      meal periods and this machine's discount
  /// @param font       file of glyphs; empty: where they are usually found
  public record Terminal(String name, Language language, SaleMode mode, long maxAmountMinor,
      boolean cashKey, MealPlan meals, String font, CounterRules counter) {}

  /// @param path     the database, below the data folder unless absolute
  /// @param mirror   the second copy, best on another medium; empty: none
  /// @param capacity records, 1,000 or more
  /// @param referenceRecords newest records in which a till's repeated reference is recognised
  public record Journal(String path, String mirror, long capacity, int referenceRecords) {}

  /// @param place    which of its interfaces the PN532 is connected by, and where
  /// @param resetPin BCM number of the pin at its reset input or its supply's relay; none: not wired
  /// @param pcsc     a part of the name of a PC/SC reader, or its number, in place of a PN532; empty: a PN532
  public record Reader(Pn532Place place, Optional<Integer> resetPin, String pcsc) {

    /// A PN532.
    public Reader(Pn532Place place, Optional<Integer> resetPin) {
      this(place, resetPin, "");
    }
  }

  /// How a card must show who it is.
  ///
  /// @param proof       the rule
  /// @param keyFile     keys of the cards, below the data folder unless absolute
  /// @param diversified whether each card has keys of its own, made of those in the file
  /// @param identity    what a proven card is called
  /// @param file        where its number stands on a DESFire card
  /// @param sector      where it stands on a MIFARE Classic card
  public record Card(Proof proof, String keyFile, boolean diversified, IdentityRule identity, FileOfCard file,
      SectorOfCard sector) {}

  /// Rules of [Card], from weak to strong.
  public enum Proof {
    UID, SECTOR, SUN, DESFIRE_EV1, DESFIRE_EV2
  }

  /// @param rows    BCM numbers of the four row wires
  /// @param columns BCM numbers of the four column wires
  public record Keypad(List<Integer> rows, List<Integer> columns) {}

  /// @param green  BCM number
  /// @param red    BCM number
  /// @param buzzer BCM number
  public record Lamps(int green, int red, int buzzer) {}

  /// @param folder of recorded words
  public record Speech(String folder) {}

  /// @param port      serial device; empty where the printer is a device file
  /// @param baud      bits per second
  /// @param file      device file that takes bytes and gives none; empty where the printer is on a port
  /// @param columns   of the paper
  /// @param automatic a receipt for every sale; otherwise only when keys `A` `B` ask
  /// @param stops     nothing is sold while the printer cannot print
  public record Printer(String port, int baud, String file, int columns, boolean automatic, boolean stops, boolean qr,
      boolean cut, boolean drawer) {

    /// What an installer knows it by.
    public String where() {
      return port.isEmpty() ? file : port;
    }
  }

  /// The machine's watchdog.
  ///
  /// @param device         its file
  /// @param timeoutSeconds after how long without a sign of life the machine starts anew
  public record Watchdog(String device, int timeoutSeconds) {}

  /// @param socket Unix socket for a till or vending controller, below the data folder unless absolute
  public record Till(String socket) {}
}
