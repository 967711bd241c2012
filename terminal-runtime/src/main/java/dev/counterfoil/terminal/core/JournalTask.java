package dev.counterfoil.terminal.core;

import dev.counterfoil.proto.v1.Decline;
import dev.counterfoil.proto.v1.Refund;
import dev.counterfoil.proto.v1.Sale;
import dev.counterfoil.proto.v1.ShiftAnswer;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.proto.v1.TestRecord;
import dev.counterfoil.proto.v1.TimeAnchor;
import dev.counterfoil.proto.v1.Use;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.terminal.journal.AnchorHeld;
import dev.counterfoil.terminal.journal.EpochHeld;
import dev.counterfoil.terminal.journal.LastSale;
import dev.counterfoil.terminal.journal.StateChange;
import dev.counterfoil.terminal.sale.Basket;
import dev.counterfoil.terminal.sale.SaleEvent;
import java.util.List;
import java.util.Optional;

/// Something to do to the journal. [JournalDesk] does it; what sums and counters become is worked out there, from the
/// state that the task finds, so that tasks that wait for each other cannot overwrite each other's sums.
public sealed interface JournalTask {

  /// What the terminal knows of a card. Answered by [JournalAnswer.Found].
  ///
  /// @param settledSeq own records up to here are contained in the server's books
  /// @param withVisit  whether a time that runs for it is wanted too
  record LookUp(CardToken token, long settledSeq, boolean withVisit) implements JournalTask {}

  /// What was sold under the reference of a till's basket. Answered by [JournalAnswer.Referenced].
  ///
  /// @param event what the till wants, in case that nothing was
  record FindReference(Basket basket, SaleEvent event) implements JournalTask {}

  /// @param token    empty for cash
  /// @param epochDay day to count the card's sum on
  record RecordSale(TransactionId transaction, Sale sale, Optional<CardToken> token, long epochDay)
      implements
        JournalTask {}

  /// A use that nothing is paid for now.
  ///
  /// @param epochDay day to count it on
  record RecordUse(TransactionId transaction, Use use, CardToken token, long epochDay)
      implements
        JournalTask {}

  /// @param operator who takes the sale back; empty when the terminal itself does
  record RecordVoid(TransactionId transaction, LastSale original, Optional<CardToken> operator, long epochDay)
      implements
        JournalTask {}

  /// Pays a sale back, as the server has approved it.
  record RecordRefund(TransactionId transaction, Refund refund) implements JournalTask {}

  /// The last sale was shown as approved. Answered by [JournalAnswer.Done] with its record, if that is still stored.
  ///
  /// @param late only now, over a restart: its receipt was not printed either
  record SaleTold(long seq, boolean late) implements JournalTask {}

  /// What was done in test mode: durable like everything, and nothing follows from it.
  ///
  /// @param transaction who waits for it; empty for a refusal or a switch of the mode
  record RecordTest(Optional<TransactionId> transaction, TestRecord test) implements JournalTask {}

  /// Opens a shift, or closes the one that is open with what its records come to.
  record RecordShift(boolean opens, CardToken operator) implements JournalTask {}

  /// The server has answered the shift that waits for it. Answered by [JournalAnswer.Done] with the record that closed it.
  record ShiftAnswered(ShiftAnswer answer) implements JournalTask {}

  record RecordDecline(Decline decline) implements JournalTask {}

  /// Keep an acknowledgement, and renew the allowance if it covers all that was approved without the server.
  record KeepAck(Signed ack) implements JournalTask {}

  /// Make an offered epoch durable; in a recovery this also declares what nobody has any more, and lets sales go on.
  record AdoptEpoch(long connection, EpochHeld epoch) implements JournalTask {}

  record TakeAnchor(AnchorHeld anchor, TimeAnchor body) implements JournalTask {}

  /// A part of a snapshot or deny list, verified.
  record KeepCache(StateChange part) implements JournalTask {}

  /// Only the run time of the request: at contact, where the time without the server starts anew, and every five
  /// minutes without it.
  record CountRunTime() implements JournalTask {}

  /// Answered by [JournalAnswer.Loaded].
  ///
  /// @param connection for which; an answer for an earlier one is of no use any more
  record Load(long connection, long fromSeq, int maxRecords, int maxBytes) implements JournalTask {}

  /// Put back records that the server returned, after verifying that they continue this chain.
  record Restore(long connection, List<byte[]> records) implements JournalTask {

    public Restore {
      records = List.copyOf(records);
    }
  }

  /// The server knows later records of this terminal: no sale until they are back.
  record RolledBack() implements JournalTask {}

  /// The server holds another record under one of our numbers: no sale for ever, over restarts too.
  record Freeze() implements JournalTask {}

  /// Write RESUME and what is held: the server has confirmed where this terminal stands.
  record Resume() implements JournalTask {}

  /// Hand the chain over to a new signing key.
  ///
  /// @param command the server's number of the command that waits for it
  record Rotate(long command) implements JournalTask {}

  /// Lock against sales or unlock, over restarts too.
  ///
  /// @param command the server's number of the command that waits for it
  record Lock(long command, boolean locked) implements JournalTask {}

  /// How the journal is. Answered by [JournalAnswer.Diagnosed].
  ///
  /// @param command the server's number of the command that waits for it
  record Diagnose(long command) implements JournalTask {}

  /// Read the journal anew after a fault.
  record Reopen() implements JournalTask {}

  /// Housekeeping: a held decline, mirror, tail verification, pruning.
  record Rest() implements JournalTask {}

  /// The orderly end of the run.
  record Stop() implements JournalTask {}
}
