package dev.counterfoil.sim.replay;

import java.time.LocalDate;

/// One line of a vending sales file: one product of one sale.
///
/// @param line        line in the file, the header being line 1
/// @param linked      false when the operator's system could not match the machine's column (`Unlinked`)
/// @param device      serial of the card reader, one per machine
/// @param machine     name of the machine
/// @param product     as keyed by the operator; may be blank
/// @param transaction number of the sale; several rows may share it
/// @param day         day of the sale; the file knows no time of day
/// @param tender      how it was paid
/// @param coil        selection in the machine
/// @param priceMinor  unit price in cents
/// @param quantity    1 or more
/// @param totalMinor  price times quantity, checked
/// @param saleMinor   total of the whole sale as the file states it
record SalesRow(long line, boolean linked, String device, String machine, String product, String transaction,
    LocalDate day, Tender tender, String coil, long priceMinor, int quantity, long totalMinor,
    long saleMinor) {

  enum Tender {
    CREDIT, CASH
  }
}
