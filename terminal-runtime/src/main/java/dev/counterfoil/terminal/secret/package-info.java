/// Secrets of an enrolled terminal at rest: sealed for one board, readable by one user.
@NullMarked
package dev.counterfoil.terminal.secret;

import org.jspecify.annotations.NullMarked;
