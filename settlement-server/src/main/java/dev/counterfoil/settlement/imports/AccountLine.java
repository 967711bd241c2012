package dev.counterfoil.settlement.imports;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.account.Opening;
import dev.counterfoil.settlement.store.AccountKind;
import dev.counterfoil.settlement.store.OwnerKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One account of another system.
///
/// @param row       of the file
/// @param reference its number there
/// @param phone     digits, may be empty
record AccountLine(int row, String reference, Opening opening, String phone, Optional<CardToken> card) {

  static final List<String> NEEDED = List.of("reference", "holder_name");
  static final List<String> OTHERS = List.of("kind", "owner", "owner_kind", "account_name", "phone", "card",
      "opening_balance", "credit_limit", "offline", "main", "until", "site");

  /// @return empty if a cell is a fault
  static Optional<AccountLine> read(Cells cells) {
    cells.sameSite("site");
    String reference = cells.needed("reference");
    AccountKind kind = cells.choice("kind", AccountKind.class, AccountKind.PERSONAL);
    OwnerKind ownerKind = cells.choice("owner_kind", OwnerKind.class, OwnerKind.usual(kind));
    var opening = new Opening(kind, ownerKind, cells.text("owner"), cells.needed("holder_name"),
        cells.text("account_name"), cells.yes("offline", true), cells.amount("opening_balance"),
        cells.amount("credit_limit"), cells.account("main"), cells.time("until"));
    String phone = cells.phone("phone");
    Optional<CardToken> card = cells.card("card");
    return cells.isGood() ? Optional.of(new AccountLine(cells.row(), reference, opening, phone, card))
        : Optional.empty();
  }

  /// Of everything that the row says, but no telephone number: there are few enough to try them all against a hash.
  Hash content() {
    Opening o = opening;
    String all = String.join("\0", reference, o.kind().name(), o.ownerKind().name(), o.owner(),
        o.holderName(), o.accountName(), Boolean.toString(o.enableOffline()), Long.toString(o.openingMinor()),
        Long.toString(o.creditMinor()), Long.toString(o.main()), Long.toString(o.expiresMs()),
        card.map(CardToken::toHex).orElse(""));
    return Sha256.hash(all.getBytes(StandardCharsets.UTF_8));
  }
}
