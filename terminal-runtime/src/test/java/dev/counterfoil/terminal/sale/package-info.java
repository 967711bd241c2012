@NullMarked
package dev.counterfoil.terminal.sale;

import org.jspecify.annotations.NullMarked;
