package dev.counterfoil.sim.demo;

import dev.counterfoil.protocol.money.Money;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// The operator's desk of a run: opens accounts, issues cards, puts money in, and writes down what the server calls each
/// card. One thread.
public final class Bank {

  private final OperatorDesk admin;
  private final Path cards;
  private final Map<String, String> accounts = new HashMap<>();

  /// @param cards file for label and token of each card
  public Bank(OperatorDesk admin, Path cards) {
    this.admin = admin;
    this.cards = cards;
  }

  /// Opens an account with a card and money in it.
  ///
  /// @param openingMinor 0 for an empty account
  /// @return the card's token, hexadecimal
  public String admit(String label, String uid, long openingMinor) throws IOException {
    String account = text(admin.one("account", "open", "--holder", label), "account");
    accounts.put(label, account);
    if (openingMinor > 0) {
      admin.run("recharge", account, Money.decimal(openingMinor), "--key", "opening-" + label);
    }
    return issued(label, admin.one("card", "issue", uid, "--account", account));
  }

  /// Issues a card that may void sales and buys nothing.
  public void admitOperator(String label, String uid) throws IOException {
    issued(label, admin.one("card", "issue", uid, "--operator-card"));
  }

  private String issued(String label, JsonObject card) throws IOException {
    Files.writeString(cards, label + "\t" + text(card, "token") + "\n", StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return text(card, "token");
  }

  void freeze(String label) throws IOException {
    admin.run("account", "freeze", account(label), "--reason", "asked by the holder");
  }

  void reportLost(String uid) throws IOException {
    admin.run("card", "lost", uid);
  }

  private String account(String label) {
    String account = accounts.get(label);
    if (account == null) {
      throw new IllegalStateException("nobody called " + label + " has an account");
    }
    return account;
  }

  private static String text(JsonObject row, String column) {
    return String.valueOf(row.getValue(column));
  }
}
