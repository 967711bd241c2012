/// The rules of structure that every module is held to.
@NullMarked
package dev.counterfoil.arch;

import org.jspecify.annotations.NullMarked;
