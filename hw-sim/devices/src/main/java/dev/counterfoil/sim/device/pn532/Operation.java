package dev.counterfoil.sim.device.pn532;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A command that the chip is working on: it takes steps at the times it names until it has a reply.
interface Operation {
  /// When the next step is due, in microseconds of the chip's clock; `Long.MAX_VALUE` when it waits without
  /// end.
  long nextMicros();

  /// Takes the step that is due; the reply without TFI (code and data), or null when there is more to do.
  byte @Nullable [] step(long nowMicros);

  /// A reply that is ready at a certain time.
  static Operation replyAt(long dueMicros, Supplier<byte[]> reply) {
    return new Operation() {
      @Override
      public long nextMicros() {
        return dueMicros;
      }

      @Override
      public byte[] step(long nowMicros) {
        return reply.get();
      }
    };
  }
}
