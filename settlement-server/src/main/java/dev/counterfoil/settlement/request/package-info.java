/// Requests of callers from outside: each done once for its key, each in the audit trail. Pure: no clock, thread or I/O.
@NullMarked
package dev.counterfoil.settlement.request;

import org.jspecify.annotations.NullMarked;
