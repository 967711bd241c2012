package dev.counterfoil.sim.device;

/// A simulated device that is worked by words typed at it.
interface TypedDevice extends AutoCloseable {

  /// Where it is and what it is.
  String describe();

  /// The words it knows, for people.
  String words();

  /// Does what was typed.
  ///
  /// @return false if it knows no such word
  /// @throws IllegalArgumentException what is wrong about it
  boolean obey(String verb, String object);

  @Override
  void close();
}
