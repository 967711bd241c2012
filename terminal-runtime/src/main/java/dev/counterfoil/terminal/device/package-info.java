/// What a terminal needs from its hardware, said without naming a chip: card reader, keypad, display and
/// indicator, the events they report and the faults they can have. Drivers live in `terminal.driver`, wires
/// in `terminal.line`; nothing here touches either.
@NullMarked
package dev.counterfoil.terminal.device;

import org.jspecify.annotations.NullMarked;
