@NullMarked
package dev.counterfoil.terminal.secret;

import org.jspecify.annotations.NullMarked;
