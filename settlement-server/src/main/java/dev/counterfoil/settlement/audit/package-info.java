/// The audit trail: who did what, as a chain of hashes with a signed root a day. Pure; docs/AUDIT.md has the bytes.
@NullMarked
package dev.counterfoil.settlement.audit;

import org.jspecify.annotations.NullMarked;
