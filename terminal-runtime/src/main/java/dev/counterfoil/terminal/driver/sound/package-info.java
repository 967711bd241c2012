/// A loudspeaker, by whatever program plays files.
@NullMarked
package dev.counterfoil.terminal.driver.sound;

import org.jspecify.annotations.NullMarked;
