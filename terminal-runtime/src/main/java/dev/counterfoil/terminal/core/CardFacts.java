package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.AccountEntry;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.terminal.journal.CardUse;
import dev.counterfoil.terminal.journal.Visits;
import dev.counterfoil.terminal.meal.OrderedMeals;
import java.util.Optional;
import java.util.SortedMap;

/// What the terminal's own store says about a card at one moment.
///
/// @param entry          its entry in the account snapshot
/// @param denied         whether it is on the deny list
/// @param use            what it has spent here
/// @param spentMinor     own approved records of the account that the entry does not contain yet
/// @param unsettledMinor own approved records of the account that the server's books do not contain yet
/// @param visit          a time that runs for it here; empty where none is asked for
/// @param collected      what this terminal's newest records say of the entry's orders, by their number
public record CardFacts(CardToken token, Optional<AccountEntry> entry, boolean denied, CardUse use,
    long spentMinor, long unsettledMinor, Optional<Visits.Visit> visit,
    SortedMap<Long, OrderedMeals.Own> collected) {}
