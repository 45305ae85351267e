import Backport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The machine's clock.
enum Clock {
  /// The present moment in the local zone.
  static var now: Moment {
    var seconds = time(nil)
    var local = unsafe tm()
    let isKnown = unsafe localtime_r(&seconds, &local) != nil
    return Moment(
      seconds: Int64(seconds), offsetMinutes: isKnown ? unsafe Int(local.tm_gmtoff) / 60 : 0)
  }
}
