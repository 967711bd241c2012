/// Payment gateways at work: their orders in the store, who asks them again, and what is told of their circuits. The edge
/// around {@link dev.counterfoil.settlement.gateway}: threads and calls to the outside are here, decisions are not.
@NullMarked
package dev.counterfoil.settlement.payment;

import org.jspecify.annotations.NullMarked;
