import ArgumentParser

/// Where a verb works and what it prints.
struct CommonOptions: ParsableArguments {
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions
}
