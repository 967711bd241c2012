/// Requests of one operator that another one decides about, kept and carried out.
@NullMarked
package dev.counterfoil.settlement.approval;

import org.jspecify.annotations.NullMarked;
