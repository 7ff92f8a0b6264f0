import RelmStorage
import RelmTestSupport

extension Probe {
  /// Starts `LedgerProbe`, or another program, below the words of `wrapper` if there are any (`unshare --mount …`).
  convenience init(_ arguments: String..., below wrapper: [String] = [], program: String = "LedgerProbe") throws
  {
    try self.init(arguments, below: wrapper, program: program)
  }
}

/// Changes the first row of a stored table, which no program of ours does.
func changeRow(_ table: String, at store: String, _ change: ([UInt8]) -> [UInt8]) throws {
  let table = Table(table)
  let environment = try Environment.open(at: store, tables: [table], durability: .onRequest, mode: .readWrite)
  let key = try environment.read { view throws(StorageError) in try view.firstKey(in: table) } ?? [0]
  let value = try environment.read { view throws(StorageError) in try view.get(table, key) } ?? []
  try put(key, change(value), in: table, of: environment)
}

/// Puts a row into a stored table that no program of ours puts there.
func putRow(_ table: String, _ key: [UInt8], _ value: [UInt8], at store: String) throws {
  let table = Table(table)
  let environment = try Environment.open(at: store, tables: [table], durability: .onRequest, mode: .readWrite)
  try put(key, value, in: table, of: environment)
}

private func put(_ key: [UInt8], _ value: [UInt8], in table: Table, of environment: Environment) throws {
  var write = try environment.beginWrite(within: .seconds(10))
  try write.put(key, value, in: table)
  try write.commit()
}
