/// A contactless card for a real PC/SC service, by the virtual reader of vsmartcard.
@NullMarked
package dev.counterfoil.sim.device.pcsc;

import org.jspecify.annotations.NullMarked;
