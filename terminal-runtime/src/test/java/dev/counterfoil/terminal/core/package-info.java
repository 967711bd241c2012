/// Tests of the whole terminal as a step function.
@NullMarked
package dev.counterfoil.terminal.core;

import org.jspecify.annotations.NullMarked;
