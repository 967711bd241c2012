package dev.counterfoil.settlement.imports;

import dev.counterfoil.protocol.card.CardToken;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/// What cells are read against.
///
/// @param site   that is imported into
/// @param zone   of times that say none; empty if nobody named one
/// @param nowMs  server time; nothing was sold later
/// @param tokens makes a token of a card's number
public record Surroundings(int site, Optional<ZoneId> zone, long nowMs, Function<byte[], CardToken> tokens) {}
