/// What the server tells about itself.
@NullMarked
package dev.counterfoil.settlement.ops;

import org.jspecify.annotations.NullMarked;
