package dev.counterfoil.terminal.journal;

/// Versions of what the server has told, compared as numbers.
///
/// @param snapshot account snapshot, 0 = none
/// @param snapshotServerMillis server time of the snapshot
/// @param deny deny list, 0 = none
/// @param denyServerMillis server time of the deny list
/// @param config configuration, 0 = the file's own
public record CacheVersions(long snapshot, long snapshotServerMillis, long deny, long denyServerMillis,
    long config) {

  public static final CacheVersions NONE = new CacheVersions(0, 0, 0, 0, 0);
}
