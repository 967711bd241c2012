/// The auditor's view of a finished run: journals, taps and a server database, with nothing shared but the record
/// codec.
@NullMarked
package dev.counterfoil.sim.verify;

import org.jspecify.annotations.NullMarked;
