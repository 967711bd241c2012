@NullMarked
package dev.counterfoil.terminal.driver.cd5220;

import org.jspecify.annotations.NullMarked;
