@NullMarked
package dev.counterfoil.terminal.driver.pn532;

import org.jspecify.annotations.NullMarked;
