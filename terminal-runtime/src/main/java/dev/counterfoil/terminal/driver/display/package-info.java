/// What all displays have in common: a thread that keeps showing the text asked for last.
@NullMarked
package dev.counterfoil.terminal.driver.display;

import org.jspecify.annotations.NullMarked;
