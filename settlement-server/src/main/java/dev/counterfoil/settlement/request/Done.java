package dev.counterfoil.settlement.request;

/// What a request came to.
///
/// @param status of HTTP
/// @param body   JSON for the caller
/// @param object what it was done to, such as `account 42`
/// @param before the object's state before, empty if there was none
/// @param after  the object's state after
/// @param once   JSON for the caller's first answer, with secrets that are kept nowhere; empty if `body` says it all. A
///               repeat gets `body`
public record Done(int status, String body, String object, String before, String after, String once) {

  public Done(int status, String body, String object, String before, String after) {
    this(status, body, object, before, after, "");
  }

  public Done shownOnce(String json) {
    return new Done(status, body, object, before, after, json);
  }

  /// What the caller who waits for it gets.
  String first() {
    return once.isEmpty() ? body : once;
  }

  /// Never shows a secret.
  @Override
  public String toString() {
    return "Done[" + status + ", " + object + "]";
  }
}
