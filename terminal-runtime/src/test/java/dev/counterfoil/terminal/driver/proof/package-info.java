@NullMarked
package dev.counterfoil.terminal.driver.proof;

import org.jspecify.annotations.NullMarked;
