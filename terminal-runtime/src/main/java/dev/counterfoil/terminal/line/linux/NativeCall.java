package dev.counterfoil.terminal.line.linux;

/// A call of a C function. The type of a method handle lets it throw anything; a C function throws nothing.
///
/// @param <T> what it answers
public interface NativeCall<T> {

  T run() throws Throwable;

  /// @param name for the message of a mistake in this program
  static <T> T of(String name, NativeCall<T> call) {
    try {
      return call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of " + name + " cannot throw", e);
    }
  }
}
