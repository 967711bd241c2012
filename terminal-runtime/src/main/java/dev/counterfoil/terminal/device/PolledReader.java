package dev.counterfoil.terminal.device;

/// A reader with a thread of its own that looks for cards again and again, so that it can be seen to go on.
public interface PolledReader extends CardReader {

  /// How many looks, or tries to find the reader, it has made. Rises as long as the thread goes on, whether the reader works
  /// or not, at least every six seconds. Any thread.
  long turns();
}
