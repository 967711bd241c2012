package dev.counterfoil.terminal.device;

/// The stable codes of why a card that lies on the reader is not taken, with what a person should do about it. None of
/// them is a fault of the terminal, and none presents a card.
///
/// The names are the codes: they appear in logs, and each has its own screen, so a constant is never renamed.
public enum CardRefusal {
  /// It invents a new UID each time, and nothing else of it is read.
  CARD_UNIDENTIFIED("a card with a random UID or a phone: it can only be known by a proof ([card] proof)"),
  /// It is of another family than the required proof needs.
  CARD_WRONG_KIND("another kind of card than [card] proof needs"),
  /// The application, sector or file of our cards is not on it; the usual sight of a copied UID.
  CARD_NOT_OURS("our application is not on it: a foreign card, or a copy of a UID"),
  /// It has the application and another key.
  CARD_KEY_WRONG("its key is not ours: personalised with another key or key number, or not diversified alike"),
  /// It answered as if it had the key and could not show it, or its answer was changed on the way.
  CARD_FORGED("it pretends to have our key: keep it and look who holds it"),
  /// Its message was seen before.
  CARD_REPLAYED("it shows a message that was shown before: a recording of a tag, keep it"),
  /// Taken away before it was done; worth another try.
  CARD_REMOVED("the card was taken away too early: hold it until the sound"),
  /// It stays in the field and does not get through; cards need more field for AES than for their UID.
  CARD_UNSTEADY("it lies too far from the antenna or on metal: lay it flat on the reader"),
  /// Proven, but what it says of itself is nothing.
  CARD_UNUSABLE("it is ours and was not personalised to the end: file, access rights or number are missing");

  private final String hint;

  CardRefusal(String hint) {
    this.hint = hint;
  }

  /// One line in plain English telling an operator what to make of it.
  public String hint() {
    return hint;
  }
}
