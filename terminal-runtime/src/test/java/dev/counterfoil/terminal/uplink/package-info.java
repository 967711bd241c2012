@NullMarked
package dev.counterfoil.terminal.uplink;

import org.jspecify.annotations.NullMarked;
