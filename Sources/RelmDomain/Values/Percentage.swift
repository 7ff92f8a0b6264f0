/// A share in percent, from 0 to 100, as it was written in canonical JSON: `5`, `2.5`, `0.01`.
///
/// A rollout begins with few of very many, so it may have decimals; what somebody wrote is kept to the last of them.
package struct Percentage: Sendable, Hashable {
  /// As canonical JSON writes it.
  package let text: String
  /// The same in hundredths of a percent, rounded.
  package let hundredths: Int

  /// - Returns: nil where the text is no number from 0 to 100 as canonical JSON writes it.
  package init?(_ text: String) {
    guard let value = Double(text), 0 <= value, value <= 100 else { return nil }
    var canonical: [UInt8] = []
    JSONNumber.append(value, to: &canonical)
    guard text.utf8.elementsEqual(canonical) else { return nil }
    self.text = text
    hundredths = Int(value * 100 + 0.5)
  }

  /// For a person, to the hundredth: `2.5 %`. What is less than that is never shown as nothing.
  package var inWords: String {
    guard hundredths > 0 || text == "0" else { return "under 0.01 %" }
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    guard rest > 0 else { return "\(whole) %" }
    let decimals = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(whole).\(decimals) %"
  }
}
