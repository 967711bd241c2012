/// Codes printed on receipts.
@NullMarked
package dev.counterfoil.protocol.receipt;

import org.jspecify.annotations.NullMarked;
