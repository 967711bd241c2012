package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.EpochId;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.id.TransactionId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A server's database as plain rows, in the order of their keys. Numbers only, nothing that the server's own code
/// computed: what an auditor sums up must come from the rows.
///
/// @param nowMillis newest server time found anywhere in the database
public record ServerBooks(List<Terminal> terminals, List<Transaction> transactions, List<Transfer> transfers,
    List<Account> accounts, List<Hold> holds, List<ExceptionEntry> exceptions, long nowMillis) {

  public ServerBooks {
    terminals = List.copyOf(terminals);
    transactions = List.copyOf(transactions);
    transfers = List.copyOf(transfers);
    accounts = List.copyOf(accounts);
    holds = List.copyOf(holds);
    exceptions = List.copyOf(exceptions);
  }

  /// @param number      the site's own number of the terminal
  /// @param certificate hash that the first record of the chain links to
  /// @param epochs      every epoch ever given to it; empty when the server keeps only the newest
  /// @param records     exact bytes in order
  public record Terminal(int site, int number, TerminalId id, String name, Hash certificate,
      Set<EpochId> epochs,
      List<Key> keys, long receivedSeq, long settledSeq, long safeSeq, List<byte[]> records) {

    public Terminal {
      epochs = Set.copyOf(epochs);
      keys = List.copyOf(keys);
      records = List.copyOf(records);
    }
  }

  public record Key(VerificationKey key, long fromSeq, long untilSeq) {}

  /// @param terminal 0 when born on the server
  public record Transaction(int site, TransactionId id, Kind kind, int terminal, long seq, long amount,
      String asset) {

    /// What the ledger calls a transaction, as far as the audit needs to know.
    public enum Kind {
      SALE, VOID, DECLINE, SERVER_BORN
    }
  }

  /// @param moves   whether the amount goes from debit to credit; a hold and its release move nothing
  /// @param pending the hold that this transfer ends, 0 for none
  public record Transfer(int site, long id, TransactionId transaction, long debit, long credit, String asset,
      long amount, boolean moves, boolean hold, long pending, long debitAfter, long creditAfter) {}

  public record Account(int site, long id, String name, String asset, long postedDebits, long postedCredits,
      long held) {}

  public record Hold(int site, long id, long account, long amount, boolean open, long expiresMillis) {}

  public record ExceptionEntry(int site, long id, String kind, int terminal, long seq,
      @Nullable TransactionId transaction, boolean open) {}
}
