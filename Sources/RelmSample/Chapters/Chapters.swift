/// The parts of the year that are no releases.
extension Chapter {
  /// All of them.
  ///
  /// - Parameter owner: the account of somebody who is to have authority there besides.
  static func all(_ calendar: WorkCalendar, owner: String?) -> [Chapter] {
    [
      foundations(calendar, owner: owner), freezes(calendar), upkeep(calendar), people(calendar),
      drift(calendar),
    ]
  }
}
