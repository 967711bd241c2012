package dev.counterfoil.terminal.device;

/// The stable codes of everything that can be wrong with a device, with what a person should do about it.
///
/// The names are the codes: they appear in logs, in heartbeats, on the display and in the output of
/// `counterfoil terminal doctor`, so a constant is never renamed. Order of the constants is from the wire to
/// the device; when several apply, the first one is reported.
public enum FaultCode {
  /// No library that can drive GPIO or I2C was found on the class path. Not worth a retry.
  NO_PROVIDER("put a Pi4J 4 provider plug-in for this board on the class path"),
  /// A pin or bus was refused by the operating system or the provider.
  BOARD_REFUSED("check the groups gpio, i2c and dialout of this user and that no other program holds the pin"),
  /// The GPIO chip or bus has no device file, or its device went away. Retried by the driver.
  BOARD_MISSING("switch the bus on with raspi-config, or name the GPIO chip by [board] gpio-chip"),
  /// Another program, or a driver of the kernel, holds the pin or the address on the bus. Retried by the driver.
  BOARD_BUSY("stop the other program, or take the overlay that uses this pin or address out of config.txt"),
  /// This user may not open the device file of the GPIO chip or bus. Retried by the driver.
  BOARD_FORBIDDEN("add this user to the groups gpio, i2c and spi and log in again; see WIRING on udev"),
  /// The device file does not exist. Retried by the driver: a USB adapter may come back.
  LINE_MISSING("check the cable and the name under /dev/serial/by-id"),
  /// Another process holds the serial port. Retried by the driver, as that process may end.
  PORT_BUSY("stop the other terminal or program that uses this port"),
  /// The port exists but cannot be opened, mostly for lack of rights. Retried by the driver.
  LINE_REFUSED("add this user to the group dialout, and take the serial console off the port"),
  /// The wire broke while in use: unplugged adapter or closed peer. Retried by the driver.
  LINE_LOST("check the USB cable; the driver re-opens the port by itself"),
  /// Nothing answers on an open line. Retried by the driver with its recovery ladder.
  READER_SILENT("check power, the data wires and the interface switches of the reader"),
  /// Bytes arrive, but none form a frame of the expected protocol. Retried by the driver.
  READER_GARBLED("check baud rate and ground wire, and that nothing else is connected to this port"),
  /// The reader answers at another speed than the configured one. It is used at that speed.
  READER_WRONG_SPEED("set reader.baud to the speed named here, or cut the reader's power if another program changed it"),
  /// The reader talks but refuses a command it must know. Retried by the driver.
  READER_REFUSED("check that this is a PN532 with firmware 1.6 or newer"),
  /// No PC/SC service: pcscd is not installed or not running. Retried by the driver.
  PCSC_ABSENT("install pcscd and start it: systemctl enable --now pcscd.socket"),
  /// The service does not know the reader of the configuration. Retried by the driver: it may be plugged in again.
  PCSC_READER_MISSING("check its cable and [reader] pcsc: a part of its name, or its number"),
  /// The service or another program does not let us have the reader. Retried by the driver.
  PCSC_REFUSED("stop the other program that uses this reader, and let this user use pcscd (polkit)"),
  /// A card's number came with a wrong parity, or bits or digits too many or too few. The card is presented again.
  CARD_MISREAD("present the card again; if it happens often, check ground, shield and length of the reader's cable"),
  /// The display did not acknowledge its address on the bus. Retried by the driver.
  DISPLAY_SILENT("check SDA, SCL, power and the address jumpers of the display"),
  /// A display of pixels has no glyphs for some of its texts and shows them in English capitals.
  FONT_MISSING("apt-get install unifont, or copy a file made by terminal font into the data folder"),
  /// The printer has no paper. Retried by the driver.
  PAPER_OUT("put a new roll into the printer, then press A and B for what was not printed"),
  /// The printer's cover is open. Retried by the driver.
  COVER_OPEN("close the printer's cover"),
  /// The printer says that it is off line for another reason. Retried by the driver.
  PRINTER_OFFLINE("look at the printer: paper jam, hot head, or its feed button held down"),
  /// The printer does not answer. Retried by the driver.
  PRINTER_SILENT("check the printer's power, cable and baud rate"),
  /// The printer answers, but not as an ESC/POS printer does. Retried by the driver.
  PRINTER_GARBLED("check the printer's baud rate, and that it speaks ESC/POS"),
  /// A word that is to be said was not recorded; what needs it is not said at all.
  SOUND_MISSING("record the missing words as WAV files into the folder of speech"),
  /// A keypad line has an impossible level, for example a key held down for minutes.
  KEYPAD_STUCK("check for a jammed key or a short between a row and a column wire"),
  /// A serial keypad sends only what belongs to no key. Retried by the driver.
  KEYPAD_GARBLED("check the baud rate of the keypad and what its keys send"),
  /// A scanner answers no command. Retried by the driver.
  SCANNER_SILENT("check power and wires of the scanner, and that it is set to its serial interface"),
  /// A scanner's line carries bytes that are no answer. Retried by the driver.
  SCANNER_GARBLED("check family and baud rate of the scanner in terminal.toml"),
  /// A scanner does not keep or take a setting that it must have. Retried by the driver.
  SCANNER_REFUSED("check the family of the scanner in terminal.toml, and its firmware"),
  /// A scale gives no reply, or never ends a conversion. Retried by the driver.
  SCALE_SILENT("check power and wires of the scale, its address and its baud rate"),
  /// A scale's line carries bytes that are no reply. Retried by the driver.
  SCALE_GARBLED("check baud rate and ground wire of the scale, and that the line has one master"),
  /// A scale answers and refuses what it is asked for, or cannot calibrate itself. Retried by the driver.
  SCALE_REFUSED("check the registers of the scale in terminal.toml, or the wires of its load cell"),
  /// The machine's watchdog has no device file. Tried again; sales go on.
  WATCHDOG_MISSING("load the driver of the machine's watchdog (Raspberry Pi: dtparam=watchdog=on) and check [watchdog] device"),
  /// The watchdog is held by another program, may not be opened, or does not take the time that is set. Tried again; sales go on.
  WATCHDOG_REFUSED("take RuntimeWatchdogSec out of /etc/systemd/system.conf, let this user open the file, check [watchdog] timeout-seconds");

  private final String hint;

  FaultCode(String hint) {
    this.hint = hint;
  }

  /// One line in plain English telling an installer what to check first.
  public String hint() {
    return hint;
  }
}
