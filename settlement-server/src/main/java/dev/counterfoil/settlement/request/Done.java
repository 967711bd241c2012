package dev.counterfoil.settlement.request;

/// What a request came to.
///
/// @param status of HTTP
/// @param body   JSON for the caller
/// @param object what it was done to, such as `account 42`
/// @param before the object's state before, empty if there was none
/// @param after  the object's state after
public record Done(int status, String body, String object, String before, String after) {}
