/// Subsidies: what is granted to holders beside their own money, and what becomes of it. Pure; no clock, SQL or thread.
@NullMarked
package dev.counterfoil.settlement.subsidy;

import org.jspecify.annotations.NullMarked;
