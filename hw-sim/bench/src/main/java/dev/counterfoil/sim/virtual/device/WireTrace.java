package dev.counterfoil.sim.virtual.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What goes over one wire, told turn by turn. A turn that says what the last one said is passed over: drivers ask their
/// devices many times a second.
final class WireTrace {

  /// One run of bytes.
  ///
  /// @param out from the terminal to the device
  record Run(boolean out, byte[] bytes) {

    boolean isSame(Run other) {
      return out == other.out && Arrays.equals(bytes, other.bytes);
    }
  }

  /// Puts bytes into words.
  interface Words {
    String describe(boolean out, byte[] bytes);
  }

  private final String wire;
  private final Words words;
  private final Sight.Onlooker onlooker;
  private final List<Run> now = new ArrayList<>();
  private List<Run> last = List.of();

  WireTrace(String wire, Words words, Sight.Onlooker onlooker) {
    this.wire = wire;
    this.words = words;
    this.onlooker = onlooker;
  }

  void passed(boolean out, byte[] bytes) {
    now.add(new Run(out, bytes.clone()));
  }

  /// A turn is over.
  void turned() {
    if (!isSameAsLast()) {
      now.forEach(
          one -> onlooker.sees(new Sight.Bus(wire, one.out, one.bytes, words.describe(one.out, one.bytes))));
    }
    last = List.copyOf(now);
    now.clear();
  }

  /// Another run of the program asks for the first time.
  void forget() {
    last = List.of();
    now.clear();
  }

  private boolean isSameAsLast() {
    if (now.size() != last.size()) {
      return false;
    }
    for (int i = 0; i < now.size(); i++) {
      if (!now.get(i).isSame(last.get(i))) {
        return false;
      }
    }
    return true;
  }
}
