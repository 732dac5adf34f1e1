"""An import of metadata while a person prepares it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.exchange.mapping import (
    ColumnMapping,
    SheetMapping,
    adapt_mapping,
    guess_mapping,
)
from desktop_app.domain.exchange.rows import MetadataFile, Sheet
from desktop_app.domain.records import Access

NO_MAPPING = ColumnMapping(())


@dataclass(frozen=True, slots=True)
class Source:
    """A metadata file: being read while `file` and `problem` are empty; `sheet` is looked at."""

    path: Path
    file: MetadataFile | None = None
    mapping: ColumnMapping = NO_MAPPING
    sheet: str = ""
    problem: str = ""

    @property
    def reading(self) -> bool:
        """Return whether the file is still being read."""
        return self.file is None and not self.problem

    def shown_sheet(self) -> Sheet | None:
        """Return the sheet that is looked at."""
        sheets = self.file.sheets if self.file else ()
        return next((sheet for sheet in sheets if sheet.name == self.sheet), None)

    def shown_mapping(self) -> SheetMapping | None:
        """Return the mapping of the sheet that is looked at."""
        return self.mapping.of(self.sheet)


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What a person wants to be checked or imported."""

    paths: tuple[Path, ...]
    """PDFs and folders."""
    metadata: tuple[Path, ...]
    mappings: Mapping[Path, ColumnMapping] = field(default_factory=dict)
    access: Access = Access.INTERNAL
    replaces: bool = False
    """Whether what a file says goes before what the archive holds."""


class ImportDraft:
    """The files of an import, and what their columns hold."""

    def __init__(self) -> None:
        self.others: tuple[Path, ...] = ()
        self.access = Access.INTERNAL
        self.replaces = False
        self._sources: dict[Path, Source] = {}
        self._earlier: dict[tuple[Path, str, SheetKind | None], SheetMapping] = {}

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return the metadata files in the order in which they came."""
        return tuple(self._sources.values())

    def source(self, path: Path) -> Source | None:
        """Return a metadata file; None where it was taken out."""
        return self._sources.get(path)

    def add(self, metadata: Iterable[Path], others: Iterable[Path]) -> tuple[Path, ...]:
        """Add files and return the metadata files that are new."""
        new = tuple(dict.fromkeys(path for path in metadata if path not in self._sources))
        self._sources |= {path: Source(path) for path in new}
        self.others = tuple(dict.fromkeys((*self.others, *others)))
        return new

    def remove(self, path: Path) -> None:
        """Take a file or folder out."""
        self._sources.pop(path, None)
        self.others = tuple(other for other in self.others if other != path)

    def take_file(
        self, path: Path, file: MetadataFile, mapping: ColumnMapping | None = None
    ) -> None:
        """Keep what was read of a metadata file; `mapping` goes before what is guessed."""
        if path not in self._sources:
            return
        found = guess_mapping(file) if mapping is None else adapt_mapping(mapping, file)
        # What is imported is looked at first, not a sheet that says nothing.
        shown = next((one.name for one in found.sheets if one.kind is not None), "")
        shown = shown if shown or not file.sheets else file.sheets[0].name
        self._sources[path] = Source(path, file, found, shown)

    def take_problem(self, path: Path, problem: str) -> None:
        """Note why a metadata file can't be read."""
        if path in self._sources:
            self._sources[path] = Source(path, problem=problem)

    def show_sheet(self, path: Path, name: str) -> None:
        """Note which sheet is looked at."""
        self._sources[path] = replace(self._sources[path], sheet=name)

    def set_sheet(self, path: Path, sheet: SheetMapping) -> None:
        """Keep the mapping of a sheet."""
        source = self._sources[path]
        self._sources[path] = replace(source, mapping=source.mapping.with_sheet(sheet))

    def set_mapping(self, path: Path, mapping: ColumnMapping) -> None:
        """Take the mapping of another file of its kind; what it does not name is guessed."""
        source = self._sources[path]
        if source.file is not None:
            adapted = adapt_mapping(mapping, source.file)
            self._sources[path] = replace(source, mapping=adapted)

    def set_kind(self, path: Path, name: str, kind: SheetKind | None) -> None:
        """Say what a sheet holds; its columns are guessed anew, or as they were said before."""
        source = self._sources[path]
        now = source.mapping.of(name)
        if source.file is None or now is None or now.kind is kind:
            return
        self._earlier[path, name, now.kind] = now
        known = self._earlier.get((path, name, kind))
        if known is not None or kind is None:
            self.set_sheet(path, known or replace(now, kind=None))
            return
        blank = source.mapping.with_sheet(SheetMapping(now.name, kind))
        guessed = adapt_mapping(blank, source.file).of(name)
        if guessed is not None:
            self.set_sheet(path, guessed)

    def request(self) -> ImportRequest:
        """Return what is to be imported; files that can't be read are left to say so."""
        return ImportRequest(
            self.others,
            tuple(self._sources),
            {path: source.mapping for path, source in self._sources.items() if source.file},
            self.access,
            self.replaces,
        )

    @property
    def ready(self) -> bool:
        """Return whether there is something to import, and nothing is being read any more."""
        return any(source.file for source in self.sources) and not any(
            source.reading for source in self.sources
        )
