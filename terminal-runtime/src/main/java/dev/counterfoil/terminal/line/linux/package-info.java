/// What Linux itself offers a program that has wires: device files by `open`, `ioctl`, `poll` and `read`, and on top of them
/// our Pi4J provider for GPIO pins (gpiochip, uapi v2), I2C (i2c-dev) and SPI (spidev).
///
/// Needs a 64-bit Linux: the structures are those of its kernel interface, with pointers of eight bytes.
@NullMarked
package dev.counterfoil.terminal.line.linux;

import org.jspecify.annotations.NullMarked;
