package dev.counterfoil.settlement.store;

import dev.counterfoil.protocol.id.TransactionId;
import dev.counterfoil.settlement.gateway.GatewayName;
import java.util.List;
import java.util.Optional;

/// What the server may ask its store about recharges that are not cash. Rules as in {@link SettlementReads}.
public interface RechargeReads {

  /// What an account has under way and had collected, of orders and announcements since a moment.
  ///
  /// @param count of those that are not booked yet
  /// @param pendingMinor the same, minor units
  /// @param selfServiceMinor of the self-service methods, booked ones too, minor units
  record UnderWay(long count, long pendingMinor, long selfServiceMinor) {

    public UnderWay plus(UnderWay other) {
      return new UnderWay(Math.addExact(count, other.count), Math.addExact(pendingMinor, other.pendingMinor),
          Math.addExact(selfServiceMinor, other.selfServiceMinor));
    }
  }

  Optional<GatewayOrderRow> order(int site, TransactionId transaction);

  /// Orders of one gateway that are due, the longest due first.
  List<TransactionId> ordersDue(int site, GatewayName gateway, long nowMs, int limit);

  /// Orders of one gateway that changed since then, by transaction, behind `after`.
  List<GatewayOrderRow> ordersSince(int site, GatewayName gateway, long sinceMs, TransactionId after,
      int limit);

  /// Number of the newest announcement, 0 when there is none.
  long lastArrival(int site);

  Optional<ArrivalRow> arrival(int site, long number);

  Optional<ArrivalRow> arrival(int site, TransactionId transaction);

  /// The announcement that a reference belongs to, unless it was cancelled.
  Optional<ArrivalRow> arrival(int site, RechargeMethod method, String reference);

  /// At most `limit` announcements in a state with a number above `after`, by number.
  List<ArrivalRow> arrivals(int site, ArrivalState state, long after, int limit);

  /// At most `limit` pending ones whose time has come, by number.
  List<ArrivalRow> arrivalsDue(int site, long nowMs, int limit);

  /// @param sinceMs server time from which orders and announcements count
  UnderWay underWay(int site, long account, long sinceMs);
}
