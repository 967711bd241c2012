/// Byte-level model of the NXP PN532 contactless front end on its high-speed UART.
@NullMarked
package dev.counterfoil.sim.device.pn532;

import org.jspecify.annotations.NullMarked;
