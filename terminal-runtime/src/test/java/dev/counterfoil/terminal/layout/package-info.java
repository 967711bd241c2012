@NullMarked
package dev.counterfoil.terminal.layout;

import org.jspecify.annotations.NullMarked;
