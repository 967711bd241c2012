/// Contactless readers that speak PC/SC, such as ACR122U, ACR1252U and the Identiv and HID desk readers: which card lies there
/// ([dev.counterfoil.terminal.driver.pcsc.ContactlessAtr]), the conversation with it, and the thread that joins them
/// ([dev.counterfoil.terminal.driver.pcsc.PcscCardReader]).
///
/// Source: PC/SC part 3 revision 2.01.09, section 3.1.3.2 (ATR) and 3.2 (commands to the reader).
@NullMarked
package dev.counterfoil.terminal.driver.pcsc;

import org.jspecify.annotations.NullMarked;
