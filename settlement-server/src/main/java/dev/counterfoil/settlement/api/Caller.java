package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.operator.Operator;

/// Who sent a request.
///
/// @param session     hash of the token that the request carried
/// @param passwordDue the one-time password must be changed before anything else
record Caller(Operator operator, Hash session, boolean passwordDue) {

  /// As it stands in stored answers; names may be given anew, numbers never.
  String key() {
    return "operator/" + operator.number();
  }
}
