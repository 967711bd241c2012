/// The program on the device: its `main`, its configuration, and the one place where everything is wired together.
@NullMarked
package dev.counterfoil.terminal.app;

import org.jspecify.annotations.NullMarked;
