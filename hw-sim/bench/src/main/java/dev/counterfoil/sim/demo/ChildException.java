package dev.counterfoil.sim.demo;

/// A process of the demo did not do what the script needs. The message is for the person at the screen.
public final class ChildException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChildException(String message) {
    super(message);
  }
}
