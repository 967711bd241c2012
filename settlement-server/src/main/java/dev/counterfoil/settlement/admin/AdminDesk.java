package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.refund.RefundDesk;
import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.protocol.card.CardToken;
import dev.counterfoil.settlement.store.CardRow;
import dev.counterfoil.settlement.store.LedgerAccountRow;
import dev.counterfoil.settlement.store.SettlementReads;
import dev.counterfoil.settlement.operator.Role;
import dev.counterfoil.settlement.staff.Recruitment;
import dev.counterfoil.settlement.store.OperatorRow;
import dev.counterfoil.settlement.store.TerminalPlaceRow;
import dev.counterfoil.settlement.store.TerminalRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What operators may do, one method a deed. A change is durable when the method returns. Every method may throw
/// [AdminRefusal], and nothing was changed then. Belongs to the thread that runs the core.
public interface AdminDesk {

  /// For all that is only looked at.
  SettlementReads reads();

  /// Creates or changes a site.
  void putSite(int site, String name, String currency, String operator);

  /// @param terminal 0 for a new terminal, else the number of the one that enrols again
  IssuedCode createCode(int site, String name, int terminal, String operator);

  /// The second operator's word.
  TerminalRow confirm(int site, int terminal, String operator);

  /// Says what a terminal is and where it stands, for reports.
  TerminalPlaceRow place(TerminalPlaceRow place, String operator);

  TerminalRow freeze(int site, int terminal, String reason, String operator);

  TerminalRow unfreeze(int site, int terminal, String operator);

  /// For ever; acts at the next handshake and on every batch.
  TerminalRow revoke(int site, int terminal, String reason, String operator);

  /// Sends a command to a connected terminal and waits for its result, half a minute at most. In the operators' log
  /// before it is sent.
  ///
  /// @param command rotate, lock, unlock or diagnose
  /// @return what the terminal says about it
  /// @throws AdminRefusal NOT_CONNECTED if nothing was sent; NO_ANSWER if it may have taken effect; else the terminal's
  ///     own code for why it did not
  String order(int site, int terminal, String command, String operator);

  /// Takes an operator on. What is handed over cannot be shown again.
  ///
  /// @throws AdminRefusal BAD_NAME, NO_SUCH_SITE, OPERATOR_NAME_TAKEN
  Recruitment.HandedOver addOperator(int site, String name, Role role, String operator);

  /// Ends an operator's work here, and all sessions at once. The row stays, because the audit trail names it.
  OperatorRow dismissOperator(int site, String name, String operator);

  /// Lifts the lock that wrong passwords brought.
  void unlockOperator(int site, String name, String operator);

  /// Lets a program call the API.
  ///
  /// @param untilMs let in before this moment
  /// @throws AdminRefusal BAD_NAME, NO_SUCH_SITE, MACHINE_NAME_TAKEN, BAD_INPUT
  NewMachine addMachine(int site, String name, List<Permission> scopes, long untilMs, String operator);

  /// @param token with its site
  /// @param key   64 hexadecimal digits
  record NewMachine(String token, String key) {}

  void revokeMachine(int site, long number, String operator);

  /// Seals with the newest key what older ones sealed. Repeating is safe.
  SealRotation.Rotated rotateSeals(int site, String operator);

  /// Deeds about accounts, their permissions and relations.
  AccountDeeds accounts();

  /// The token under the installation's card key.
  CardToken token(byte[] uid);

  /// @param account 0 for an operator card without an account
  CardRow issueCard(int site, long account, CardToken token, boolean operatorCard, String operator);

  CardRow loseCard(int site, CardToken token, String operator);

  CardRow findCard(int site, CardToken token, String operator);

  CardRow retireCard(int site, CardToken token, String operator);

  CardRow bindCard(int site, CardToken token, long account, String operator);

  /// @param old refused everywhere from now on
  /// @return the new one
  CardRow reissueCard(int site, CardToken old, CardToken token, String operator);

  /// @param expiresMs 0 for never
  CardRow expireCard(int site, CardToken token, long expiresMs, String operator);

  CardRow makeCardPrimary(int site, CardToken token, String operator);

  /// Credits the account.
  ///
  /// @param key one recharge a key: repeated, it changes nothing and answers the same
  /// @return the account's ledger account afterwards
  LedgerAccountRow recharge(int site, long account, long amountMinor, String key, String operator);

  /// Pays back a sale or a part of it.
  ///
  /// @param key one refund a key: repeated, it changes nothing and answers the same
  RefundDesk.Refunded refund(int site, TransactionId sale, long amountMinor, String key, String operator);

  /// Transfers, freezes, withdrawals and corrections.
  MoneyDesk money();

  /// Recharges that are not cash, and gateways' bills.
  RechargeDeeds recharges();

  /// Files of another system.
  ImportDeeds imports();

  /// Holders' orders of meals.
  MealDeeds meals();

  void resolve(int site, long exception, String resolution, String operator);

  /// Compares every cached balance with its transfers.
  ///
  /// @return one line a difference; empty when the books are right
  List<String> verifyLedger(int site);

  /// Reads a terminal's records back and checks links and every signature.
  ChainReport verifyChain(int site, int terminal);

  /// Takes records that only the safe copy still has into the books, by the way that pushed ones take, and resolves
  /// what the exception queue said of their absence. Each batch of records is a commit of its own; repeating is safe.
  ///
  /// @param dryRun verifies and writes nothing
  /// @return one entry for every terminal of the copy
  List<Replayed> replaySafe(int site, Path copy, boolean dryRun, String operator);

  /// @param read     records in the copy
  /// @param present  of them in the books already, byte for byte
  /// @param taken    taken in now, or, in a dry run, good
  /// @param refused  the others
  /// @param problems stable codes with their places, at most a few; empty when all is well
  record Replayed(int terminal, String name, long read, long present, long taken, long refused,
      List<String> problems) {

    public Replayed {
      problems = List.copyOf(problems);
    }
  }

  /// @param text the code to pass on; shown once, kept nowhere
  record IssuedCode(String text, Instant expires) {}

  /// @param problem empty when the chain is whole
  record ChainReport(long firstSeq, long lastSeq, long records, String problem) {}
}
