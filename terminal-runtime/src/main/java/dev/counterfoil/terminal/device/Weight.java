package dev.counterfoil.terminal.device;

/// What a scale shows at one moment.
///
/// @param grams net of the tare; of no meaning when overloaded
public record Weight(long grams, State state) {

  /// Whether the weight may be used.
  public enum State {
    /// It has been the same for long enough, and is nought or more.
    STABLE,
    /// It is still changing, or has not been looked at for long enough.
    MOVING,
    /// More than the scale can carry.
    OVERLOADED,
    /// It lies still below nought: something was taken off that was there at the tare.
    NEGATIVE
  }
}
