/// What a run is given from outside: libraries read no clock and no environment themselves.
public struct Surroundings: Sendable {
  /// The environment variables of the process.
  public var environment: [String: String]
  /// The directory to look for the repository from.
  public var directory: String
  /// The present moment in seconds since 1970-01-01T00:00:00Z.
  public var now: Int64
  /// The local zone in minutes east of UTC.
  public var offsetMinutes: Int
  /// The name and version of the program, as plans and records state them.
  public var tool: String

  /// Makes surroundings.
  public init(
    environment: [String: String], directory: String, now: Int64, offsetMinutes: Int, tool: String
  ) {
    self.environment = environment
    self.directory = directory
    self.now = now
    self.offsetMinutes = offsetMinutes
    self.tool = tool
  }
}
