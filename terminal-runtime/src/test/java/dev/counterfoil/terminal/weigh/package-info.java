@NullMarked
package dev.counterfoil.terminal.weigh;

import org.jspecify.annotations.NullMarked;
