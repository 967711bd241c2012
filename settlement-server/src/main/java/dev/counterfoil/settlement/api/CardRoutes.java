package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.settlement.core.SettlementCore;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.request.Done;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.SettlementReads;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// `/accounts/{accountId}/cards` and `/cards`. A card's own number comes in once, when it is issued, and is neither kept
/// nor logged; afterwards a card is its token.
final class CardRoutes {

  private static final Access VIEW = new Access.Needs(Permission.ACCOUNT_VIEW);
  private static final Access MANAGE = new Access.Needs(Permission.CARD_MANAGE);
  private static final Pattern UID = Pattern.compile("([0-9a-fA-F]{2}){4,10}");
  private static final Pattern TOKEN = Pattern.compile("[0-9a-fA-F]{40}");

  private final Function<byte[], CardToken> tokens;

  /// @param tokens makes a token of a card's number, with the installation's card key
  CardRoutes(Function<byte[], CardToken> tokens) {
    this.tokens = tokens;
  }

  private interface Change {
    CardRow apply(SettlementCore server, Call call, CardToken token);
  }

  List<Route> routes() {
    return List.of(Route.read("/accounts/{accountId}/cards", VIEW, CardRoutes::list),
        Route.change(Verb.POST, "/accounts/{accountId}/cards", MANAGE, "CARD_ISSUE", this::issue),
        change("lost", "CARD_LOST", (server, call, token) -> server.cards().reportLost(call.site(), token,
            call.nowMs())),
        change("found", "CARD_FOUND", (server, call, token) -> server.cards().found(call.site(), token,
            call.nowMs())),
        change("retire", "CARD_RETIRE", (server, call, token) -> server.cards().retire(call.site(), token,
            call.nowMs())));
  }

  private static ObjectNode list(Call call, SettlementReads reads) {
    return Page.whole(reads.cardsOf(call.site(), AccountRoutes.known(call, reads).account()), Views::card);
  }

  private Function<SettlementCore, Done> issue(Call call) {
    long account = call.number("accountId");
    CardToken token = tokens.apply(uid(call.body().text("uid", 40)));
    return server -> {
      CardRow card = server.cards().issue(call.site(), token, account, call.nowMs());
      return new Done(201, Views.card(card).toString(), "card " + card.card(), "",
          "issued to account " + account);
    };
  }

  private static Route change(String verb, String action, Change change) {
    return Route.change(Verb.POST, "/cards/{token}/" + verb, MANAGE, action, call -> {
      CardToken token = token(call);
      return server -> {
        String before = server.reads().card(call.site(), token).map(card -> card.status().name()).orElse("");
        CardRow after = change.apply(server, call, token);
        return new Done(200, Views.card(after).toString(), "card " + after.card(), before,
            after.status().name());
      };
    });
  }

  static CardToken token(Call call) {
    String text = call.text("token");
    if (!TOKEN.matcher(text).matches()) {
      throw new ApiException("FIELD_INVALID", "path=token allowed=40 hexadecimal digits");
    }
    return CardToken.parse(text.toLowerCase(Locale.ROOT));
  }

  /// A card's number does not belong into an error text.
  static byte[] uid(String text) {
    String digits = text.replace(":", "").replace(" ", "");
    if (!UID.matcher(digits).matches()) {
      throw new ApiException("FIELD_INVALID",
          "field=uid allowed=4 to 10 bytes in hexadecimal, such as 04A1B2C3");
    }
    return HexFormat.of().parseHex(digits);
  }
}
