@NullMarked
package dev.counterfoil.terminal.driver.indicator;

import org.jspecify.annotations.NullMarked;
