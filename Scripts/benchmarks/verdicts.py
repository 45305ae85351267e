"""Scripts/bench verdicts --corpora DIR --clones DIR [--only NAME]... [--limit N] [--show]

Asks of real backports, by a plan each, whether a line has the fix: once for the commit that people
made, where the answer has to be yes, and once for the commit before it, where it has to be no.

The tables and clones are those of `Scripts/bench corpus`; rows without the commit that people made
(column `human`) are left out. For each question the scratch repository holds one release, one branch
at it, and a trunk that ends in the fix; nothing is written to the clone. Printed are, for each table:
how many rows were asked about, how many backports were found, and how many were found too early. --show
lists what was missed and what came too early, with the evidence. --limit asks only so many rows of each
table, spread over it. Ends with 1 when fewer than 93 % are found, or more than 0.1 % too early.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from corpus import read
from processes import Git, environment, release_binary
from scratch import find_clone, scratch_repository

COLUMNS = ("rows", "found", "early", "absent")


def present(git, repository, rows):
    """For each row whether the clone has the fix, the branch, and what people made."""
    names = [row[column] for row in rows for column in ("fix", "onto", "human")]
    output = git("-C", repository, "cat-file", "--batch-check", input="\n".join(names) + "\n")
    there = [" commit " in line for line in output.splitlines()]
    return [all(there[3 * n:3 * n + 3]) for n in range(len(rows))]


def ask(binary, repository, row, commit):
    """Whether the line at a commit is said to have the fix, and the target of the plan."""
    references = [
        (row["fix"], "refs/heads/main"), (commit, "refs/heads/1.0"), (commit, "refs/tags/v1.0.0")]
    packed = "# pack-refs with: peeled fully-peeled sorted \n" + "".join(
        f"{value} {name}\n" for value, name in sorted(references, key=lambda pair: pair[1]))
    (pathlib.Path(repository) / "packed-refs").write_text(packed)
    words = [binary, "-C", repository, "plan", row["fix"], "--to", "1.0", "--json", "--no-release"]
    words += ["-m", row["mainline"]] if int(row["mainline"] or 0) else []
    run = subprocess.run(
        words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    document = json.loads(run.stdout)
    if document.get("error"):
        return False, {"evidence": [document["error"]["message"]]}
    target = document["targets"][0]
    return target["status"] in ("already-applied", "unreleased"), target


def score(git, binary, table, clone, limit):
    """Counts of one table, and remarks."""
    counts, remarks = collections.Counter(), []
    rows = [row for row in read(table) if row["human"]]
    if limit and len(rows) > limit:
        rows = [rows[n * len(rows) // limit] for n in range(limit)]
    with tempfile.TemporaryDirectory() as folder:
        repository = scratch_repository(clone, folder + "/scratch.git")
        there = present(git, repository, rows)
        counts["absent"] = there.count(False)
        for row in (row for row, is_there in zip(rows, there) if is_there):
            counts["rows"] += 1
            found, target = ask(binary, repository, row, row["human"])
            counts["found"] += found
            if not found:
                evidence = "; ".join(target["evidence"])
                remarks.append(("missed", f"{row['fix']} in {row['human']}  {evidence}"))
            early, target = ask(binary, repository, row, row["onto"])
            counts["early"] += early
            if early:
                evidence = "; ".join(target["evidence"])
                remarks.append(("early", f"{row['fix']} in {row['onto']}  {evidence}"))
    return counts, sorted(remarks)


def main():
    parser = argparse.ArgumentParser(
        prog="Scripts/bench verdicts", description=__doc__, usage=argparse.SUPPRESS,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--clones", required=True)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    tables = sorted(pathlib.Path(options.corpora).glob("backports/*.tsv"))
    if not tables:
        raise SystemExit(f"error: no tables in {options.corpora}/backports")
    git, binary, total = Git(), release_binary(), collections.Counter()
    print(f"{'':12}" + "".join(f"{name:>10}" for name in COLUMNS) + "   seconds")
    for table in tables:
        if options.only and table.stem not in options.only:
            continue
        rows = read(table)
        clone = find_clone(options.clones, rows[0]["repo"]) if rows else None
        if not clone:
            print(f"{table.stem:12}  no clone of {rows[0]['repo'] if rows else 'it'}")
            continue
        start = time.monotonic()
        counts, remarks = score(git, binary, table, clone, options.limit)
        total += counts
        print(f"{table.stem:12}" + "".join(f"{counts[name]:>10}" for name in COLUMNS)
              + f"{time.monotonic() - start:10.1f}", flush=True)
        for kind, remark in remarks if options.show else []:
            print(f"  {kind:7} {remark}")
    print(f"{'total':12}" + "".join(f"{total[name]:>10}" for name in COLUMNS))
    if not total["rows"]:
        sys.exit(1)
    print(f"found {100 * total['found'] / total['rows']:.1f} %, "
          f"too early {100 * total['early'] / total['rows']:.2f} % of the rows")
    is_good = total["found"] >= 0.93 * total["rows"] and total["early"] <= 0.001 * total["rows"]
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
