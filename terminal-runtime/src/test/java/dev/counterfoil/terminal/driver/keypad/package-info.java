@NullMarked
package dev.counterfoil.terminal.driver.keypad;

import org.jspecify.annotations.NullMarked;
