package dev.counterfoil.terminal.app;

import java.nio.file.Path;

/// A configuration that cannot be used: one line for a person, a stable code for a program.
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Code code;

  /// What kind of mistake it is. Names are never reused or changed.
  public enum Code {
    /// The file is missing or cannot be read.
    CONFIG_UNREADABLE,
    /// The file is not TOML.
    CONFIG_SYNTAX,
    /// No such key; usually a slip of the finger, so it is refused rather than ignored.
    CONFIG_UNKNOWN_KEY,
    /// A text where a number belongs, and the like.
    CONFIG_WRONG_TYPE,
    /// A value outside of what is allowed.
    CONFIG_NOT_ALLOWED,
    /// A key that must be there is not.
    CONFIG_MISSING,
    /// Two keys that cannot both hold, such as one pin for two things.
    CONFIG_CONFLICT
  }

  ConfigException(Code code, Path file, int line, String problem) {
    super(code + " " + file + (line > 0 ? " line " + line : "") + ": " + problem);
    this.code = code;
  }

  /// The stable code.
  public Code code() {
    return code;
  }
}
