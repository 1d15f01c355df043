"""Generate `protos/python` and the descriptor set, or check that they are fresh.

python protos/generate.py            write the stubs
python protos/generate.py --check    exit 1 if the committed stubs are stale
python protos/generate.py --descriptors FILE   write a descriptor set for buf, grpcurl or Envoy
"""

from __future__ import annotations

import argparse
import filecmp
import importlib.util
import sys
import tempfile
from pathlib import Path

from grpc_tools import protoc

PROTOS = Path(__file__).parent
STUBS = PROTOS / "python"


def includes() -> list[str]:
    """Import roots: our protos, googleapis, and the well-known types of protobuf."""
    roots = [PROTOS]
    for package, levels in (("google.api", 2), ("grpc_tools", 0)):
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            sys.exit(f"{package} is not installed")
        place = Path(next(iter(spec.submodule_search_locations)))
        roots.append(place.parents[levels - 1] if levels else place / "_proto")
    return [f"-I{root}" for root in roots]


def run(*options: str) -> None:
    """Call protoc on every proto of ours; exits on an error, which protoc has printed."""
    files = sorted(str(path.relative_to(PROTOS)) for path in (PROTOS / "atelier").rglob("*.proto"))
    if protoc.main(["protoc", *includes(), *options, *files]):
        sys.exit(1)


def generate(target: Path) -> None:
    """Write messages, service stubs and their type stubs below `target`."""
    scripts = Path(sys.executable).parent
    run(
        *(f"--plugin={name}={scripts / name}" for name in ("protoc-gen-mypy", "protoc-gen-mypy_grpc")),
        f"--python_out={target}",
        f"--grpc_python_out={target}",
        f"--mypy_out=quiet:{target}",
        f"--mypy_grpc_out=quiet:{target}",
    )
    for folder in {path.parent for path in (target / "atelier").rglob("*.py")}:
        while folder != target:
            (folder / "__init__.py").touch()
            folder = folder.parent
    (target / "atelier" / "py.typed").touch()


def stale(fresh: Path) -> list[str]:
    """Names of committed stubs that differ from the freshly generated ones, either way."""

    def names(root: Path) -> set[str]:
        found = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {str(path.relative_to(root)) for path in found}

    ours, theirs = names(STUBS), names(fresh)
    changed = {name for name in ours & theirs if not filecmp.cmp(STUBS / name, fresh / name, shallow=False)}
    return sorted(changed | (ours ^ theirs))


def main() -> None:
    """Parse the command line and do what it says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--descriptors", type=Path)
    options = parser.parse_args()
    if options.descriptors:
        # What errors carry is named nowhere in our protos; whoever turns errors into JSON has to know it all the same.
        details = "google/rpc/error_details.proto"
        run("--include_imports", "--include_source_info", f"--descriptor_set_out={options.descriptors}", details)
        return
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        if not options.check:
            STUBS.mkdir(exist_ok=True)
            generate(STUBS)
            return
        generate(fresh)
        if differing := stale(fresh):
            sys.exit("stale stubs, run `make protos`: " + ", ".join(differing))


if __name__ == "__main__":
    main()
