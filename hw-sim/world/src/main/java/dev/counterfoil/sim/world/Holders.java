package dev.counterfoil.sim.world;

import dev.counterfoil.protocol.card.CardToken;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// The people who eat here: each has an account, a card and some money, and roams between the terminals. A few are
/// poor and share the habit of paying at several terminals at once.
public final class Holders {
  /// One person.
  ///
  /// @param account the server's number, index + 1
  /// @param openingMinor money on the account at the start, minor units
  public record Holder(int index, long account, CardToken card, long openingMinor, boolean enableOffline) {}

  private static final byte[] CARD_KEY = "the card key of a simulated town"
      .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int STRANGER = 1 << 24;

  private final List<Holder> holders = new ArrayList<>();
  private final CardToken operatorCard;

  /// @param days what they bring is meant for so many days
  public Holders(int count, int days, SplittableRandom random) {
    for (int i = 0; i < count; i++) {
      boolean poor = random.nextInt(12) == 0;
      long opening = poor ? 500 + random.nextInt(4_000) : 30_000 + random.nextInt(120_000);
      holders.add(new Holder(i, i + 1L, token(i), opening * days, random.nextInt(20) != 0));
    }
    this.operatorCard = token(STRANGER - 1);
  }

  public List<Holder> all() {
    return Collections.unmodifiableList(holders);
  }

  public Holder draw(SplittableRandom random) {
    return holders.get(random.nextInt(holders.size()));
  }

  /// These people, numbered from 0 in this order.
  ///
  /// @param operatorCard the card that may take back a terminal's last sale
  public Holders(List<Holder> people, CardToken operatorCard) {
    holders.addAll(people);
    this.operatorCard = operatorCard;
  }

  /// The card that may take back a terminal's last sale.
  public CardToken operatorCard() {
    return operatorCard;
  }

  /// A card that no account belongs to.
  public CardToken stranger(SplittableRandom random) {
    return token(STRANGER + random.nextInt(1_000));
  }

  private static CardToken token(int identity) {
    return CardToken.derive(1, CARD_KEY,
        ByteBuffer.allocate(7).put((byte) 4).putInt(identity).put((byte) 0xB2).array());
  }
}
