@NullMarked
package dev.counterfoil.terminal.driver.pcsc;

import org.jspecify.annotations.NullMarked;
