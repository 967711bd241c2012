/// Programs that call the API: cash registers, ERP, office automation.
@NullMarked
package dev.counterfoil.settlement.machine;

import org.jspecify.annotations.NullMarked;
