/// A simulated WeChat Pay and Alipay on loopback, with every misbehaviour that real ones show. Written from the gateways'
/// documentation with nothing of the server's own signers, so that one misreading cannot hide in both.
@NullMarked
package dev.counterfoil.sim.gateway;

import org.jspecify.annotations.NullMarked;
