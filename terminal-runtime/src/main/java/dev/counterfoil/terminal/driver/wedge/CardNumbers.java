package dev.counterfoil.terminal.driver.wedge;

import dev.counterfoil.terminal.device.CardIdentity;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a typed number says about a card. Pure.
final class CardNumbers {

  private static final Pattern DECIMAL = Pattern.compile("[0-9]+");
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]+");
  private static final long HIGHEST_32_BITS = 0xFFFF_FFFFL;
  private static final int HIGHEST_FACILITY = 0xFF;
  private static final int HIGHEST_CARD = 0xFFFF;
  private static final int FACILITY_DIGITS = 3;
  private static final byte WIEGAND_26 = 26;

  private CardNumbers() {}

  /// @param content not CODE
  /// @return the card, or empty if the text is no number of this form
  static Optional<CardIdentity> read(WedgeSettings.Content content, String text) {
    return switch (content) {
      case DECIMAL10 -> text.length() == 10 && DECIMAL.matcher(text).matches()
          && Long.parseLong(text) <= HIGHEST_32_BITS ? Optional.of(uid(Long.parseLong(text)))
              : Optional.empty();
      case DECIMAL8 ->
        text.length() == 8 && DECIMAL.matcher(text).matches() ? short26(text) : Optional.empty();
      case HEX8 -> text.length() == 8 ? hex(text) : Optional.empty();
      case HEX14 -> text.length() == 14 ? hex(text) : Optional.empty();
      case CODE -> throw new IllegalStateException("codes are no cards");
    };
  }

  private static Optional<CardIdentity> hex(String text) {
    return HEX.matcher(text).matches()
        ? Optional.of(CardIdentity.ofNumber(HexFormat.of().parseHex(text)))
        : Optional.empty();
  }

  /// The same card as by Wiegand 26.
  private static Optional<CardIdentity> short26(String text) {
    int facility = Integer.parseInt(text.substring(0, FACILITY_DIGITS));
    int card = Integer.parseInt(text.substring(FACILITY_DIGITS));
    return facility > HIGHEST_FACILITY || card > HIGHEST_CARD
        ? Optional.empty()
        : Optional.of(CardIdentity.ofNumber(
            new byte[] {WIEGAND_26, 0, (byte) facility, (byte) (card >> 8), (byte) card}));
  }

  private static CardIdentity uid(long number) {
    return CardIdentity.ofNumber(new byte[] {(byte) (number >> 24), (byte) (number >> 16),
        (byte) (number >> 8), (byte) number});
  }
}
