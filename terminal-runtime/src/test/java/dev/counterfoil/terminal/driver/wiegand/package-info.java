@NullMarked
package dev.counterfoil.terminal.driver.wiegand;

import org.jspecify.annotations.NullMarked;
