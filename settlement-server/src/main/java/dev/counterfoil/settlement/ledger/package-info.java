/// Double-entry books: accounts, transfers, holds, posting rules and their verification. Pure; no clock, SQL or thread.
@NullMarked
package dev.counterfoil.settlement.ledger;

import org.jspecify.annotations.NullMarked;
