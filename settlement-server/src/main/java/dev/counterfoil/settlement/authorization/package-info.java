/// Answers to Authorize and Cancel: gates, holds, idempotency, expiry. Pure.
@NullMarked
package dev.counterfoil.settlement.authorization;

import org.jspecify.annotations.NullMarked;
