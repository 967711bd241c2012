package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.app.ConfigException.Code;
import dev.counterfoil.terminal.app.TerminalConfig.Card;
import dev.counterfoil.terminal.app.TerminalConfig.Proof;
import dev.counterfoil.terminal.driver.proof.FileOfCard;
import dev.counterfoil.terminal.driver.proof.IdentityRule;
import java.util.List;
import java.util.Locale;

/// Reads the table `[card]`: how a card must show who it is.
final class CardTable {

  private static final String IDENTITY = "identity";
  private static final int MAX_APPLICATION = 0xFFFFFF;
  private static final int MAX_KEY_NUMBER = 13;
  private static final int MAX_FILE = 31;
  private static final int MAX_OFFSET = 8_191;

  private CardTable() {}

  static Card read(ConfigTable table) throws ConfigException {
    var proof = Proof
        .valueOf(constant(table.choice("proof", "uid", List.of("uid", "desfire-ev1", "desfire-ev2"))));
    var card = new Card(proof, table.text("key-file", "cards.keys"), table.flag("diversified", true),
        IdentityRule.valueOf(constant(table.choice(IDENTITY, "file", List.of("file", "uid")))), file(table));
    table.finish();
    requireWhole(table, card);
    return card;
  }

  private static FileOfCard file(ConfigTable table) throws ConfigException {
    return new FileOfCard(table.integer("application", 0, 0, MAX_APPLICATION),
        table.integer("key-number", 0, 0, MAX_KEY_NUMBER), table.integer("file", 1, 0, MAX_FILE),
        table.integer("offset", 0, 0, MAX_OFFSET), table.integer("length", 7, 4, 10));
  }

  private static void requireWhole(ConfigTable table, Card card) throws ConfigException {
    boolean desfire = card.proof() == Proof.DESFIRE_EV1 || card.proof() == Proof.DESFIRE_EV2;
    if (desfire && card.file().application() == 0) {
      throw table.wrong(Code.CONFIG_MISSING, "application",
          "must be set where proof = \"desfire-ev1\" or \"desfire-ev2\"");
    }
    // Whoever has one good card could lend its key to any UID.
    if (card.proof() != Proof.UID && card.identity() == IdentityRule.UID && !card.diversified()) {
      throw table.wrong(Code.CONFIG_CONFLICT, IDENTITY,
          "= \"uid\" needs diversified = true: a key that all cards share vouches for none of their UIDs");
    }
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
