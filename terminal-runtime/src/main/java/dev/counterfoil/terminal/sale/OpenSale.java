package dev.counterfoil.terminal.sale;

import dev.counterfoil.protocol.card.CardToken;

/// A card's sale that is durable and of which its holder may not know: presented again, the card is told and pays nothing.
///
/// @param blocks    nobody else pays before that is settled: the power ended between commit and glass. Otherwise the card
///                  was merely taken away before the result stood there, and only the same amount again is taken for doubt
/// @param minuteOfDay when it was, at the site
public record OpenSale(CardToken token, long amountMinor, long seq, int minuteOfDay, boolean blocks) {}
