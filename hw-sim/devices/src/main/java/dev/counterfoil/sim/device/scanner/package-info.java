/// Models of QR scanners, from their makers' serial manuals.
@NullMarked
package dev.counterfoil.sim.device.scanner;

import org.jspecify.annotations.NullMarked;
