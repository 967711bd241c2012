/// How is this terminal: what a technician asks first, answered without disturbing the running program.
@NullMarked
package dev.counterfoil.terminal.status;

import org.jspecify.annotations.NullMarked;
