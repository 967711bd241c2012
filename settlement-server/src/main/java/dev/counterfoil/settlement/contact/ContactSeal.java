package dev.counterfoil.settlement.contact;

import dev.counterfoil.settlement.secret.Cell;
import dev.counterfoil.settlement.secret.KeyedHash;
import dev.counterfoil.settlement.secret.SealedColumn;
import dev.counterfoil.settlement.store.ContactRow;
import java.util.List;

/// Seals and opens telephone numbers of holders (SEC-02). No number is in the database in clear; one is found by its exact
/// digits. Thread-safe.
public final class ContactSeal {

  private static final byte[] NONE = {};

  private final SealedColumn sealed;
  private final KeyedHash phones;

  public ContactSeal(SealedColumn sealed) {
    this.sealed = sealed;
    this.phones = sealed.keyedHash("counterfoil/phone/v1");
  }

  /// @param phone digits and a plus sign, may be empty
  public ContactRow seal(int site, long account, String phone) {
    return phone.isEmpty() ? new ContactRow(site, account, NONE, NONE)
        : new ContactRow(site, account, sealed.seal(cell(site, account), phone), phones.of(phone));
  }

  /// The number; empty for none.
  ///
  /// @throws dev.counterfoil.settlement.secret.SealException SEAL_BROKEN, KEY_MISSING
  public String open(ContactRow row) {
    return row.phone().length == 0 ? "" : sealed.open(cell(row.site(), row.account()), row.phone());
  }

  /// What to look a number up by, newest key first.
  public List<byte[]> phoneKeys(String phone) {
    return phones.all(phone);
  }

  /// Whether it is sealed with an older key.
  public boolean isOutdated(ContactRow row) {
    return row.phone().length > 0 && sealed.isOutdated(cell(row.site(), row.account()), row.phone());
  }

  private static Cell cell(int site, long account) {
    return new Cell(site, "account_contact", "phone", Long.toString(account));
  }
}
