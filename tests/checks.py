"""`python -m tests.checks`: rules of this repository that no linter knows."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAX_LINES = 400
# Written in two halves, so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    "|".join(("py" + r"pi\.org", "python" + "hosted", r"registry\.npm" + "js", r"deb\.deb" + r"ian\.org"))
)
# What a page links to, and what is code and no link.
LINK = re.compile(r"\]\(([^)\s]+)(?:\s[^)]*)?\)")
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
LOCKS = ("requirements.txt", "requirements-dev.txt")


def tracked() -> list[Path]:
    """Every file that git tracks and that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """The file as text; empty for one that is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def long_files(files: list[Path]) -> Iterator[str]:
    """Python files in which a second idea may hide."""
    for path in files:
        if path.suffix == ".py" and "protos/python" not in str(path):
            lines = text_of(path).count("\n")
            if lines > MAX_LINES:
                yield f"{path.relative_to(ROOT)}: {lines} lines; look for the second idea"


def registry_hosts(files: list[Path]) -> Iterator[str]:
    """Files that name the host of a package registry."""
    for path in files:
        if found := REGISTRIES.search(text_of(path)):
            yield f"{path.relative_to(ROOT)}: names the registry host {found[0]}"


def lock_problems() -> Iterator[str]:
    """Locks that name a download address, lack a hash, or disagree about a version."""
    pins: list[dict[str, set[str]]] = []
    for name in LOCKS:
        text = (ROOT / name).read_text(encoding="utf-8")
        if re.search(r"https?://|file://|--(extra-)?index-url|--find-links", text):
            yield f"{name}: names a download address"
        blocks = re.findall(r"^([a-z0-9._-]+)==(\S+)[^\n]*\n((?:    [^\n]*\n)*)", text, re.MULTILINE)
        pins.append({})
        for package, version, rest in blocks:
            pins[-1].setdefault(package, set()).add(version)
            if "--hash=sha256:" not in rest:
                yield f"{name}: {package} has no hash"
    for package, versions in pins[0].items():
        if pins[1].get(package) != versions:
            yield f"{package}: {LOCKS[0]} and {LOCKS[1]} pin different versions"


def broken_links(files: list[Path]) -> Iterator[str]:
    """Relative links in Markdown to files that are not there, or to headings that a page does not have."""
    pages = {path: text_of(path) for path in files if path.suffix == ".md"}
    for path, text in pages.items():
        for target in LINK.findall(CODE.sub("", text)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, heading = target.partition("#")
            there = (path.parent / name).resolve() if name else path
            if not there.exists():
                yield f"{path.relative_to(ROOT)}: links to {name}, which is not there"
            elif heading and there in pages and heading not in headings(pages[there]):
                yield f"{path.relative_to(ROOT)}: links to {target}, which has no such heading"


def headings(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found = re.findall(r"^#+ +(.*?) *$", CODE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def unlisted_pages(files: list[Path]) -> Iterator[str]:
    """Pages of docs that the README does not lead to."""
    readme = text_of(ROOT / "README.md")
    for path in files:
        if path.parent == ROOT / "docs" and path.suffix == ".md" and f"(docs/{path.name}" not in readme:
            yield f"README.md: does not link docs/{path.name}"


def main() -> None:
    """Print what is wrong; exit code 1 if anything is."""
    files = tracked()
    problems = [*long_files(files), *registry_hosts(files), *lock_problems()]
    problems += [*broken_links(files), *unlisted_pages(files)]
    for problem in problems:
        sys.stderr.write(problem + "\n")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
