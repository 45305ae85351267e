/// What the standards ask of the files of advisories, as far as a machine without a network can check
/// it: written down here in few words, since the schemas of their owners are not part of this project.
enum AdvisorySlice {
  /// Programs of Python that read a document and print what is wrong with it, by format.
  static let schemas: [String: String] = ["osv": osv, "cve": cve, "csaf": csaf, "github": gitHub]

  /// OSV 1.7.5: one event in each object, `fixed` and `last_affected` never together, whole commit ids.
  private static let osv = """
    {"type": "object", "required": ["schema_version", "id", "modified", "affected"],
     "properties": {
      "id": {"pattern": "^(x_|CVE-|GHSA-)"},
      "modified": {"pattern": "^\\\\d{4}-\\\\d\\\\d-\\\\d\\\\dT\\\\d\\\\d:\\\\d\\\\d:\\\\d\\\\dZ$"},
      "published": {"pattern": "Z$"},
      "severity": {"items": {"required": ["type", "score"], "oneOf": [
       {"properties": {"type": {"const": "CVSS_V3"}, "score": {"pattern": "^CVSS:3"}}},
       {"properties": {"type": {"const": "CVSS_V4"}, "score": {"pattern": "^CVSS:4"}}}]}},
      "references": {"items": {"required": ["type", "url"], "properties": {
       "type": {"enum": ["ADVISORY", "ARTICLE", "DETECTION", "DISCUSSION", "EVIDENCE", "FIX",
        "INTRODUCED", "PACKAGE", "REPORT", "WEB"]}, "url": {"pattern": "^https?://"}}}},
      "credits": {"items": {"required": ["name"], "properties": {"type": {"enum": ["FINDER",
       "REPORTER", "ANALYST", "COORDINATOR", "REMEDIATION_DEVELOPER", "REMEDIATION_REVIEWER",
       "REMEDIATION_VERIFIER", "TOOL", "SPONSOR", "OTHER"]}}}},
      "affected": {"minItems": 1, "items": {
       "properties": {
        "package": {"required": ["ecosystem", "name"]},
        "versions": {"minItems": 1, "uniqueItems": true},
        "ranges": {"minItems": 1, "items": {
         "required": ["type", "events"],
         "properties": {"events": {"minItems": 1, "contains": {"required": ["introduced"]},
          "items": {"minProperties": 1, "maxProperties": 1}}},
         "not": {"properties": {"events": {"allOf": [{"contains": {"required": ["fixed"]}},
          {"contains": {"required": ["last_affected"]}}]}}},
         "oneOf": [
          {"properties": {"type": {"enum": ["SEMVER", "ECOSYSTEM"]}}, "not": {"required": ["repo"]}},
          {"required": ["repo"], "properties": {"type": {"const": "GIT"}, "events": {"items": {
           "additionalProperties": {"pattern": "^(0|[0-9a-f]{40})$"}}}}}]}}},
       "anyOf": [{"required": ["ranges"]}, {"required": ["versions"]}]}}}}
    """

  /// CVE 5.1: a container has descriptions, products with versions, references and a score for each vector.
  private static let cve = """
    {"type": "object", "required": ["descriptions", "affected", "references"], "properties": {
      "title": {"maxLength": 256},
      "descriptions": {"minItems": 1, "items": {"required": ["lang", "value"]}},
      "references": {"minItems": 1, "uniqueItems": true, "items": {"required": ["url"]}},
      "metrics": {"minItems": 1, "items": {"anyOf": [{"required": ["cvssV3_1"]},
       {"required": ["cvssV4_0"]}], "patternProperties": {"^cvss": {
        "required": ["version", "vectorString", "baseScore", "baseSeverity"], "properties": {
        "baseScore": {"type": "number", "minimum": 0, "maximum": 10},
        "baseSeverity": {"enum": ["NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL"]}}}}}},
      "affected": {"minItems": 1, "items": {"required": ["vendor", "product", "versions"],
       "properties": {"versions": {"minItems": 1, "uniqueItems": true, "items": {
        "required": ["version", "status", "versionType"],
        "oneOf": [{"required": ["lessThan"]}, {"required": ["lessThanOrEqual"]}]}}}}}}}
    """

  /// CSAF 2.0: a security advisory has products, notes and their status.
  private static let csaf = """
    {"type": "object", "required": ["document", "product_tree", "vulnerabilities"], "properties": {
      "document": {"required": ["category", "csaf_version", "publisher", "title", "tracking"],
       "properties": {"csaf_version": {"const": "2.0"},
        "publisher": {"required": ["category", "name", "namespace"]},
        "tracking": {"required": ["id", "status", "version", "current_release_date",
         "initial_release_date", "revision_history"]}}},
      "vulnerabilities": {"minItems": 1, "items": {"required": ["notes", "product_status"],
       "properties": {"cwe": {"required": ["id", "name"]},
        "product_status": {"required": ["known_affected"], "additionalProperties": {
         "type": "array", "minItems": 1, "uniqueItems": true}},
        "scores": {"minItems": 1, "items": {"required": ["products", "cvss_v3"]}},
        "remediations": {"minItems": 1, "items": {"required": ["category", "details"]}},
        "acknowledgments": {"minItems": 1, "items": {"minProperties": 1}}}}}}}
    """

  /// GitHub's interface: a vector or a word, never both, and a range for each patched version.
  private static let gitHub = """
    {"type": "object", "required": ["summary", "description", "vulnerabilities"],
     "properties": {"severity": {"enum": ["critical", "high", "medium", "low"]},
      "vulnerabilities": {"minItems": 1, "items": {
       "required": ["package", "vulnerable_version_range", "patched_versions"],
       "properties": {"vulnerable_version_range": {
        "pattern": "^(>= [^ ,]+, )?<=? [^ ,]+$"}}}}},
     "not": {"required": ["severity", "cvss_vector_string"]}}
    """
}
