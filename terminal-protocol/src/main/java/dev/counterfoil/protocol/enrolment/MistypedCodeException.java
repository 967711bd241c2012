package dev.counterfoil.protocol.enrolment;

/// The text is no enrolment code that a server ever printed. Type it again; nothing was used up.
public final class MistypedCodeException extends IllegalArgumentException {

  /// Stable code for people and scripts.
  public static final String CODE = "ENROL_CODE_MISTYPED";

  public MistypedCodeException(String explanation) {
    super(explanation);
  }
}
