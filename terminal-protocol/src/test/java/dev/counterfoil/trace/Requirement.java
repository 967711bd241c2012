package dev.counterfoil.trace;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says which requirements of the catalogue a test proves: it would fail if the requirement were broken. Kept on one
/// line, so that a plain text search finds the tests of an ID.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Requirement {

  /// IDs of the catalogue, such as `PAY-17`.
  String[] value();
}
