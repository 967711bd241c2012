package dev.counterfoil.terminal.driver.pn532;

import dev.counterfoil.terminal.device.CardIdentity;
import dev.counterfoil.terminal.device.CardTechnology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads the cards out of a reply to InListPassiveTarget for 106 kbit/s type A (UM0701-02 section 7.3.5).
///
/// ```
/// 4B NbTg { Tg ATQA(2) SAK UIDlen UID.. [ATSlen ATS..] }      ATSlen counts itself; ATS only when SAK has bit 20
/// ```
/// The reply must be used up exactly; anything else is no list, because a shifted field would still look like a UID.
final class Pn532Targets {

  private static final int RECORD_HEADER = 5;
  private static final int SAK_ISO_DEP_BIT = 0x20;
  private static final int MAX_TARGETS = 2;

  private final byte[] reply;
  private int at = 2;

  private Pn532Targets(byte[] reply) {
    this.reply = reply;
  }

  /// The cards listed in this reply, none to two of them, or empty when the reply is malformed.
  static Optional<List<CardIdentity>> parse(byte[] reply) {
    if (reply.length < 2 || octet(reply, 1) > MAX_TARGETS) {
      return Optional.empty();
    }
    return new Pn532Targets(reply).cards(octet(reply, 1));
  }

  private Optional<List<CardIdentity>> cards(int count) {
    var cards = new ArrayList<CardIdentity>(count);
    for (int i = 0; i < count; i++) {
      var card = card();
      if (card.isEmpty()) {
        return Optional.empty();
      }
      cards.add(card.get());
    }
    return at == reply.length ? Optional.of(List.copyOf(cards)) : Optional.empty();
  }

  private Optional<CardIdentity> card() {
    if (at + RECORD_HEADER > reply.length) {
      return Optional.empty();
    }
    int atqa = octet(reply, at + 1) << 8 | octet(reply, at + 2);
    int sak = octet(reply, at + 3);
    int uidLength = octet(reply, at + 4);
    int uidEnd = at + RECORD_HEADER + uidLength;
    if (uidEnd > reply.length || uidLength != 4 && uidLength != 7 && uidLength != 10) {
      return Optional.empty();
    }
    var uid = Arrays.copyOfRange(reply, at + RECORD_HEADER, uidEnd);
    at = uidEnd;
    return ats(sak).map(ats -> new CardIdentity(CardTechnology.of(atqa, sak), uid, atqa, sak, ats));
  }

  private Optional<byte[]> ats(int sak) {
    if ((sak & SAK_ISO_DEP_BIT) == 0 || at == reply.length) {
      return Optional.of(new byte[0]);
    }
    int end = at + octet(reply, at);
    if (end == at || end > reply.length) {
      return Optional.empty();
    }
    var ats = Arrays.copyOfRange(reply, at + 1, end);
    at = end;
    return Optional.of(ats);
  }

  private static int octet(byte[] bytes, int index) {
    return bytes[index] & 0xFF;
  }
}
