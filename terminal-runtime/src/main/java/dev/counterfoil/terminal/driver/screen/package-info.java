/// Which display a terminal has, and the glass for it.
@NullMarked
package dev.counterfoil.terminal.driver.screen;

import org.jspecify.annotations.NullMarked;
