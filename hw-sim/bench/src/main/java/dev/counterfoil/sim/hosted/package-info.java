/// Whole terminals inside this JVM: production core, journal on disk and mutual TLS, without devices and without a
/// process each. For the replay of sales files and for measuring.
@NullMarked
package dev.counterfoil.sim.hosted;

import org.jspecify.annotations.NullMarked;
