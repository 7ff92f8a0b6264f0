import Foundation
import RelmTestSupport
import Testing

/// A disk that is full, seen by the program itself: a small file system of its own, filled to the last page.
@Suite("A full disk")
struct FullDiskTests {
  @Test(
    "stops who writes with 74 and nobody who reads; where it cannot even lend a lock, that is 74 as well",
    .enabled(if: Probe.canMount, "mounting needs rights that this user does not have"))
  func fullDisk() throws {
    let workshop = try Workshop()
    try workshop.append((0..<5).map { Sample.activity("\($0)") })
    let folder = workshop.folder
    // Says each command's status and a word of its remark.
    let script = """
      mkdir '\(folder)/small' && mount -t tmpfs -o size=2m tmpfs '\(folder)/small' && cd '\(folder)/small' || exit 9
      cp -r '\(workshop.root)' l && dd if=/dev/zero of=ballast bs=4096 2>/dev/null
      try() { '\(Program.path("relm"))' "$@" --ledger l >/dev/shm/$$.out 2>&1 </dev/null; echo "$1 $?"; rm -f /dev/shm/$$.out; }
      try state; try log; try show 3; try obligations
      try record activity.recorded --actor owner@example.org --subject release/a/1 activity=x
      try verify; try views rebuild
      rm -f l/log/lock.mdb && dd if=/dev/zero of=ballast2 bs=4096 2>/dev/null
      try state; try show 3
      """
    let run = try Program.run("/usr/bin/env", ["unshare", "--mount", "bash", "-c", script], limitSeconds: 60)
    let lines = String(decoding: run.output, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(
      lines == [
        "state 0", "log 0", "show 0", "obligations 0", "record 74", "verify 74", "views 74", "state 74",
        "show 74",
      ], "\(run.remarks)")
  }
}
