package dev.counterfoil.protocol.card.proof;

/// What a message of an NTAG 424 DNA is worth.
public sealed interface SunVerdict {

  /// The tag made it, and nobody has shown it before.
  ///
  /// @param uid     7 bytes
  /// @param counter of the tag's readings, 1 to 16,777,215
  record Genuine(byte[] uid, int counter) implements SunVerdict {}

  record Refused(Reason reason) implements SunVerdict {}

  /// Why a message is refused; names are never changed.
  enum Reason {
    /// It has not the form of such a message.
    SUN_MALFORMED,
    /// It decrypts to nothing: a tag with another key, or none of ours.
    SUN_FOREIGN,
    /// Its CMAC is not the tag's.
    SUN_FORGED,
    /// Its counter is not above the last one seen of this tag: it was copied and is shown again.
    SUN_REPLAYED
  }
}
