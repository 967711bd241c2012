package dev.counterfoil.settlement.store;

/// A campus, canteen or operator region: the unit of sharding and of currency.
///
/// @param site 1 or more; 0 is the server itself in {@link SettingRow}
/// @param currency ISO 4217 code of the site's one money asset
public record SiteRow(int site, String name, String currency) {}
