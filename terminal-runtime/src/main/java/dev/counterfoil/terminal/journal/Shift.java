package dev.counterfoil.terminal.journal;

/// The shift of this terminal's cashier, as the journal knows it.
///
/// @param number   of the newest shift, from 1; 0 before the first
/// @param openSeq  record that opened it, 0 while none is open
/// @param openedMs wall clock of that record, Unix milliseconds
/// @param closeSeq record that closed the newest shift and that the server has not answered yet, 0 for none
public record Shift(long number, long openSeq, long openedMs, long closeSeq) {

  public static final Shift NONE = new Shift(0, 0, 0, 0);

  public boolean isOpen() {
    return openSeq > 0;
  }

  /// The next one, opened by a record of this number.
  public Shift opened(long seq, long wallMillis) {
    return new Shift(number + 1, seq, wallMillis, closeSeq);
  }

  /// A newer one that ends takes the place of one that still waits for its answer; the server raises its difference itself.
  public Shift closed(long seq) {
    return new Shift(number, 0, 0, seq);
  }

  /// The server has answered.
  public Shift answered() {
    return new Shift(number, openSeq, openedMs, 0);
  }
}
