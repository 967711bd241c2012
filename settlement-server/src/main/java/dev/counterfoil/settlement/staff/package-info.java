/// Who works here, kept: {@link OperatorDesk} stores what the pure machines of `settlement.operator` decide.
@NullMarked
package dev.counterfoil.settlement.staff;

import org.jspecify.annotations.NullMarked;
