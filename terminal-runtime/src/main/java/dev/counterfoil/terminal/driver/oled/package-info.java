/// Graphic displays of 128 x 64 pixels on I2C: SSD1306 and SH1106.
@NullMarked
package dev.counterfoil.terminal.driver.oled;

import org.jspecify.annotations.NullMarked;
