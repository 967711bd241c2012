package dev.counterfoil.settlement.api;

/// Methods of HTTP that the API knows. GET changes nothing.
enum Verb {
  GET, POST, PUT, DELETE
}
