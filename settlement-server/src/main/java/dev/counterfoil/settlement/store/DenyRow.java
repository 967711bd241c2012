package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.card.CardToken;

/// The newest version at which a card token went on or off the deny list; one row a token.
public record DenyRow(int site, CardToken token, long version, boolean denied) {}
