package dev.counterfoil.settlement.mealorder;

import java.time.LocalDate;

/// What somebody orders for a holder.
///
/// @param day        of the site
/// @param period     number of the terminals' meal period, from 1
/// @param totalMinor of all copies, minor units; 0 where nothing is paid at the counter
public record MealWish(long account, LocalDate day, int period, int copies, long totalMinor, String dish) {}
