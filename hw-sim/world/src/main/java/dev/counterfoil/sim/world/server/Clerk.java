package dev.counterfoil.sim.world.server;

/// Somebody who works at the office. Counts his own requests, so that two of them use the same keys for different things.
final class Clerk {
  private final int number;
  private final String name;
  private int requests;

  Clerk(int number, String name) {
    this.number = number;
    this.name = name;
  }

  String name() {
    return name;
  }

  /// Whom his keys belong to.
  String caller() {
    return "operator/" + number;
  }

  String nextKey() {
    requests++;
    return "request-" + requests;
  }
}
