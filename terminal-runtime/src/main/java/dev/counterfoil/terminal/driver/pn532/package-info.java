/// The PN532 contactless reader on any of its three interfaces: serial ("high speed UART"), I2C and SPI.
///
/// In layers, each testable without the one below: the wire, which is all that differs between the interfaces
/// ([dev.counterfoil.terminal.driver.pn532.Pn532Wire]), frames ([dev.counterfoil.terminal.driver.pn532.Pn532FrameDecoder]),
/// one command with its acknowledge, reply and repetitions ([dev.counterfoil.terminal.driver.pn532.Pn532Exchange],
/// pure), the commands ([dev.counterfoil.terminal.driver.pn532.Pn532Chip]), what the field holds
/// ([dev.counterfoil.terminal.driver.pn532.CardPresence], pure), what to do when the chip fails
/// ([dev.counterfoil.terminal.driver.pn532.RecoveryLadder], pure), and the thread that joins them
/// ([dev.counterfoil.terminal.driver.pn532.Pn532CardReader]).
///
/// Source of all bytes and times: NXP UM0701-02 "PN532 User Manual", unless said otherwise.
@NullMarked
package dev.counterfoil.terminal.driver.pn532;

import org.jspecify.annotations.NullMarked;
