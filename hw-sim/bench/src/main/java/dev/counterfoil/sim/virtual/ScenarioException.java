package dev.counterfoil.sim.virtual;

import java.util.Locale;

/// A line of a scenario cannot be done. Nothing of it was.
public final class ScenarioException extends Exception {

  private static final long serialVersionUID = 1L;

  /// What is wrong; names are stable.
  public enum Code {
    /// No such verb, or not so many words.
    SCENARIO_LINE,
    /// A word is none of those allowed.
    SCENARIO_WORD,
    /// No such terminal, one of that name is there already, or it lacks such a device.
    SCENARIO_TERMINAL,
    /// No such card.
    SCENARIO_CARD,
    /// The file's head or a line's time cannot be read.
    SCENARIO_FILE
  }

  private final Code code;
  private final int line;

  ScenarioException(Code code, String message) {
    this(code, 0, message);
  }

  private ScenarioException(Code code, int line, String message) {
    super(message);
    this.code = code;
    this.line = line;
  }

  /// The same, of this line of a file.
  ///
  /// @param number from 1
  ScenarioException at(int number) {
    return new ScenarioException(code, number, String.valueOf(getMessage()));
  }

  public Code code() {
    return code;
  }

  /// One line for people, the code first.
  public String describe() {
    return line == 0
        ? code + " " + getMessage()
        : String.format(Locale.ROOT, "%s line %d: %s", code, line, getMessage());
  }
}
