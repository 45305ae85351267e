public import ArgumentParser
public import ReleaseModel

extension CaseLetter.Kind: ExpressibleByArgument {}

extension CaseLine.Status: ExpressibleByArgument {}

extension CaseReporter.Credit: ExpressibleByArgument {}
