/// What has become of the records this terminal sends: SM-06, OFF-03 to OFF-05, SYN-02.
@NullMarked
package dev.counterfoil.terminal.outbox;

import org.jspecify.annotations.NullMarked;
