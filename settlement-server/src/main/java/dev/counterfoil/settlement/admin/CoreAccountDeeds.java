package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.account.PasswordDesk;
import dev.counterfoil.settlement.ledger.OwnId;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.money.Money;
import dev.counterfoil.settlement.account.AccountEvent;
import dev.counterfoil.settlement.account.Opening;
import dev.counterfoil.settlement.password.HolderPasswords;
import dev.counterfoil.settlement.store.AccountPasswordRow;
import dev.counterfoil.settlement.store.AccountRow;
import dev.counterfoil.settlement.store.PermissionRow;
import dev.counterfoil.settlement.store.PriceTerms;
import dev.counterfoil.settlement.store.RelationRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/// The operators' deeds about accounts on the core, each with its line in their log.
final class CoreAccountDeeds implements AccountDeeds {

  private final Deeds deeds;
  private final InstantSource clock;
  private final HolderPasswords passwords;

  CoreAccountDeeds(Deeds deeds, InstantSource clock, HolderPasswords passwords) {
    this.deeds = deeds;
    this.clock = clock;
    this.passwords = passwords;
  }

  @Override
  public AccountRow open(int site, Opening opening, String key, String operator) {
    TransactionId funding = OwnId.ofKey("opening", site, key);
    return deeds.change(site, operator, "account open", told(opening),
        server -> server.accounts().open(site, opening, funding, clock.millis()).row());
  }

  private static String told(Opening opening) {
    return "holder=" + opening.holderName() + " kind=" + opening.kind() + " owner=" + opening.owner()
        + " offline=" + opening.enableOffline() + " balance=" + told(opening.openingMinor())
        + " credit=" + told(opening.creditMinor());
  }

  private static String told(long amount) {
    return amount == Opening.SITES ? "site" : Money.decimal(amount);
  }

  @Override
  public AccountRow apply(int site, long account, AccountEvent event, String operator) {
    return deeds.change(site, operator, "account status", "account=" + account + " event=" + event,
        server -> server.accounts().apply(site, account, event, clock.millis()).row());
  }

  @Override
  public AccountRow liftRestriction(int site, long account, String operator) {
    return deeds.change(site, operator, "account unrestrict", "account=" + account,
        server -> server.accounts().changeRestriction(site, account, false, clock.millis()));
  }

  @Override
  public AccountRow channels(int site, long account, boolean maySpend, boolean online, boolean offline,
      String operator) {
    return deeds.change(site, operator, "account channels",
        "account=" + account + " spend=" + maySpend + " online=" + online + " offline=" + offline,
        server -> server.accounts().changeChannels(site, account, maySpend, online, offline,
            clock.millis()));
  }

  @Override
  public AccountRow limits(int site, long account, long perTap, long perDay, long perMonth,
      String operator) {
    return deeds.change(site, operator, "account limits",
        "account=" + account + " single=" + Money.decimal(perTap) + " daily=" + Money.decimal(perDay)
            + " monthly=" + Money.decimal(perMonth),
        server -> server.accounts().changeLimits(site, account, perTap, perDay, perMonth, clock.millis()));
  }

  @Override
  public AccountRow terms(int site, long account, PriceTerms terms, String operator) {
    return deeds.change(site, operator, "account terms",
        "account=" + account + " class=" + terms.cardClass() + " discount=" + terms.discountPermille(),
        server -> server.accounts().changeTerms(site, account, terms, clock.millis()));
  }

  @Override
  public AccountRow credit(int site, long account, long creditMinor, String operator) {
    return deeds.change(site, operator, "account credit",
        "account=" + account + " credit=" + Money.decimal(creditMinor),
        server -> server.accounts().changeCredit(site, account, creditMinor, clock.millis()));
  }

  @Override
  public AccountRow makePrimary(int site, long account, String operator) {
    return deeds.change(site, operator, "account primary", "account=" + account,
        server -> server.accounts().makePrimary(site, account, clock.millis()).row());
  }

  @Override
  public AccountRow delete(int site, long account, String operator) {
    return deeds.change(site, operator, "account delete", "account=" + account,
        server -> server.accounts().delete(site, account, clock.millis()).row());
  }

  @Override
  public String resetPassword(int site, long account, String operator) {
    char[] digits = passwords.fresh();
    String stored = passwords.stored(digits).orElseThrow();
    change(site, operator, "account password reset", account,
        desk -> desk.set(site, account, stored, clock.millis()));
    return new String(digits);
  }

  @Override
  public void removePassword(int site, long account, String operator) {
    change(site, operator, "account password remove", account,
        desk -> desk.set(site, account, "", clock.millis()));
  }

  @Override
  public void unlockPassword(int site, long account, String operator) {
    change(site, operator, "account password unlock", account,
        desk -> desk.unlock(site, account, clock.millis()));
  }

  @Override
  public void securityQuestion(int site, long account, String question, String answer, String operator) {
    String stored = passwords.storedAnswer(answer);
    change(site, operator, "account password question", account,
        desk -> desk.question(site, account, question, stored, clock.millis()));
  }

  private void change(int site, String operator, String command, long account,
      Function<PasswordDesk, AccountPasswordRow> work) {
    deeds.change(site, operator, command, "account=" + account,
        server -> work.apply(server.accounts().passwords()));
  }

  @Override
  public PermissionRow grant(PermissionRow wanted, String operator) {
    return deeds.change(wanted.site(), operator, "account permission grant", told(wanted),
        server -> server.accounts().permissions().grant(wanted, clock.millis()));
  }

  private static String told(PermissionRow row) {
    return "account=" + row.account() + " type=" + row.type() + " by_holder=" + row.byHolder() + " scope="
        + row.scope() + " single=" + Money.decimal(row.singleMinor()) + " daily="
        + Money.decimal(row.dailyMinor()) + " monthly=" + Money.decimal(row.monthlyMinor()) + " from="
        + Instant.ofEpochMilli(row.fromMs()) + " until="
        + (row.untilMs() == 0 ? "" : Instant.ofEpochMilli(row.untilMs()));
  }

  @Override
  public PermissionRow enable(int site, long account, int number, boolean enabled, String operator) {
    return deeds.change(site, operator, "account permission " + (enabled ? "enable" : "disable"),
        "account=" + account + " permission=" + number,
        server -> server.accounts().permissions().enable(site, account, number, enabled, clock.millis()));
  }

  @Override
  public RelationRow relate(RelationRow wanted, String operator) {
    return deeds.change(wanted.site(), operator, "account relation add",
        "main=" + wanted.main() + " sub=" + wanted.sub() + " type=" + wanted.type() + " level="
            + wanted.level(),
        server -> server.accounts().permissions().relate(wanted, clock.millis()));
  }

  @Override
  public RelationRow enableRelation(int site, long main, int number, boolean enabled, String operator) {
    return deeds.change(site, operator, "account relation " + (enabled ? "enable" : "disable"),
        "main=" + main + " relation=" + number,
        server -> server.accounts().permissions().enableRelation(site, main, number, enabled,
            clock.millis()));
  }
}
