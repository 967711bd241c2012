package dev.counterfoil.terminal.speech;

import dev.counterfoil.terminal.sale.Screen;
import dev.counterfoil.terminal.sale.Texts.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What is said to a screen: what is to be paid, what became of it. Silent where a customer can do nothing.
public final class SpokenScreen {

  private static final String APPROVED = "approved";
  private static final String BALANCE = "balance";
  private static final String DECLINED = "declined";
  private static final String VOIDED = "voided";
  private static final String PLEASE_PAY = "please-pay";
  private static final String ONE_CARD = "one-card";

  private SpokenScreen() {}

  /// The names of the recordings; empty where nothing is said.
  public static List<String> words(Screen screen, Language language) {
    return switch (screen) {
      case Screen.PresentCard(var amount) -> with(PLEASE_PAY, amount, language);
      case Screen.Approved(var amount, var balance, var _, var _) -> {
        var words = new ArrayList<>(with(APPROVED, amount, language));
        words.addAll(with(BALANCE, balance, language));
        yield List.copyOf(words);
      }
      case Screen.Collected _ -> List.of(APPROVED);
      case Screen.Balance(var balance, var _) -> with(BALANCE, balance, language);
      case Screen.Declined _,Screen.CardRefused _ -> List.of(DECLINED);
      case Screen.Voided(var amount) -> with(VOIDED, amount, language);
      case Screen.SeveralCards() -> List.of(ONE_CARD);
      // Words have no mark that says "no money": silence, so that nobody hears that he has paid.
      case Screen.Test _ -> List.of();
      case Screen.TapCard _,Screen.Counted _,Screen.TimeStarted _,Screen.Weighed _,Screen.NotWeighed _,Screen.Ready _,Screen.Typing _,Screen.CodeRead _,Screen.Password _,Screen.BalanceCard _,Screen.Working _,Screen.CashRecorded _,Screen.OperatorCard _,Screen.TestMode _,Screen.AlreadyPaid _,Screen.SameCard _,Screen.RefundSale _,Screen.RefundAmount _,Screen.RefundAsked _,Screen.Refunded _,Screen.RefundRefused _,Screen.ShiftOpened _,Screen.ShiftClosed _,Screen.ShiftEqual _,Screen.ShiftDiffers _,Screen.Rejected _,Screen.OutOfOrder _ ->
        List.of();
    };
  }

  /// Every recording that a terminal of this language needs.
  public static SortedSet<String> vocabulary(Language language) {
    var all = new TreeSet<>(SpokenAmount.vocabulary(language));
    all.addAll(List.of(APPROVED, BALANCE, DECLINED, VOIDED, PLEASE_PAY, ONE_CARD));
    return all;
  }

  private static List<String> with(String word, long minor, Language language) {
    var words = new ArrayList<>(List.of(word));
    words.addAll(SpokenAmount.words(minor, language));
    return List.copyOf(words);
  }
}
