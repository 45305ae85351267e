/// One metric of a CVSS standard and the values it can have.
struct SeverityMetric: Sendable {
  let name: String
  let values: [String]
  let isRequired: Bool

  private static func list(_ table: String, isRequired: Bool) -> [SeverityMetric] {
    table.split(separator: "\n").flatMap { line in
      let halves = line.split(separator: ":")
      let values = halves[1].split(separator: " ").map(String.init)
      return halves[0].split(separator: " ").map {
        SeverityMetric(name: String($0), values: values, isRequired: isRequired)
      }
    }
  }

  /// CVSS 3.1, §6, table 15.
  static let v31: [SeverityMetric] =
    list(
      """
      AV: N A L P
      AC: L H
      PR: N L H
      UI: N R
      S: U C
      C I A: H L N
      """, isRequired: true)
    + list(
      """
      E: X H F P U
      RL: X U W T O
      RC: X C R U
      CR IR AR: X H M L
      MAV: X N A L P
      MAC: X L H
      MPR: X N L H
      MUI: X N R
      MS: X U C
      MC MI MA: X N L H
      """, isRequired: false)

  /// CVSS 4.0, §7, table 23, in the order that it asks for.
  static let v40: [SeverityMetric] =
    list(
      """
      AV: N A L P
      AC: L H
      AT: N P
      PR: N L H
      UI: N P A
      VC VI VA SC SI SA: H L N
      """, isRequired: true)
    + list(
      """
      E: X A P U
      CR IR AR: X H M L
      MAV: X N A L P
      MAC: X L H
      MAT: X N P
      MPR: X N L H
      MUI: X N P A
      MVC MVI MVA: X H L N
      MSC: X H L N
      MSI MSA: X S H L N
      S: X N P
      AU: X N Y
      R: X A U I
      V: X D C
      RE: X L M H
      U: X Clear Green Amber Red
      """, isRequired: false)
}
