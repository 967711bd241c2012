@NullMarked
package dev.counterfoil.terminal.driver.sound;

import org.jspecify.annotations.NullMarked;
