package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TransactionId;
import java.util.List;
import java.util.Optional;

/// What the server may ask its store about machines, applications for refunds, notices and holders' contacts. Rules as in
/// {@link SettlementReads}.
public interface OfficeReads {

  /// By number, revoked and expired ones too.
  List<MachineRow> machines(int site);

  /// Revoked and expired ones too.
  Optional<MachineRow> machine(int site, Hash token);

  boolean hasNonce(int site, long machine, String nonce);

  /// Whether there is a nonce that was used before a moment.
  boolean hasNonceBefore(int site, long atMs);

  /// Number of the newest application, 0 when there is none.
  long lastApplication(int site);

  Optional<RefundApplicationRow> application(int site, long number);

  Optional<RefundApplicationRow> application(int site, TransactionId transaction);

  /// At most `limit` applications in a state with a number above `after`, by number.
  List<RefundApplicationRow> applications(int site, RefundApplicationRow.State state, long after, int limit);

  /// Number of the newest notice, 0 when there is none.
  long lastNotice(int site);

  /// At most `limit` notices for an account's holder with a number above `after`, by number.
  List<NoticeRow> notices(int site, long account, long after, int limit);

  Optional<ContactRow> contact(int site, long account);

  /// By account.
  List<ContactRow> contactsByPhone(int site, byte[] phoneKey);

  /// At most `limit` contacts of accounts above `after`, by account.
  List<ContactRow> contacts(int site, long after, int limit);
}
