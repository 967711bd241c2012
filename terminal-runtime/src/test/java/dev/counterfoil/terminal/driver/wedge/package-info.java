@NullMarked
package dev.counterfoil.terminal.driver.wedge;

import org.jspecify.annotations.NullMarked;
