package dev.counterfoil.protocol.link;

import dev.counterfoil.proto.v1.Authorize;
import dev.counterfoil.proto.v1.Condition;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Hello;
import dev.counterfoil.proto.v1.Result;
import dev.counterfoil.proto.v1.SnapshotRequest;
import dev.counterfoil.protocol.ReasonCode;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.journal.ChainPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server's session wants done, in order.
public sealed interface ServerWish {

  /// Send on this connection.
  record Send(Frame frame) implements ServerWish {}

  /// Judge who is calling, then call {@link ServerSession#judged}.
  record Judge(Hello hello) implements ServerWish {}

  /// The terminal says that the epoch is durable on its side.
  record EpochConfirmed(EpochId epoch) implements ServerWish {}

  /// Take these records in; answer with {@link ServerSession#acknowledged} or {@link ServerSession#refused}. Batches
  /// of one connection are answered in order.
  ///
  /// @param epoch the session's epoch
  /// @param oldSeq where the terminal believes the server stands
  record Ingest(EpochId epoch, long oldSeq, Hash oldHash, List<byte[]> records) implements ServerWish {

    public Ingest {
      records = List.copyOf(records);
    }
  }

  /// Read these records back; answer with {@link ServerSession#fetched}.
  record Serve(long fromSeq, long toSeq) implements ServerWish {}

  /// Decide; answer with {@link ServerSession#say}.
  record Decide(TransactionId transaction, Authorize question) implements ServerWish {}

  /// Release what was held for the transaction; answer with {@link ServerSession#say}.
  record Cancel(TransactionId transaction) implements ServerWish {}

  /// Somebody at the counter wants something besides a purchase; answer with {@link ServerSession#say}.
  record Errand(dev.counterfoil.proto.v1.Errand errand) implements ServerWish {}

  /// The terminal has these versions durable: send it what is newer, if anything.
  record Refresh(SnapshotRequest have) implements ServerWish {}

  /// An answer to a command.
  record Answered(Result result) implements ServerWish {}

  /// A sign of life.
  ///
  /// @param head where the terminal's journal stands, null on the desk channel
  /// @param state READY or the code of its refusal
  /// @param condition what the terminal tells of itself, null where it tells nothing
  record Alive(@Nullable ChainPosition head, String state,
      @Nullable Condition condition) implements ServerWish {}

  /// The last {@link ServerSession#probe} was answered: somebody is at the other end now, not just something on its way.
  record ProbeAnswered() implements ServerWish {}

  /// Close the connection and write one log line.
  record Close(ReasonCode reason, String facts) implements ServerWish {}
}
