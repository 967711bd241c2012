package dev.counterfoil.settlement.imports;

import dev.counterfoil.settlement.contact.ContactSeal;
import dev.counterfoil.settlement.ledger.CoreSettings;

/// By what the rows of a file become accounts and transactions.
///
/// @param source   the other system, by the name that this house gives it
/// @param operator who imports
/// @param seal     seals telephone numbers
public record Terms(String source, String operator, CoreSettings settings, ContactSeal seal) {}
