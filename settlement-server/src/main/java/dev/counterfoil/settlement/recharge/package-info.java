/// Recharges that are not cash: what payment gateways collect, what banks, machines and employers bring. Pure.
@NullMarked
package dev.counterfoil.settlement.recharge;

import org.jspecify.annotations.NullMarked;
