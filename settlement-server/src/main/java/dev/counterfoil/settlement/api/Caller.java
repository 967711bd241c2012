package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.operator.Operator;
import dev.counterfoil.settlement.store.MachineRow;
import org.jspecify.annotations.Nullable;

/// Who sent a request.
///
/// @param name        as the books and the trail show it; a machine's has a stroke, which no operator's has
/// @param key         as it stands in stored answers; names may be given anew, numbers never
/// @param person      null for a machine and for whoever is not signed in
/// @param session     hash of the token that an operator's request carried
/// @param passwordDue the one-time password must be changed before anything else
record Caller(int site, String name, String key, @Nullable Operator person, Hash session,
    boolean passwordDue) {

  static final Caller NOBODY = new Caller(1, "nobody", "nobody", null, Hash.ZERO, false);

  static Caller operator(Operator operator, Hash session, boolean passwordDue) {
    return new Caller(operator.site(), operator.name(), "operator/" + operator.number(), operator, session,
        passwordDue);
  }

  static Caller machine(MachineRow row) {
    return new Caller(row.site(), "machine/" + row.name(), "machine/" + row.number(), null, Hash.ZERO, false);
  }

  /// @throws ApiException NOT_PERMITTED for what only people do, such as asking for a second operator's word
  Operator operator() {
    if (person == null) {
      throw new ApiException("NOT_PERMITTED", "only operators do this");
    }
    return person;
  }
}
