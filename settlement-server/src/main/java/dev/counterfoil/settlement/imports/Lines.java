package dev.counterfoil.settlement.imports;

import java.util.List;

/// The rows of a file that can be read.
sealed interface Lines {

  record Sales(List<SaleLine> rows) implements Lines {
    public Sales {
      rows = List.copyOf(rows);
    }
  }

  record Orders(List<OrderLine> rows) implements Lines {
    public Orders {
      rows = List.copyOf(rows);
    }
  }

  record Accounts(List<AccountLine> rows) implements Lines {
    public Accounts {
      rows = List.copyOf(rows);
    }
  }
}
