/// From received batches to settled records: verification, duplicates, forks, posting, acknowledgements. Pure.
@NullMarked
package dev.counterfoil.settlement.ingest;

import org.jspecify.annotations.NullMarked;
