@NullMarked
package dev.counterfoil.terminal.driver.oled;

import org.jspecify.annotations.NullMarked;
