/// Payment gateways (WeChat Pay, Alipay) behind one port: orders, refunds, callbacks and day bills. An outcome that is not
/// known stays unknown and is asked for again, never guessed; docs/GATEWAYS.md has the states and the codes.
@NullMarked
package dev.counterfoil.settlement.gateway;

import org.jspecify.annotations.NullMarked;
