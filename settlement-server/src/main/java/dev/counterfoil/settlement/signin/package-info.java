/// Operators at the door: who is let in, and for how long. {@link OperatorDesk} stores what the pure machines of
/// `settlement.operator` decide; {@link SignInService} does what takes long, before and after.
@NullMarked
package dev.counterfoil.settlement.signin;

import org.jspecify.annotations.NullMarked;
