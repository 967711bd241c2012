/// Meals that holders order for a day, and what becomes of them. Pure.
@NullMarked
package dev.counterfoil.settlement.mealorder;

import org.jspecify.annotations.NullMarked;
