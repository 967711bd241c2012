package dev.counterfoil.settlement.api;

import org.jspecify.annotations.Nullable;

/// An answer, ready to be sent.
///
/// @param json     the whole envelope; unused when there is a file
/// @param repeated whether it is what an earlier request with the same key was answered
/// @param file     to be sent instead, null for none
/// @param retryAfterSeconds when to come again, where the status says that it makes sense
record WebAnswer(int status, String json, Language language, boolean repeated, @Nullable Attachment file,
    int retryAfterSeconds) {

  WebAnswer(int status, String json, Language language, boolean repeated) {
    this(status, json, language, repeated, null, 1);
  }

  static WebAnswer of(Attachment file, Language language) {
    return new WebAnswer(200, "", language, false, file, 1);
  }
}
