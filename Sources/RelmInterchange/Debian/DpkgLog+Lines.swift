internal import RelmDomain

/// What each line does to the packages, and which events follow from it.
extension DpkgLog {
  /// Takes the line at hand.
  mutating func readLine() throws(InterchangeError) {
    let place = "line \(lineNumber)"
    guard let text = String(validating: line, as: UTF8.self) else {
      throw InterchangeError(at: place, "it is not UTF-8 text")
    }
    let (local, content) = try DpkgLine.parse(text, at: place)
    let moment = DpkgPackage.Moment(
      local: local, unixSeconds: clock.unixSeconds(of: local, notBefore: previous))
    previous = moment.unixSeconds
    switch content {
    case .other: return
    case .action(let action, let package, let from, let to):
      try take(action, package, from: from, to: to, at: moment)
    case .status(let status, let package, let version):
      take(status, package, version, at: moment)
    }
  }

  /// An action begins: what the package was at before has then failed.
  private mutating func take(
    _ action: DpkgLine.Action, _ name: String, from: String?, to: String?, at moment: DpkgPackage.Moment
  ) throws(InterchangeError) {
    switch action {
    case .trigproc:
      return
    case .configure:
      beginConfiguring(name, from, at: moment)
    case .install, .upgrade:
      guard let to else {
        throw InterchangeError(
          at: "line \(lineNumber)", "\(action.rawValue) does not say which version is put in place")
      }
      fail(name, at: moment)
      var package = packages[name, default: DpkgPackage()]
      if package.presence == .unknown {
        // An installation may name a version too, whose configuration files were left behind.
        package.presence =
          from.flatMap { action == .upgrade ? .present(version: $0, deployment: nil) : nil } ?? .absent
      }
      let line = [action.rawValue, name, from ?? "", to, moment.words]
      package.operation = DpkgPackage.Operation(
        deployment: deployment(line, ordinal: package.ordinal(of: line, at: moment)), version: to,
        previous: from,
        began: moment, isAnnounced: false, isBackfilled: false)
      package.removal = nil
      packages[name] = package
      operations.insert(name)
    case .remove, .purge, .disappear:
      fail(name, at: moment)
      var package = packages[name, default: DpkgPackage()]
      if package.presence == .unknown, action != .purge, let from {
        package.presence = .present(version: from, deployment: nil)
      }
      package.removal = action
      packages[name] = package
    }
  }

  /// Configuring ends a deployment. Where none is known, its start lies before the log, unless the version runs
  /// already and is only configured again.
  private mutating func beginConfiguring(_ name: String, _ version: String?, at moment: DpkgPackage.Moment) {
    var package = packages[name, default: DpkgPackage()]
    guard let version, package.operation == nil else { return }
    if case .present(version, _) = package.presence { return }
    let line = [DpkgLine.Action.configure.rawValue, name, version, moment.words]
    package.operation = DpkgPackage.Operation(
      deployment: deployment(line, ordinal: package.ordinal(of: line, at: moment)), version: version,
      previous: nil,
      began: moment, isAnnounced: true, isBackfilled: true)
    packages[name] = package
    operations.insert(name)
  }

  private mutating func take(
    _ status: DpkgLine.Status, _ name: String, _ version: String?, at moment: DpkgPackage.Moment
  ) {
    if status == .unpacked, let version { changeArchitecture(to: name, version, at: moment) }
    packages[name, default: DpkgPackage()].status = status
    if packages[name]?.operation != nil {
      proceed(name, to: status, version, at: moment)
    }
    switch status {
    case .configFiles, .notInstalled:
      remove(name, at: moment)
    case .installed, .halfConfigured, .triggersAwaited, .triggersPending:
      // The log has met a package that was there before it.
      if let version, packages[name]?.presence == .unknown, packages[name]?.operation == nil {
        packages[name]?.presence = .present(version: version, deployment: nil)
      }
    case .halfInstalled, .unpacked:
      break
    }
  }

  private mutating func proceed(
    _ name: String, to status: DpkgLine.Status, _ version: String?, at moment: DpkgPackage.Moment
  ) {
    guard let operation = packages[name]?.operation else { return }
    switch status {
    case .installed:
      guard version == operation.version else { return fail(name, at: moment) }
      finish(name, succeeded: true, at: moment)
      packages[name]?.presence = .present(version: operation.version, deployment: operation.deployment)
    case .configFiles, .notInstalled:
      fail(name, at: moment)
    case .halfInstalled:
      packages[name]?.operation?.isReplacing = true
    case .unpacked:
      // An upgrade first says "unpacked" of the old version, which a reinstallation does not tell from the new one.
      guard version == operation.version else { return }
      if operation.isReplacing || operation.previous != operation.version { announce(name) }
    case .halfConfigured, .triggersAwaited, .triggersPending:
      break
    }
  }

  /// dpkg begins "upgrade a:all 1 2" and goes on with "status unpacked a:amd64 2" where the new one is built for
  /// another architecture. Two architectures of a package that live side by side have an action each.
  private mutating func changeArchitecture(to name: String, _ version: String, at moment: DpkgPackage.Moment) {
    guard packages[name]?.operation == nil else { return }
    let bare = name.prefix { $0 != ":" }
    let old = operations.sorted().first { other in
      guard other.prefix(while: { $0 != ":" }) == bare, let operation = packages[other]?.operation else {
        return false
      }
      return operation.isReplacing && !operation.isAnnounced && operation.version == version
    }
    guard let old, let operation = packages[old]?.operation else { return }
    packages[old]?.operation = nil
    packages[old]?.status = .notInstalled
    operations.remove(old)
    packages[name, default: DpkgPackage()].operation = operation
    operations.insert(name)
    if packages[name]?.presence == .unknown { packages[name]?.presence = .absent }
    announce(name)
    remove(old, at: moment)
  }

  private mutating func announce(_ name: String) {
    guard let operation = packages[name]?.operation, !operation.isAnnounced else { return }
    packages[name]?.operation?.isAnnounced = true
    tell(
      "deployment.started", name, operation.version, operation.deployment, at: operation.began,
      [("kind", "code")])
  }

  private mutating func fail(_ name: String, at moment: DpkgPackage.Moment) {
    guard packages[name]?.operation != nil else { return }
    announce(name)
    finish(name, succeeded: false, at: moment)
  }

  private mutating func finish(_ name: String, succeeded: Bool, at moment: DpkgPackage.Moment) {
    guard let operation = packages[name]?.operation else { return }
    announce(name)
    tell(
      "deployment.finished", name, operation.version, operation.deployment, at: moment,
      backfilled: operation.isBackfilled, [("kind", "code"), ("outcome", succeeded ? "succeeded" : "failed")])
    packages[name]?.operation = nil
    operations.remove(name)
  }

  private mutating func remove(_ name: String, at moment: DpkgPackage.Moment) {
    var package = packages[name, default: DpkgPackage()]
    defer {
      package.presence = .absent
      package.removal = nil
      packages[name] = package
    }
    guard case .present(let version, let known) = package.presence else { return }
    let line = ["removed", name, version, moment.words]
    let id = known ?? deployment(line, ordinal: package.ordinal(of: line, at: moment))
    let reason =
      switch package.removal {
      case .purge: "dpkg purge"
      case .remove: "dpkg remove"
      case .disappear: "all its files were taken over by other packages"
      case .install, .upgrade, .configure, .trigproc, nil: "another package took its place"
      }
    tell(
      "deployment.removed", name, version, id, at: moment, backfilled: known == nil, [("reason", reason)])
  }

  /// Adds an event.
  /// - Parameter members: of its data, those that come between `environment` and `tool` in canonical order.
  private mutating func tell(
    _ type: String, _ name: String, _ version: String, _ deployment: String, at moment: DpkgPackage.Moment,
    backfilled: Bool = false, _ members: [(key: String, value: String)]
  ) {
    let subject = Subject.release(package: name, version: version).description
    let id = ContentID.uuid(
      ["relm dpkg event v1", host, type, subject, deployment, moment.words, backfilled ? "backfilled" : ""]
        + members.map(\.value))
    let members = [("deployment", deployment), ("environment", environment)] + members
    drafts.append(
      Draft(
        id: id, source: source, type: "relm.\(type)", subject: subject, time: moment.utc,
        origin: "line \(lineNumber)"
      ) { writer in
        writer.beginObject()
        if backfilled {
          writer.key("backfilled")
          writer.bool(true)
        }
        for (key, value) in members {
          writer.key(key)
          writer.string(value)
        }
        writer.key("tool")
        writer.beginObject()
        writer.key("name")
        writer.string("dpkg")
        writer.endObject()
        writer.endObject()
      })
  }

  private func deployment(_ line: [String], ordinal: Int) -> String {
    "dpkg-" + ContentID.hex(["relm dpkg deployment v1", host] + line + [String(ordinal)], count: 20)
  }
}
