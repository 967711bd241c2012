/// QR scanners on a serial line.
@NullMarked
package dev.counterfoil.terminal.driver.scanner;

import org.jspecify.annotations.NullMarked;
