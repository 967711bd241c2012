/// The wires: serial ports, GPIO pins and I2C buses, each behind a narrow interface that a test can play.
///
/// The only package of the terminal that sees jSSC or Pi4J. Drivers above it move bytes and levels and know
/// nothing of libraries; a site that swaps a library changes one class here.
@NullMarked
package dev.counterfoil.terminal.line;

import org.jspecify.annotations.NullMarked;
