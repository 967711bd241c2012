@NullMarked
package dev.counterfoil.terminal.support;

import org.jspecify.annotations.NullMarked;
