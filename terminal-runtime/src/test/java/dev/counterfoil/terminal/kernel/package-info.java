/// Drivers on the real drivers of a Linux kernel, in a machine that QEMU emulates (ADR 0031). Nightly.
@NullMarked
package dev.counterfoil.terminal.kernel;

import org.jspecify.annotations.NullMarked;
