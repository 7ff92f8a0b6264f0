internal import Synchronization

/// A named table (an LMDB sub-database): rows of bytes in the order of their keys, compared as unsigned bytes.
///
/// A table is a name and nothing else; an environment opens the ones it is told of and keeps their handles. Equal
/// names are equal tables. Each distinct name takes a small number for the life of the process, so that finding a
/// handle is one array access; hence keep tables in `static let`s, and make no names out of data.
package struct Table: Sendable, Hashable {
  /// The name inside the file. It is part of the format.
  package let name: String
  /// The name's number in this process, from 0.
  let number: Int

  private static let numbers = Mutex<[String: Int]>([:])

  /// - Parameter name: not empty, without a NUL byte.
  package init(_ name: String) {
    precondition(!name.isEmpty && !name.utf8.contains(0), "a table's name is not empty and holds no NUL")
    self.name = name
    number = Self.numbers.withLock { numbers in
      let number = numbers[name] ?? numbers.count
      numbers[name] = number
      return number
    }
  }

  package static func == (one: Table, other: Table) -> Bool { one.number == other.number }

  package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension Table: CustomStringConvertible {
  package var description: String { name }
}
