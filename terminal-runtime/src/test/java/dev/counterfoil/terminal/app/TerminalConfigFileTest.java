package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.meal.MealPlan;
import dev.counterfoil.terminal.meal.ClassPrice;
import dev.counterfoil.terminal.meal.MealPeriod;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.counterfoil.protocol.policy.OfflineCaps;
import dev.counterfoil.terminal.app.ConfigException.Code;
import dev.counterfoil.terminal.device.DisplayGeometry;
import dev.counterfoil.terminal.device.SectorKey;
import dev.counterfoil.terminal.driver.proof.FileOfCard;
import dev.counterfoil.terminal.driver.proof.IdentityRule;
import dev.counterfoil.terminal.driver.proof.SectorOfCard;
import dev.counterfoil.terminal.driver.keypad.SerialKeypadSettings;
import dev.counterfoil.terminal.driver.oled.OledChip;
import dev.counterfoil.terminal.driver.pn532.Pn532Place;
import dev.counterfoil.terminal.driver.scale.Nau7802Settings;
import dev.counterfoil.terminal.driver.scale.WeighingRule;
import dev.counterfoil.terminal.driver.scanner.ScannerSettings;
import dev.counterfoil.terminal.driver.screen.DisplayWiring;
import dev.counterfoil.terminal.driver.wedge.WedgeSettings;
import dev.counterfoil.terminal.driver.wiegand.WiegandSettings;
import dev.counterfoil.terminal.input.InputSetup;
import dev.counterfoil.terminal.sale.SaleLine;
import dev.counterfoil.terminal.sale.SaleMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalConfigFileTest {

  private static final Path FILE = Path.of("terminal.toml");

  @Test
  void anEmptyFileGivesTheWiringOfTheManual() throws ConfigException {
    var config = TerminalConfigFile.parse(FILE, "");

    assertThat(config.keypad()).contains(
        new TerminalConfig.Keypad(List.of(5, 6, 13, 19), List.of(12, 16, 20, 21)));
    assertThat(config.lamps()).contains(new TerminalConfig.Lamps(17, 27, 22));
    assertThat(config.display()).contains(new DisplayWiring.Characters(1, 0x27, DisplayGeometry.LCD_16X2));
    assertThat(config.reader()).contains(
        new TerminalConfig.Reader(new Pn532Place.Serial("/dev/ttyAMA0", 115_200), Optional.empty()));
    assertThat(config.terminal().mode()).isEqualTo(new SaleMode.Keyed());
    assertThat(config.ownCaps()).isEqualTo(OfflineCaps.UNLIMITED);
    assertThat(config).isEqualTo(TerminalConfigFile.defaults());
  }

  @Test
  void mealsAreReadAndMayNotOverlap() throws ConfigException {
    String lunch = """
        [terminal]
        discount-percent = 5
        [[terminal.meals]]
        name = "lunch"
        from = "11:00"
        until = "13:30"
        prices = ["8.00", "10.00"]
        most-taps = 2
        per-tap = "30.00"
        per-meal = "50.00"
        """;
    assertThat(TerminalConfigFile.parse(FILE, lunch).terminal().meals()).isEqualTo(new MealPlan(
        List.of(new MealPeriod("lunch", 660, 810, List.of(800L, 1_000L), 2, 3_000, 5_000)), 50));
    refused(lunch + "[[terminal.meals]]\nfrom = \"13:29\"\nuntil = \"24:00\"\n", Code.CONFIG_CONFLICT,
        "terminal.meals[1].from lies in another period");
    refused(lunch + "[[terminal.meals]]\nfrom = \"22:00\"\nuntil = \"02:00\"\n", Code.CONFIG_CONFLICT,
        "midnight");
    refused(lunch + "[[terminal.meals]]\nfrom = \"24:01\"\nuntil = \"24:00\"\n", Code.CONFIG_NOT_ALLOWED,
        "11:30");
    refused(lunch + "[[terminal.meals]]\nfrom = \"14:00\"\n", Code.CONFIG_MISSING, "terminal.meals[1].until");
    refused(lunch.replace("\"8.00\"", "8"), Code.CONFIG_WRONG_TYPE, "amounts in quotes");
    refused(lunch.replace("\"8.00\"", "\"0.00\""), Code.CONFIG_NOT_ALLOWED,
        "found 0.00, allowed are 0.01 to");
    refused(lunch.replace("= 2", "= 100"), Code.CONFIG_NOT_ALLOWED, "0 to 99");
    var six = new StringBuilder("[terminal]\n");
    for (int hour = 10; hour < 16; hour++) {
      six.append("[[terminal.meals]]\nfrom = \"").append(hour).append(":00\"\nuntil = \"").append(hour)
          .append(":59\"\n");
    }
    refused(six.toString(), Code.CONFIG_NOT_ALLOWED, "terminal.meals[5].from is the sixth");
  }

  @Test
  void goodsAreWeighedWhereThereIsAScale() throws ConfigException {
    String weighed = """
        [terminal]
        mode = "weighed"
        min-weight-g = 50
        [[terminal.products]]
        code = "11"
        name = "beef"
        price = "68.00"
        """;

    assertThat(TerminalConfigFile.parse(FILE, weighed + "[scale]\nenabled = true\nport = \"/dev/s\"\n")
        .terminal().mode())
        .isEqualTo(new SaleMode.Weighed(List.of(new SaleLine("11", "beef", 6_800, 1)), 50));
    refused(weighed, Code.CONFIG_CONFLICT, "needs a [scale]");
    refused("[terminal]\nmode = \"weighed\"\n", Code.CONFIG_MISSING, "products");
  }

  @Test
  void usesAreCountedOrTimed() throws ConfigException {
    assertThat(TerminalConfigFile.parse(FILE, "[terminal]\nmode = \"counted\"\nmost-a-day = 3\n").terminal()
        .mode()).isEqualTo(new SaleMode.Counted(new SaleLine("", "", 0, 1), 3));
    String timed = "[terminal]\nmode = \"timed\"\nprice = \"4.00\"\nunit-minutes = 30\nmost-price = \"15.00\"\n";
    assertThat(TerminalConfigFile.parse(FILE, timed).terminal().mode())
        .isEqualTo(new SaleMode.Timed(new SaleLine("", "", 400, 1), 1_800_000, 1_500));
    refused(timed.replace("most-price = \"15.00\"", ""), Code.CONFIG_MISSING, "most-price");
    refused(timed + "cash-key = true\n", Code.CONFIG_CONFLICT, "cannot have cash-key");
    refused(timed.replace("15.00", "3.99"), Code.CONFIG_CONFLICT, "less than price");
    refused("[terminal]\nmode = \"timed\"\nmost-price = \"15.00\"\n", Code.CONFIG_MISSING, "price");
  }

  @Test
  void orderedMealsNeedMealPeriodsAndCards() throws ConfigException {
    String counter = """
        [terminal]
        mode = "preorder"
        [[terminal.meals]]
        from = "11:00"
        until = "13:30"
        """;
    assertThat(TerminalConfigFile.parse(FILE, counter).terminal().mode()).isEqualTo(new SaleMode.Preorder());
    refused("[terminal]\nmode = \"preorder\"\n", Code.CONFIG_CONFLICT, "needs [[terminal.meals]]");
    refused(counter.replace("mode = \"preorder\"", "mode = \"preorder\"\ncash-key = true"),
        Code.CONFIG_CONFLICT, "cannot have cash-key");
  }

  @Test
  void classesOfCardsHavePricesOfTheirOwn() throws ConfigException {
    String classes = """
        [terminal]
        mode = "fixed"
        price = "7.00"
        [[terminal.classes]]
        class = 2
        prices = ["12.00"]
        [[terminal.meals]]
        from = "11:00"
        until = "13:30"
        [[terminal.meals.classes]]
        class = 2
        prices = ["6.00", "6.50"]
        """;

    var meals = TerminalConfigFile.parse(FILE, classes).terminal().meals();

    assertThat(meals.classes()).containsExactly(new ClassPrice(2, List.of(1_200L)));
    assertThat(meals.period(1).classes()).containsExactly(new ClassPrice(2, List.of(600L, 650L)));
    refused(classes.replace("class = 2", "class = 100"), Code.CONFIG_NOT_ALLOWED,
        "terminal.meals[0].classes[0].class found 100, allowed are 1 to 99");
    refused(classes.replace("prices = [\"12.00\"]", ""), Code.CONFIG_MISSING, "classes[0].prices");
    refused(classes + "[[terminal.meals.classes]]\nclass = 2\nprices = [\"1.00\"]\n", Code.CONFIG_CONFLICT,
        "2 stands twice");
  }

  private static void refused(String toml, Code code, String problem) {
    assertThatThrownBy(() -> TerminalConfigFile.parse(FILE, toml))
        .isInstanceOfSatisfying(ConfigException.class,
            e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(problem);
  }

  @Test
  void everyTableIsRead() throws ConfigException {
    var config = TerminalConfigFile.parse(FILE, """
        [server]
        host = "10.0.0.5"
        port = 7443
        [terminal]
        name = "Cabinet 3"
        language = "zh-CN"
        mode = "products"
        [[terminal.products]]
        code = "11"
        name = "Cola"
        price = "3.50"
        [display]
        columns = 20
        rows = 4
        [keypad]
        enabled = false
        [printer]
        port = "/dev/ttyUSB1"
        when-faulty = "stop"
        [speech]
        folder = "/var/lib/words"
        [till]
        socket = "till.sock"
        [clock]
        rtc = "no"
        [board]
        gpio-chip = "pinctrl-sun50i-h616"
        [watchdog]
        device = "/dev/watchdog"
        [reader]
        pcsc = "ACR1252"
        [card]
        proof = "desfire-ev2"
        key-file = "/etc/counterfoil/cards.keys"
        application = 0xF54321
        key-number = 2
        file = 3
        offset = 4
        length = 8
        sector = 33
        block = 14
        sector-keys = "AB"
        [offline]
        after-gap-percent = 25
        per-tap = "20.00"
        max-hours = 4
        """);

    assertThat(config.server()).isEqualTo(new TerminalConfig.Server("10.0.0.5", 7443, 60_000));
    assertThat(config.terminal().mode())
        .isEqualTo(new SaleMode.Products(List.of(new SaleLine("11", "Cola", 350, 1))));
    assertThat(config.display()).contains(new DisplayWiring.Characters(1, 0x27, DisplayGeometry.LCD_20X4));
    assertThat(config.keypad()).isEmpty();
    assertThat(config.printer())
        .contains(new TerminalConfig.Printer("/dev/ttyUSB1", 9_600, "", 32, true, true, true,
            true, false));
    assertThat(config.speech()).contains(new TerminalConfig.Speech("/var/lib/words"));
    assertThat(config.till()).contains(new TerminalConfig.Till("till.sock"));
    assertThat(config.afterGapPercent()).isEqualTo(25);
    assertThat(config.reader().map(TerminalConfig.Reader::pcsc)).contains("ACR1252");
    assertThat(config.card()).isEqualTo(new TerminalConfig.Card(TerminalConfig.Proof.DESFIRE_EV2,
        "/etc/counterfoil/cards.keys", true, IdentityRule.FILE, new FileOfCard(0xF54321, 2, 3, 4, 8),
        new SectorOfCard(33, 14, 4, 8, List.of(SectorKey.Letter.A, SectorKey.Letter.B))));
    assertThat(config.rtc()).isEqualTo(TerminalConfig.Rtc.NO);
    assertThat(config.gpioChip()).isEqualTo("pinctrl-sun50i-h616");
    assertThat(config.watchdog()).contains(new TerminalConfig.Watchdog("/dev/watchdog", 15));
    assertThat(config.ownCaps().perTapMinor()).isEqualTo(2_000);
    assertThat(config.ownCaps().maxElapsedMillis()).isEqualTo(4 * 3_600_000L);
    assertThat(config.ownCaps().maxCount()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void furtherInputsAreThereOnceEnabled() throws ConfigException {
    var inputs = TerminalConfigFile.parse(FILE, """
        [scanner]
        enabled = true
        family = "de2120"
        port = "/dev/scanner"
        [serial-keypad]
        enabled = true
        port = "/dev/keys"
        sends = "0123456789.\\r"
        means = "0123456789*#"
        [scale]
        enabled = true
        kind = "nau7802"
        zero-counts = -120
        [wiegand]
        enabled = true
        bits = "34"
        [wedge]
        enabled = true
        device = "/dev/input/by-id/reader"
        types = "hex8"
        """).inputs();

    assertThat(inputs.scanner()).contains(new InputSetup.Scanner("/dev/scanner", 115_200,
        new ScannerSettings(ScannerSettings.Family.DE2120, ScannerSettings.Mode.CONTINUOUS, 3_000)));
    assertThat(inputs.keys()).contains(new InputSetup.SerialKeys("/dev/keys", 9_600,
        new SerialKeypadSettings("0123456789.\r", "0123456789*#", 60)));
    assertThat(inputs.scale()).contains(new InputSetup.ScaleSetup(
        new InputSetup.ScaleWires.LoadCell(new Nau7802Settings(1, -120, 420_000)),
        new WeighingRule(5, 2, 15_000)));
    assertThat(inputs.wiegand()).contains(new WiegandSettings(23, 24, 34, false, 50, 1_500));
    assertThat(inputs.wedge()).contains(new InputSetup.Wedge("/dev/input/by-id/reader",
        new WedgeSettings(WedgeSettings.Content.HEX8, 1_500)));
    assertThat(TerminalConfigFile.defaults().inputs()).isEqualTo(InputSetup.NONE);
  }

  @Test
  void aTerminalCanHaveADisplayForEachSideOfTheCounter() throws ConfigException {
    var config = TerminalConfigFile.parse(FILE, """
        [display]
        kind = "sh1106"
        upside-down = true
        [customer-display]
        kind = "ssd1306"
        address = 0x3D
        """);

    assertThat(config.display()).contains(new DisplayWiring.Pixels(OledChip.SH1106, 1, 0x3C, true));
    assertThat(config.customerDisplay()).contains(new DisplayWiring.Pixels(OledChip.SSD1306, 1, 0x3D, false));
    assertThat(TerminalConfigFile.defaults().customerDisplay()).isEmpty();
    assertThat(
        TerminalConfigFile.parse(FILE, "[customer-display]\nkind = \"cd5220\"\nport = \"/dev/ttyUSB2\"\n")
            .customerDisplay())
        .contains(new DisplayWiring.Pole("/dev/ttyUSB2", 9_600));
  }

  @Test
  void aReaderMayBeOnAnyOfItsThreeBuses() throws ConfigException {
    var i2c = TerminalConfigFile.parse(FILE, "[reader]\nbus = \"i2c\"\nreset-pin = 25");
    var spi = TerminalConfigFile.parse(FILE, "[reader]\nbus = \"spi\"\nchip-select = 1\nhertz = 500000");
    var hsu = TerminalConfigFile.parse(FILE, "[reader]\nbus = \"hsu\"\nport = \"/dev/ttyUSB0\"");

    assertThat(i2c.reader())
        .contains(new TerminalConfig.Reader(new Pn532Place.I2c(1, 0x24), Optional.of(25)));
    assertThat(spi.reader())
        .contains(new TerminalConfig.Reader(new Pn532Place.Spi(0, 1, 500_000), Optional.empty()));
    assertThat(hsu.reader()).contains(
        new TerminalConfig.Reader(new Pn532Place.Serial("/dev/ttyUSB0", 115_200), Optional.empty()));
  }

  /// Line, key and what is allowed stand in every message; `~` stands for a line end.
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      [server]~port = 70000                        | CONFIG_NOT_ALLOWED | line 2 | server.port found 70000, allowed are 0 to 65535
      [server]~~port = "7443"                      | CONFIG_WRONG_TYPE  | line 3 | server.port found 7443, allowed is a whole number
      [server]~prot = 7443                         | CONFIG_UNKNOWN_KEY | line 2 | server.prot is unknown here, allowed are host, longest-retry-seconds, port
      [servre]~port = 7443                         | CONFIG_UNKNOWN_KEY | line 1 | servre is unknown here
      [terminal]~mode = "cash"                     | CONFIG_NOT_ALLOWED | line 2 | allowed are "keyed", "fixed", "products"
      [terminal]~mode = "fixed"                    | CONFIG_MISSING     |        | terminal.price must be set
      [terminal]~mode = "fixed"~price = "8.005"    | CONFIG_WRONG_TYPE  | line 3 | at most two decimals
      [terminal]~mode = "fixed"~price = 8.00       | CONFIG_WRONG_TYPE  | line 3 | an amount in quotes
      [terminal]~mode = "products"                 | CONFIG_MISSING     |        | terminal.products must be listed
      [terminal]~[[terminal.products]]~code = "A1" | CONFIG_NOT_ALLOWED | line 3 | terminal.products[0].code found "A1"
      [keypad]~rows = [5, 6, 13]                   | CONFIG_NOT_ALLOWED | line 2 | keypad.rows allowed are 4 different numbers from 0 to 53
      [leds]~green = 5                             | CONFIG_CONFLICT    |        | BCM pin 5
      [reader]~baud = "fast"                       | CONFIG_WRONG_TYPE  | line 2 | reader.baud
      [reader]~bus = "usb"                         | CONFIG_NOT_ALLOWED | line 2 | reader.bus found "usb", allowed are "hsu", "i2c", "spi"
      [reader]~bus = "i2c"~port = "/dev/ttyS0"     | CONFIG_UNKNOWN_KEY | line 3 | reader.port is unknown here, allowed are address, bus, enabled, i2c-bus, pcsc, reset-pin
      [reader]~bus = "i2c"~address = 0x80          | CONFIG_NOT_ALLOWED | line 3 | reader.address found 128, allowed are 3 to 119
      [reader]~bus = "spi"~hertz = 10000000        | CONFIG_NOT_ALLOWED | line 3 | reader.hertz found 10000000, allowed are 10000 to 5000000
      [reader]~reset-pin = 17                      | CONFIG_CONFLICT    |        | BCM pin 17
      [offline]~per-tap = "-1.00"                  | CONFIG_NOT_ALLOWED | line 2 | offline.per-tap found -1.00
      [offline]~after-gap-percent = 101            | CONFIG_NOT_ALLOWED | line 2 | offline.after-gap-percent found 101, allowed are 0 to 100
      [watchdog]~timeout-seconds = 9               | CONFIG_NOT_ALLOWED | line 2 | 10
      [clock]~rtc = "maybe"                        | CONFIG_NOT_ALLOWED | line 2 | allowed are "auto", "yes", "no"
      [display]~kind = "lcd"                       | CONFIG_NOT_ALLOWED | line 2 | allowed are "hd44780", "ssd1306", "sh1106", "cd5220"
      [customer-display]~kind = "cd5220"           | CONFIG_MISSING     |        | customer-display.port must be set
      [display]~kind = "ssd1306"~rows = 4          | CONFIG_UNKNOWN_KEY | line 3 | display.rows is unknown here, allowed are address, bus, enabled, kind, upside-down
      [customer-display]~address = 0x27            | CONFIG_CONFLICT    | line 1 | customer-display is at 1/0x27 as the display is
      [printer]~baud = 9600                        | CONFIG_MISSING     |        | printer.port or printer.file must be set
      [printer]~port = "/a"~file = "/b"            | CONFIG_CONFLICT    | line 2 | only one of them
      [printer]~port = "/a"~columns = 8            | CONFIG_NOT_ALLOWED | line 3 | printer.columns found 8, allowed are 24 to 64
      [printer]~port = "/a"~when-faulty = "wait"   | CONFIG_NOT_ALLOWED | line 3 | allowed are "warn", "stop"
      [printer]~port = "/dev/ttyAMA0"              | CONFIG_CONFLICT    | line 1 | printer is at /dev/ttyAMA0 as the reader is
      [display]~address = 0x90                     | CONFIG_NOT_ALLOWED | line 2 | display.address found 144, allowed are 3 to 119
      [card]~proof = "pin"                         | CONFIG_NOT_ALLOWED | line 2 | allowed are "uid"
      [card]~proof = "desfire-ev1"                 | CONFIG_MISSING     |        | card.application must be set
      [card]~application = 0x1000000               | CONFIG_NOT_ALLOWED | line 2 | card.application found 16777216, allowed are 0 to 16777215
      [card]~block = 3                             | CONFIG_NOT_ALLOWED | line 2 | card.block found 3, allowed are 0 to 2
      [card]~proof = "sector"~offset = 10         | CONFIG_CONFLICT    | line 3 | card.offset and length reach beyond
      [card]~length = 11                           | CONFIG_NOT_ALLOWED | line 2 | card.length found 11, allowed are 4 to 10
      [card]~application = 1~proof = "desfire-ev2"~diversified = false~identity = "uid" | CONFIG_CONFLICT | line 5 | card.identity = "uid" needs diversified
      [scanner]~enabled = true                     | CONFIG_MISSING     |        | scanner.port must be set where enabled = true
      [scanner]~family = "gm64"                    | CONFIG_NOT_ALLOWED | line 2 | allowed are "gm65", "de2120", "plain"
      [scanner]~mode = "manual"                    | CONFIG_NOT_ALLOWED | line 2 | allowed are "continuous", "motion"
      [scanner]~repeat-ms = 100                    | CONFIG_NOT_ALLOWED | line 2 | scanner.repeat-ms found 100, allowed are 500 to 60000
      [serial-keypad]~sends = "123"                | CONFIG_NOT_ALLOWED | line 2 | sends and means must be of one length, found 3 and 16
      [serial-keypad]~means = "0123456789*#ABCX"   | CONFIG_NOT_ALLOWED |        | means may have 0123456789*#ABCD only
      [scanner]~enabled = true~port = "/dev/ttyAMA0" | CONFIG_CONFLICT  | line 1 | both on port /dev/ttyAMA0
      [scale]~enabled = true                       | CONFIG_MISSING     |        | scale.port must be set where enabled = true
      [scale]~kind = "hx711"                       | CONFIG_NOT_ALLOWED | line 2 | allowed are "modbus", "nau7802"
      [scale]~unit = 248                           | CONFIG_NOT_ALLOWED | line 2 | scale.unit found 248, allowed are 1 to 247
      [scale]~samples = 1                          | CONFIG_NOT_ALLOWED | line 2 | scale.samples found 1, allowed are 2 to 50
      [wedge]~enabled = true                       | CONFIG_MISSING     |        | wedge.device must be set where enabled = true
      [wedge]~types = "decimal9"                   | CONFIG_NOT_ALLOWED | line 2 | allowed are "decimal10", "decimal8"
      [wiegand]~bits = "37"                        | CONFIG_NOT_ALLOWED | line 2 | allowed are "26", "34"
      [wiegand]~enabled = true~d0 = 17             | CONFIG_CONFLICT    |        | BCM pin 17
      [server~port = 1                             | CONFIG_SYNTAX      | line 1 |
      """)
  void aMistakeIsToldWithCodeLineKeyAndWhatIsAllowed(String toml, Code code, String line, String text) {
    var mistake = catchThrowableOfType(ConfigException.class,
        () -> TerminalConfigFile.parse(FILE, toml.replace('~', '\n')));

    assertThat(mistake.code()).isEqualTo(code);
    assertThat(mistake).hasMessageStartingWith(code + " terminal.toml")
        .hasMessageContaining(line == null ? "" : line)
        .hasMessageContaining(text == null ? "" : text);
    assertThat(mistake.getMessage()).doesNotContain("\n");
  }

  @Test
  void aProductCodeThatStandsTwiceIsRefused() {
    var mistake = catchThrowableOfType(ConfigException.class, () -> TerminalConfigFile.parse(FILE, """
        [terminal]
        [[terminal.products]]
        code = "11"
        price = "1.00"
        [[terminal.products]]
        code = "11"
        price = "2.00"
        """));

    assertThat(mistake.code()).isEqualTo(Code.CONFIG_CONFLICT);
    assertThat(mistake).hasMessageContaining("line 6");
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path folder) {
    var mistake = catchThrowableOfType(ConfigException.class,
        () -> TerminalConfigFile.read(folder.resolve("terminal.toml")));

    assertThat(mistake.code()).isEqualTo(Code.CONFIG_UNREADABLE);
    assertThat(mistake).hasMessageContaining(folder.resolve("terminal.toml").toString());
  }
}
