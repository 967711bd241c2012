package dev.counterfoil.settlement.api;

/// An answer, ready to be sent.
///
/// @param json     the whole envelope
/// @param repeated whether it is what an earlier request with the same key was answered
record WebAnswer(int status, String json, Language language, boolean repeated) {}
