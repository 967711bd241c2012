/// What cashiers and customers put something in with, beside the built-in reader and keypad: which of them a terminal
/// has, and their assembly.
@NullMarked
package dev.counterfoil.terminal.input;

import org.jspecify.annotations.NullMarked;
