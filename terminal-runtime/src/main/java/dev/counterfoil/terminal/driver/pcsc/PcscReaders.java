package dev.counterfoil.terminal.driver.pcsc;

import dev.counterfoil.terminal.device.DeviceFault;
import dev.counterfoil.terminal.device.DeviceFaultException;
import dev.counterfoil.terminal.device.FaultCode;
import java.util.List;
import java.util.Locale;

/// Finds the reader that the installer means among those of the machine.
public final class PcscReaders {

  private PcscReaders() {}

  /// @param wanted a part of its name in any case, or its number in the list, from 0
  /// @param names  of all readers
  /// @throws DeviceFaultException `PCSC_READER_MISSING` with the names that there are
  public static String choose(String wanted, List<String> names) throws DeviceFaultException {
    for (int i = 0; i < names.size(); i++) {
      if (String.valueOf(i).equals(wanted)) {
        return names.get(i);
      }
    }
    String part = wanted.toLowerCase(Locale.ROOT);
    for (String name : names) {
      if (name.toLowerCase(Locale.ROOT).contains(part)) {
        return name;
      }
    }
    throw new DeviceFaultException(new DeviceFault(FaultCode.PCSC_READER_MISSING, "reader " + wanted,
        names.isEmpty() ? "no PC/SC reader is there" : "there are " + String.join(", ", names)));
  }
}
