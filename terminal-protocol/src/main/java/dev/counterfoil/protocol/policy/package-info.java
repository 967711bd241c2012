/// What a terminal may decide without the server (docs/PROTOCOL.md, section "Offline policy"), as a pure function
/// that both ends share: the terminal decides by it, the server and the verifier check by it.
@NullMarked
package dev.counterfoil.protocol.policy;

import org.jspecify.annotations.NullMarked;
