package dev.counterfoil.terminal.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.counterfoil.protocol.journal.JournalRecord;

/// Reads what this terminal has itself put into its records. Pure.
public final class OwnRecord {

  private OwnRecord() {}

  /// The body of a record that is in the chain.
  ///
  /// @throws IllegalStateException if it cannot be read: a defect of this program, since the chain proves the bytes
  public static <T> T body(JournalRecord record, Parser<T> parser) {
    try {
      return parser.parseFrom(record.body());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("this terminal wrote record " + record.seq() + " itself", e);
    }
  }

  /// The body of a record as the store gave it back.
  ///
  /// @throws StoreException if it cannot be read; silence could charge a customer twice
  static <T> T stored(JournalRecord record, Parser<T> parser) {
    try {
      return parser.parseFrom(record.body());
    } catch (InvalidProtocolBufferException e) {
      throw new StoreException(StoreFailure.CORRUPT, "body of record " + record.seq(), e);
    }
  }
}
