/// What a person sees, hears and touches: character display, keypad, LED and buzzer.
@NullMarked
package dev.counterfoil.sim.device.panel;

import org.jspecify.annotations.NullMarked;
