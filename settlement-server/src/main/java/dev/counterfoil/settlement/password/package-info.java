/// The password of a purchase: when it is asked for, and what wrong ones cost. Pure; no clock, SQL or thread.
@NullMarked
package dev.counterfoil.settlement.password;

import org.jspecify.annotations.NullMarked;
