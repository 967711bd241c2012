/// Character displays with an HD44780 controller behind a PCF8574 port expander on I2C.
@NullMarked
package dev.counterfoil.terminal.driver.hd44780;

import org.jspecify.annotations.NullMarked;
