/// Glyphs from files: the installed font, or the subset that a terminal needs of it.
@NullMarked
package dev.counterfoil.terminal.font;

import org.jspecify.annotations.NullMarked;
