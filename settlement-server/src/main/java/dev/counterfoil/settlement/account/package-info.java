/// Opening and changing holders' accounts, and recharging them. Pure.
@NullMarked
package dev.counterfoil.settlement.account;

import org.jspecify.annotations.NullMarked;
