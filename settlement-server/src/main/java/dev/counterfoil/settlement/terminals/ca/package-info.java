/// The installation's own certificate authority and the certificates and keys that hang on it.
@NullMarked
package dev.counterfoil.settlement.terminals.ca;

import org.jspecify.annotations.NullMarked;
