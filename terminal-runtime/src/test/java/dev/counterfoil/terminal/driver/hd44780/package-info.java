@NullMarked
package dev.counterfoil.terminal.driver.hd44780;

import org.jspecify.annotations.NullMarked;
