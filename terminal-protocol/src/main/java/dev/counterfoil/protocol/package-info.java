/// What terminal and server must agree on, without any I/O.
@NullMarked
package dev.counterfoil.protocol;

import org.jspecify.annotations.NullMarked;
