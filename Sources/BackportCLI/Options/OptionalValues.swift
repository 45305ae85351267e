/// Options whose value is optional and stands in the same word, as git has them.
///
/// The parser knows no such options: each is a flag, and one more option, not shown, for its value.
enum OptionalValues {
  private static let spellings = [
    ("-S", "--gpg-sign-key="), ("--gpg-sign=", "--gpg-sign-key="),
    ("--topic=", "--topic-template="),
  ]

  /// The arguments with `-S<key>`, `--gpg-sign=<key>` and `--topic=<template>` spelled as options
  /// of their own.
  static func spellingOut(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    let head = arguments[..<end].map { word in
      for (prefix, option) in spellings where word.hasPrefix(prefix) && word != prefix {
        return option + word.dropFirst(prefix.count)
      }
      return word
    }
    return head + arguments[end...]
  }
}
