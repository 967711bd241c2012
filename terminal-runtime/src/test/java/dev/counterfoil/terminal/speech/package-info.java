@NullMarked
package dev.counterfoil.terminal.speech;

import org.jspecify.annotations.NullMarked;
