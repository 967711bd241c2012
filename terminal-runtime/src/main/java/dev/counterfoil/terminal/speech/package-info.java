/// What is said aloud, as a list of recorded words. Pure.
@NullMarked
package dev.counterfoil.terminal.speech;

import org.jspecify.annotations.NullMarked;
