/// How a test or a person watches a model at work.
@NullMarked
package dev.counterfoil.sim.device.watch;

import org.jspecify.annotations.NullMarked;
