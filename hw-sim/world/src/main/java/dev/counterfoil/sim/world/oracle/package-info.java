/// The oracle: what truly happened (what each glass showed, what each medium holds) and an independent ledger that
/// says what the books must contain. Written from the requirements and the pages about journal and ledger; shares
/// neither record codec nor posting code with what it judges.
@NullMarked
package dev.counterfoil.sim.world.oracle;

import org.jspecify.annotations.NullMarked;
