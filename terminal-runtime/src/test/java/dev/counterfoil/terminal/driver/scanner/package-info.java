@NullMarked
package dev.counterfoil.terminal.driver.scanner;

import org.jspecify.annotations.NullMarked;
