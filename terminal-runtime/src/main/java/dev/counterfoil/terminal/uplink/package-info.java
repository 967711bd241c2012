/// The terminal's connections to the server: TLS 1.3 with its own certificate, over Netty. The only package of the
/// terminal that sees Netty; it knows frames but not what they mean.
@NullMarked
package dev.counterfoil.terminal.uplink;

import org.jspecify.annotations.NullMarked;
