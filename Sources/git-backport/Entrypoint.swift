import BackportCLI

@main
enum Entrypoint {
  static func main() async {
    await GitBackportCommand.main()
  }
}
