package dev.counterfoil.terminal.journal;

import dev.counterfoil.proto.v1.AccountEntry;
import java.util.Optional;

/// What a store holds about a card at one moment.
///
/// @param entry its entry in the account snapshot
/// @param denied whether it is on the deny list
/// @param use what it has spent here
/// @param spentMinor own approved records of the account that the entry does not contain yet
/// @param unsettledMinor own approved records of the account after the number asked about
public record CardFound(Optional<AccountEntry> entry, boolean denied, CardUse use, long spentMinor,
    long unsettledMinor) {}
