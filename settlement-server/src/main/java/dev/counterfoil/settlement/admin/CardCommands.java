package dev.counterfoil.settlement.admin;

import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.settlement.store.CardRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Cards. A card's own number is turned into a token here and forgotten.
@Command(name = "card", description = "Issue cards, replace them, report them lost, list them.", mixinStandardHelpOptions = true)
final class CardCommands {

  private final AdminCommands admin;

  CardCommands(AdminCommands admin) {
    this.admin = admin;
  }

  @Command(name = "issue", description = "Give a card to an account, or make it an operator's card.", mixinStandardHelpOptions = true)
  int issue(@Parameters(paramLabel = "UID", description = "The card's UID in hexadecimal.") String uid,
      @Option(names = "--account", description = "The account behind it.") @Nullable String account,
      @Option(names = "--operator-card", description = "May void the last sale of a terminal.") boolean operatorCard) {
    if (account == null && !operatorCard) {
      throw new AdminRefusal("BAD_INPUT", "a card needs --account or --operator-card");
    }
    long number = account == null ? 0 : AdminInput.account(account);
    CardToken token = admin.desk().token(AdminInput.uid(uid));
    show(List.of(admin.desk().issueCard(admin.site(), number, token, operatorCard, admin.operator())));
    return 0;
  }

  @Command(name = "lost", description = "Refuse this card online at once, offline within one list period.", mixinStandardHelpOptions = true)
  int lost(@Parameters(paramLabel = "UID|TOKEN") String card) {
    show(List.of(admin.desk().loseCard(admin.site(), AdminInput.card(admin, card), admin.operator())));
    return 0;
  }

  @Command(name = "found", description = "Take a loss report back.", mixinStandardHelpOptions = true)
  int found(@Parameters(paramLabel = "UID|TOKEN") String card) {
    show(List.of(admin.desk().findCard(admin.site(), AdminInput.card(admin, card), admin.operator())));
    return 0;
  }

  @Command(name = "retire", description = "Refuse a card for ever.", mixinStandardHelpOptions = true)
  int retire(@Parameters(paramLabel = "UID|TOKEN") String card) {
    show(List.of(admin.desk().retireCard(admin.site(), AdminInput.card(admin, card), admin.operator())));
    return 0;
  }

  @Command(name = "bind", description = "Move a card to another account.", mixinStandardHelpOptions = true)
  int bind(@Parameters(paramLabel = "UID|TOKEN") String card,
      @Option(names = "--account", required = true, description = "The account behind it from now on.") String account) {
    show(List.of(admin.desk().bindCard(admin.site(), AdminInput.card(admin, card),
        AdminInput.account(account), admin.operator())));
    return 0;
  }

  @Command(name = "reissue", description = "A new card in the place of an old one: same account, same balance; the old one is refused for ever.", mixinStandardHelpOptions = true)
  int reissue(@Parameters(paramLabel = "OLD-UID|TOKEN") String old,
      @Parameters(paramLabel = "UID", description = "The new card's UID in hexadecimal.") String uid) {
    show(List.of(admin.desk().reissueCard(admin.site(), AdminInput.card(admin, old),
        admin.desk().token(AdminInput.uid(uid)), admin.operator())));
    return 0;
  }

  @Command(name = "expire", description = "Say when a card's time is over.", mixinStandardHelpOptions = true)
  int expire(@Parameters(paramLabel = "UID|TOKEN") String card,
      @Option(names = "--at", required = true, paramLabel = "TIME", description = "Such as 2027-06-30T22:00:00Z, or never.") String at) {
    long expires = at.equals("never") ? 0 : AdminInput.time(at).toEpochMilli();
    show(List.of(admin.desk().expireCard(admin.site(), AdminInput.card(admin, card), expires,
        admin.operator())));
    return 0;
  }

  @Command(name = "primary", description = "Make a card the main one of its account.", mixinStandardHelpOptions = true)
  int primary(@Parameters(paramLabel = "UID|TOKEN") String card) {
    show(List.of(admin.desk().makeCardPrimary(admin.site(), AdminInput.card(admin, card),
        admin.operator())));
    return 0;
  }

  @Command(name = "list", description = "The cards of an account, or the operators' cards.", mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--account", description = "Without it: operators' cards.") @Nullable String account) {
    show(account == null ? admin.desk().reads().operatorCards(admin.site())
        : admin.desk().reads().cardsOf(admin.site(), AdminInput.account(account)));
    return 0;
  }

  private void show(List<CardRow> cards) {
    var table = new AdminTable("card", "token", "account", "status", "operator_card", "expires");
    for (CardRow card : cards) {
      table.row(card.card(), card.token().toHex(), card.account(), card.status(), card.operatorCard(),
          card.expiresMs() == 0 ? "never" : Instant.ofEpochMilli(card.expiresMs()));
    }
    admin.show(table);
  }
}
