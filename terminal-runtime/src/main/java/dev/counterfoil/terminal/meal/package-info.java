/// Meal periods of canteens: which one it is, what a tap costs in it, and how often a card may eat. Pure.
@org.jspecify.annotations.NullMarked
package dev.counterfoil.terminal.meal;
