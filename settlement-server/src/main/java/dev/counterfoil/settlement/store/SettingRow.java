package dev.counterfoil.settlement.store;

/// A named setting of a site, or of the server itself when `site` is 0.
public record SettingRow(int site, String name, String value) {

  /// The site number of server-wide settings.
  public static final int SERVER = 0;

  /// Server-wide: 16 hexadecimal digits, renewed on every restore.
  public static final String SERVER_GENERATION = "server_generation";

  /// Server-wide: when the storage took something again after it was full, milliseconds.
  public static final String STORE_TOUCHED = "store_touched";

  /// Of a site: snapshot versions below this one are of a time before a restore, and mean nothing any more.
  public static final String SNAPSHOT_BASE = "snapshot_base";

  /// Of a site: what is added to UTC to find its day, minutes; as its database began.
  public static final String DAY_OFFSET_MINUTES = "day_offset_minutes";

  /// Of a site: the same for versions of the deny list.
  public static final String DENY_BASE = "deny_base";
}
