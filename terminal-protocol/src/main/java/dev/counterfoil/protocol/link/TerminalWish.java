package dev.counterfoil.protocol.link;

import dev.counterfoil.proto.v1.AckStatement;
import dev.counterfoil.proto.v1.AnchorStatement;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Frame;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.Verdict;
import dev.counterfoil.proto.v1.Welcome;
import dev.counterfoil.protocol.ReasonCode;
import java.util.List;

/// What a terminal's session wants done. The caller does it in order; what must be durable is answered by calling
/// the method named.
public sealed interface TerminalWish {

  /// Send on this connection.
  record Send(Frame frame) implements TerminalWish {}

  /// Read records from `fromSeq` on, at most so many and so many bytes; answer with {@link JournalSession#loaded}.
  record Load(long fromSeq, int maxRecords, int maxBytes) implements TerminalWish {}

  /// Keep the acknowledgement durably, as it is. `restored` says that the server's generation changed: its marks may
  /// have gone back, and the server was restored from a backup (alert SERVER_RESTORED).
  record StoreAck(Signed signed, AckStatement ack, boolean restored) implements TerminalWish {}

  /// Make the epoch durable, then call {@link JournalSession#epochDurable}. Nothing may be confirmed before.
  record AdoptEpoch(Signed signed, EpochOffer offer) implements TerminalWish {}

  /// A server time that belongs to this boot.
  record TakeAnchor(AnchorStatement anchor) implements TerminalWish {}

  /// Verify these records against the local head, put them back, then call {@link JournalSession#restored}.
  record Restore(List<byte[]> records) implements TerminalWish {

    public Restore {
      records = List.copyOf(records);
    }
  }

  /// The session is open with this verdict. Sales must stop while it is ROLLED_BACK and for ever after FORK or
  /// CLONE.
  record Opened(Verdict verdict, Welcome welcome) implements TerminalWish {}

  /// A rolled-back terminal has caught up and stands in its new epoch: sales may go on.
  record CaughtUp() implements TerminalWish {}

  /// A message for the business above, checked to be legal on this channel.
  record Deliver(Frame frame) implements TerminalWish {}

  /// The server lacks records that were SAFE and are no longer stored here: it was restored to before them. They come
  /// back from its copy (`admin safe replay`); nothing is sent until an acknowledgement says that it has them. Sales go
  /// on.
  ///
  /// @param fromSeq first record that it lacks
  /// @param toSeq   last of those that are not stored here
  record ServerLacks(long fromSeq, long toSeq) implements TerminalWish {}

  /// The server refuses what it was sent, for good; a human must act.
  record Refused(ReasonCode reason, long seq) implements TerminalWish {}

  /// Close the connection; try again after the back-off, and not before `comeBackMillis`.
  record Close(ReasonCode reason, String facts, long comeBackMillis) implements TerminalWish {}
}
