internal import RelmDomain

/// What goes otherwise in what the stricter policy asks besides.
extension ReleaseStory {
  /// It is deployed on another day than was agreed; the gate says so, and is passed by.
  mutating func missWindow() {
    change(
      "agreed",
      [
        "windows": .list(
          environments.map { ["environment": .text($0), "from": at(1, 8).written, "until": at(1, 18).written] })
      ])
  }

  /// A licence does not allow it; the gate says so, and is passed by.
  mutating func findLicence() {
    change(
      "assessed-licence",
      ["verdict": "unacceptable", "findings": ["tariff-core has come under a licence that forbids it"]])
  }

  /// The users do not take it over.
  mutating func rejectHandover() {
    leaveOut("accepted-users")
    tell(
      "rejected-users", .handoverRejected, by: House.users, at: at(3, 11, 20),
      ["handover": "h-\(name("users"))", "reason": "There is no word of it in the handbook"])
  }

  /// The users take it over on a condition that nobody meets.
  mutating func acceptOnCondition() {
    change(
      "accepted-users",
      [
        "conditions": [
          [
            "id": "c1", "condition": "The handbook has a page about it", "owner": House.person(manager),
            "due": at(15, 18).written,
          ]
        ]
      ])
  }

  /// The gate is asked before everybody has approved it, says no, and is asked again.
  mutating func askTooEarly() {
    askGate("too-early", for: environments[0], at: at(-1, 12, 30))
  }

  /// Its makers go on to the next thing.
  mutating func cutSupportShort() {
    retell("supported", happened: at(2, 17), told: at(2, 17, 3))
  }
}
