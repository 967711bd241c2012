/// Requirement coverage: the tag on tests, and the listener that turns outcomes into a table.
@NullMarked
package dev.counterfoil.trace;

import org.jspecify.annotations.NullMarked;
