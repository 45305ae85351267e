import Foundation
import TestSupport
import Testing

/// What must hold after a run that was killed or failed, and after the next one.
struct FaultCheck {
  /// What became of the references of a run.
  enum Outcome: String {
    case old
    case new
    case mixed
  }

  let project: FaultProject
  let copy: FaultProject.Copy
  /// What was done to the run, for whoever reads a failure.
  let fault: String

  /// What the references are now.
  var outcome: Outcome {
    let refs = copy.refs
    return refs == project.before ? .old : refs == project.after ? .new : .mixed
  }

  /// Runs the program once more and looks at everything; gives what the references were before.
  @discardableResult
  func recover(sourceLocation: SourceLocation = #_sourceLocation) throws -> Outcome {
    let found = outcome
    let run = try ProgramRun(
      ["continue"], in: copy.directory, environment: project.environment)
    let context = Comment(rawValue: "after \(fault), then continue: \(run.status) \(run.errors)")
    #expect([0, 3].contains(run.status), context, sourceLocation: sourceLocation)
    let settled = outcome
    #expect(settled != .mixed, context, sourceLocation: sourceLocation)
    #expect(copy.litter == [], context, sourceLocation: sourceLocation)
    let fsck = try copy.repository.attempt(["fsck", "--strict", "--full", "--no-dangling"])
    #expect(fsck.status == 0, context, sourceLocation: sourceLocation)
    #expect(fsck.outputText + fsck.errorText == "", context, sourceLocation: sourceLocation)
    let files = copy.files
    let again = try ProgramRun(
      ["continue"], in: copy.directory, environment: project.environment)
    #expect(again.status == 3, context, sourceLocation: sourceLocation)
    #expect(copy.files == files, context, sourceLocation: sourceLocation)
    try checkTree(context, sourceLocation)
    return found
  }

  /// Lands the plan, unless it has landed, and takes it back.
  func finish(sourceLocation: SourceLocation = #_sourceLocation) throws {
    if outcome == .old {
      let run = try ProgramRun(
        project.applyArguments, in: copy.directory, environment: project.environment)
      #expect(run.status == 0, "after \(fault): \(run.errors)", sourceLocation: sourceLocation)
    }
    #expect(outcome == .new, "after \(fault)", sourceLocation: sourceLocation)
    let undo = try ProgramRun(["undo"], in: copy.directory, environment: project.environment)
    #expect(undo.status == 0, "after \(fault): \(undo.errors)", sourceLocation: sourceLocation)
    #expect(outcome == .old, "after \(fault)", sourceLocation: sourceLocation)
  }

  /// Neither HEAD nor index nor working tree is touched by anything.
  private func checkTree(_ context: Comment, _ sourceLocation: SourceLocation) throws {
    let status = try copy.repository.attempt(["status", "--porcelain"])
    #expect(status.outputText == "", context, sourceLocation: sourceLocation)
  }
}
