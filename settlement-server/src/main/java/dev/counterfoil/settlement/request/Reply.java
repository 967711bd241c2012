package dev.counterfoil.settlement.request;

/// What the caller gets.
///
/// @param status   of HTTP
/// @param body     JSON
/// @param repeated whether it was done before, under the same key
public record Reply(int status, String body, boolean repeated) {}
