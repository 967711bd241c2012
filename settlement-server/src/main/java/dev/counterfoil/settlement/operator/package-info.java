/// Who works at the server and what they may do: roles, sessions, sign-in, the second pair of eyes. Pure: no clock, thread,
/// randomness or storage of its own.
@NullMarked
package dev.counterfoil.settlement.operator;

import org.jspecify.annotations.NullMarked;
