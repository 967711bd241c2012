/// What the server remembers: rows as records, one reading and one writing port, and their SQLite implementation.
///
/// `site` comes first in every row and key. Money rows (transfers, transactions, records) are only ever inserted.
@NullMarked
package dev.counterfoil.settlement.store;

import org.jspecify.annotations.NullMarked;
