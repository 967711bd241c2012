/// What a terminal shows to those who help from afar, and what it keeps to itself.
@NullMarked
package dev.counterfoil.terminal.support;

import org.jspecify.annotations.NullMarked;
