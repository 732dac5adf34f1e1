#!/usr/bin/env python3
"""Make the program's own Python environment, then start the program or its tests.

    python3 packaging/bootstrap.py run  [--] [WORDS FOR THE PROGRAM]
    python3 packaging/bootstrap.py test [--] [WORDS FOR PYTEST]

Any Python 3 must be able to read this file, to say which one is needed. So it holds only what they
all understand; the work is done by the modules beside it.
"""

import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def version_problem(version: "tuple[int, ...]") -> "str | None":
    """Return what to tell a person whose Python has this version; None if it will do."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return None
    known = ["3." + str(minor) for minor in range(OLDEST[1], NEWEST[1] + 1)]
    return (
        "Evaluation Archive needs Python "
        + ", ".join(known[:-1])
        + " or "
        + known[-1]
        + "; you have "
        + ".".join(str(part) for part in version[:3])
        + " ("
        + (sys.executable or "unknown place")
        + ").\nInstall one of them and start with it, for instance: python"
        + known[0]
        + " packaging/bootstrap.py run"
    )


def main(words: "list[str]") -> int:
    """Do what `words` ask for and return the exit status; see the top of this file."""
    problem = version_problem(sys.version_info[:3])
    if problem:
        sys.stderr.write(problem + "\n")
        return 2
    try:
        import start  # older versions of Python could not even read it
    except ModuleNotFoundError as error:
        sys.stderr.write(
            "This Python has no module "
            + str(error.name)
            + ", which belongs to every complete one.\nOn Debian and Ubuntu: sudo apt-get install "
            + "python3 python3-venv\n"
        )
        return 2
    return start.main(words, usage=__doc__ or "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
