/// The device link: the only place where the server touches Netty. Event loops move frames between sockets and
/// bounded queues; they never run SQL and never check a signature.
@NullMarked
package dev.counterfoil.settlement.net;

import org.jspecify.annotations.NullMarked;
