@NullMarked
package dev.counterfoil.terminal.app;

import org.jspecify.annotations.NullMarked;
