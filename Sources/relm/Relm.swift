import RelmCLI

@main
enum Relm {
  static func main() {
    RelmCommand.run()
  }
}
