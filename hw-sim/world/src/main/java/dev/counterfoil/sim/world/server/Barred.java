package dev.counterfoil.sim.world.server;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import com.google.protobuf.ByteString;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.sim.world.Holders.Holder;
import java.util.ArrayList;
import java.util.List;

/// Whose card was reported lost or whose account was frozen, by the oracle's own notes (I-17): from the commit on that says
/// so, no new question of a terminal is answered with an approval.
final class Barred {
  private final List<Note> notes = new ArrayList<>();

  private record Note(ByteString token, int commit) {}

  void note(Holder holder, int commit) {
    notes.add(new Note(bytes(holder.card()), commit));
  }

  /// The store went back, and with it what it knew of later cards.
  void restoredTo(int commit) {
    notes.removeIf(note -> note.commit > commit);
  }

  void approved(ByteString token, TransactionId transaction) {
    require(notes.stream().noneMatch(note -> note.token.equals(token)), "I-17",
        () -> "transaction " + transaction + " of a barred card was approved");
  }

  private static ByteString bytes(CardToken token) {
    return ByteString.copyFrom(token.bytes());
  }
}
