@NullMarked
package dev.counterfoil.terminal.driver.escpos;

import org.jspecify.annotations.NullMarked;
