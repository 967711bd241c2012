/// Small files beside the journal, written so that a power cut at any moment leaves the old content or the new.
@NullMarked
package dev.counterfoil.terminal.file;

import org.jspecify.annotations.NullMarked;
