package dev.counterfoil.terminal.device;

/// What a card reader can tell.
public sealed interface ReaderEvent {

  /// One card lies in the field, alone, and its UID was read twice with the same result. Reported once per
  /// presentation: again only after the card was away for the reader's removal time.
  ///
  /// @param proof how far the card has shown who it is, by the rule of this terminal
  record CardPresented(CardIdentity card, CardProof proof) implements ReaderEvent {

    /// Presented on its word alone.
    public CardPresented(CardIdentity card) {
      this(card, new CardProof(CardProof.Kind.UID_ONLY, card.uid()));
    }
  }

  /// One card lies in the field, alone, and is not taken. Reported instead of [CardPresented], once per presentation.
  record CardRefused(CardIdentity card, CardRefusal why) implements ReaderEvent {}

  /// The card reported last was out of sight for the removal time.
  record CardRemoved(CardIdentity card) implements ReaderEvent {}

  /// Two or more cards lie in the field at once; none of them is reported, because nobody can say which one
  /// the customer meant. Reported once; after that the field must have been empty before a card counts again,
  /// because of two cards taken away one is always the last.
  record SeveralCardsPresent() implements ReaderEvent {}

  /// A card was presented and its number arrived damaged: it is to be presented again. The reader goes on.
  ///
  /// @param fault what was wrong with it
  record CardMisread(DeviceFault fault) implements ReaderEvent {}

  /// The reader does not work. Reported once per fault code; the driver keeps trying by itself.
  record ReaderFault(DeviceFault fault) implements ReaderEvent {}

  /// The reader works. The first event after a good start, and the one that ends every fault.
  record ReaderRecovered() implements ReaderEvent {}
}
