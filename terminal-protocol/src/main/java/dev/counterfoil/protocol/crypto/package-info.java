/// Signatures, digests and certificate requests. The only package of the protocol that sees BouncyCastle.
@NullMarked
package dev.counterfoil.protocol.crypto;

import org.jspecify.annotations.NullMarked;
