@NullMarked
package dev.counterfoil.terminal.driver.scale;

import org.jspecify.annotations.NullMarked;
