package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.app.ConfigException.Code;
import dev.counterfoil.terminal.app.TerminalConfig.Card;
import dev.counterfoil.terminal.app.TerminalConfig.Proof;
import dev.counterfoil.terminal.device.SectorKey.Letter;
import dev.counterfoil.terminal.driver.proof.FileOfCard;
import dev.counterfoil.terminal.driver.proof.IdentityRule;
import dev.counterfoil.terminal.driver.proof.SectorOfCard;
import java.util.List;
import java.util.Locale;

/// Reads the table `[card]`: how a card must show who it is.
final class CardTable {

  private static final String IDENTITY = "identity";
  private static final int MAX_APPLICATION = 0xFFFFFF;
  private static final int MAX_KEY_NUMBER = 13;
  private static final int MAX_FILE = 31;
  private static final int MAX_SECTOR = 39;
  private static final int FIRST_LARGE_SECTOR = 32;
  private static final int BLOCK = 16;
  private static final int MAX_OFFSET = 8_191;

  private CardTable() {}

  static Card read(ConfigTable table) throws ConfigException {
    var proof = Proof.valueOf(
        constant(
            table.choice("proof", "uid", List.of("uid", "sector", "sun", "desfire-ev1", "desfire-ev2"))));
    var file = file(table);
    var card = new Card(proof, table.text("key-file", "cards.keys"), table.flag("diversified", true),
        IdentityRule.valueOf(constant(table.choice(IDENTITY, "file", List.of("file", "uid")))), file,
        sector(table, file));
    table.finish();
    requireWhole(table, card);
    return card;
  }

  private static SectorOfCard sector(ConfigTable table, FileOfCard file) throws ConfigException {
    int sector = table.integer("sector", 1, 1, MAX_SECTOR);
    int block = table.integer("block", 0, 0, sector < FIRST_LARGE_SECTOR ? 2 : 14);
    var letters = switch (table.choice("sector-keys", "A", List.of("A", "B", "AB"))) {
      case "A" -> List.of(Letter.A);
      case "B" -> List.of(Letter.B);
      default -> List.of(Letter.A, Letter.B);
    };
    // What reaches beyond the block is told below, where sectors are read at all.
    return new SectorOfCard(sector, block, Math.min(file.offset(), BLOCK - file.length()), file.length(),
        letters);
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
    if (card.proof() == Proof.SECTOR && card.file().offset() + card.file().length() > BLOCK) {
      throw table.wrong(Code.CONFIG_CONFLICT, "offset", "and length reach beyond the 16 bytes of a block");
    }
    // Whoever has one good card could lend its key to any UID.
    if (card.proof() != Proof.UID && card.proof() != Proof.SUN && card.identity() == IdentityRule.UID
        && !card.diversified()) {
      throw table.wrong(Code.CONFIG_CONFLICT, IDENTITY,
          "= \"uid\" needs diversified = true: a key that all cards share vouches for none of their UIDs");
    }
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
