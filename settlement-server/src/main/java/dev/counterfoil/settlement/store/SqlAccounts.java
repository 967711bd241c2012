package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.policy.AccountStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Statements, binding and reading of the tables about accounts and cards, and of what terminals must learn of them.
final class SqlAccounts {

  static final String ACCOUNT = "site, account, number, holder_name, status, restricted, may_spend, enable_online,"
      + " enable_offline, per_tap_minor, per_day_minor, per_month_minor, guarded, subsidised, currency, cash_ledger,"
      + " card_class, discount_permille";
  static final String CARD = "site, card, token, account, status, operator_card, expires_ms";
  static final String CHANGE = "site, account, version";
  static final String DENIAL = "site, token, version, denied";

  static final String PUT_ACCOUNT = SqlText.upsert("account", ACCOUNT, "site, account");
  static final String PUT_CARD = SqlText.upsert("card", CARD, "site, card");
  static final String PUT_CHANGE = SqlText.upsert("account_change", CHANGE, "site, account");
  static final String PUT_DENIAL = SqlText.upsert("deny", DENIAL, "site, token");

  private SqlAccounts() {}

  static void bind(PreparedStatement s, AccountRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.account());
    SqlText.bindText(s, 3, row.number());
    SqlText.bindText(s, 4, row.holderName());
    s.setInt(5, row.status().code());
    s.setInt(6, row.restricted() ? 1 : 0);
    s.setInt(7, row.maySpend() ? 1 : 0);
    s.setInt(8, row.enableOnline() ? 1 : 0);
    s.setInt(9, row.enableOffline() ? 1 : 0);
    s.setLong(10, row.perTapMinor());
    s.setLong(11, row.perDayMinor());
    s.setLong(12, row.perMonthMinor());
    s.setInt(13, row.guarded() ? 1 : 0);
    s.setInt(14, row.subsidised() ? 1 : 0);
    SqlText.bindText(s, 15, row.currency());
    s.setLong(16, row.cashLedger());
    s.setInt(17, row.terms().cardClass());
    s.setInt(18, row.terms().discountPermille());
  }

  static void bind(PreparedStatement s, CardRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.card());
    s.setBytes(3, row.token().bytes());
    s.setLong(4, row.account());
    s.setInt(5, row.status().code());
    s.setInt(6, row.operatorCard() ? 1 : 0);
    s.setLong(7, row.expiresMs());
  }

  static void bind(PreparedStatement s, AccountChangeRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setLong(2, row.account());
    s.setLong(3, row.version());
  }

  static AccountChangeRow change(ResultSet r) throws SQLException {
    return new AccountChangeRow(r.getInt(1), r.getLong(2), r.getLong(3));
  }

  static void bind(PreparedStatement s, DenyRow row) throws SQLException {
    s.setInt(1, row.site());
    s.setBytes(2, row.token().bytes());
    s.setLong(3, row.version());
    s.setInt(4, row.denied() ? 1 : 0);
  }

  static DenyRow denial(ResultSet r) throws SQLException {
    return new DenyRow(r.getInt(1), CardToken.of(r.getBytes(2)), r.getLong(3), r.getInt(4) != 0);
  }

  static AccountRow account(ResultSet r) throws SQLException {
    return new AccountRow(r.getInt(1), r.getLong(2), r.getString(3), r.getString(4),
        AccountStatus.of(r.getInt(5)), r.getInt(6) != 0, r.getInt(7) != 0, r.getInt(8) != 0, r.getInt(9) != 0,
        r.getLong(10), r.getLong(11), r.getLong(12), r.getInt(13) != 0, r.getInt(14) != 0,
        r.getString(15), r.getLong(16), new PriceTerms(r.getInt(17), r.getInt(18)));
  }

  static CardRow card(ResultSet r) throws SQLException {
    return new CardRow(r.getInt(1), r.getLong(2), CardToken.of(r.getBytes(3)), r.getLong(4),
        CardStatus.of(r.getInt(5)), r.getInt(6) != 0, r.getLong(7));
  }
}
