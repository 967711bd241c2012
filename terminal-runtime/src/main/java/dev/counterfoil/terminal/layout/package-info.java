/// From a screen's description to characters in cells or to pixels. Pure: no device, file, clock or thread.
@NullMarked
package dev.counterfoil.terminal.layout;

import org.jspecify.annotations.NullMarked;
