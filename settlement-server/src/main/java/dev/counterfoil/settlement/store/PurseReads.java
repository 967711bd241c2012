package dev.counterfoil.settlement.store;

import java.util.List;
import java.util.Optional;

/// What the server may ask its store about subsidies. Rules as in {@link SettlementReads}.
public interface PurseReads {

  Optional<PurseRow> purse(int site, long ledger);

  /// What an account was granted under a name.
  Optional<PurseRow> purse(int site, long account, String name);

  /// All that an account was ever granted, by ledger account.
  List<PurseRow> pursesOf(int site, long account);

  /// At most `limit` that the clock must look at at `nowMs`, the longest due first.
  List<PurseRow> pursesDue(int site, long nowMs, int limit);
}
