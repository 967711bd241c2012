/// The operator's command line and the Unix socket through which it reaches a running server.
@NullMarked
package dev.counterfoil.settlement.admin;

import org.jspecify.annotations.NullMarked;
