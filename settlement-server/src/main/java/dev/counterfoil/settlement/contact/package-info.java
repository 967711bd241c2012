/// How holders are reached, sealed at rest.
@NullMarked
package dev.counterfoil.settlement.contact;

import org.jspecify.annotations.NullMarked;
