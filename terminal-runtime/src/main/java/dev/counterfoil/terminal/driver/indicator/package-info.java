/// Two lamps and a buzzer on GPIO pins.
@NullMarked
package dev.counterfoil.terminal.driver.indicator;

import org.jspecify.annotations.NullMarked;
