package dev.counterfoil.terminal.secret;

/// Where the secrets of a terminal lie, one a name: a [KeyFolder] on a device. Calls block as long as the medium takes.
public interface SecretFiles {

  /// Keeps a secret in place of the one of this name, whole or not at all. Blocks until it is durable.
  ///
  /// @throws KeyFaultException KEY_UNREADABLE if the medium refuses; a retry is safe
  void keep(String name, byte[] secret) throws KeyFaultException;

  /// The secret of this name.
  ///
  /// @throws KeyFaultException with any of its codes
  byte[] load(String name) throws KeyFaultException;

  /// Whether there is a secret of this name, good or not.
  boolean has(String name);

  /// Removes the secret of this name, if there is one. Blocks until that is durable.
  ///
  /// @throws KeyFaultException KEY_UNREADABLE if the medium refuses; a retry is safe
  void drop(String name) throws KeyFaultException;
}
