package dev.counterfoil.settlement.store;

/// What a terminal is and where it stands, in the house's own words, for reports (PAY-13).
///
/// @param deviceType 1 consumption machine, 2 POS, 3 mobile, 4 smart cabinet, 5 self-service recharge machine (C-09)
/// @param location the house's own number, 0 for none
/// @param merchantName who sells there, may be empty
public record TerminalPlaceRow(int site, int terminal, int deviceType, long location, String locationName,
    String merchantName) {}
