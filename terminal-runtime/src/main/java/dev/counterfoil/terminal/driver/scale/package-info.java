/// Scales: Modbus RTU and the NAU7802 converter.
@NullMarked
package dev.counterfoil.terminal.driver.scale;

import org.jspecify.annotations.NullMarked;
