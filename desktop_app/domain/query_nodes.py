"""The tree of a query: what is looked for, and how trees are put in order."""

from dataclasses import dataclass, replace

from .query_fields import QUERY_FIELDS, Holder

FIRST_YEAR, LAST_YEAR = 0, 9999


@dataclass(frozen=True, slots=True)
class Word:
    """One word, in any field or in the named one; `prefix` also finds words beginning with it."""

    form: str
    prefix: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other in this order."""

    forms: tuple[str, ...]
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Records whose field holds one of `values`, or lies from `first` to `last` (numbers).

    `values` are codes; texts as typed where the field takes any text, "*" at the end for words that
    only begin so; for `has` what is filled. `also` are further filters which the same finding or
    appraisal has to pass.
    """

    field: str
    values: tuple[str, ...] = ()
    first: int = FIRST_YEAR
    last: int = LAST_YEAR
    also: tuple["Filter", ...] = ()


@dataclass(frozen=True, slots=True)
class And:
    """All parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this part."""

    part: "Node"


Node = Word | Phrase | Filter | And | Or | Not


def words_of(node: Node | None) -> list[Word | Phrase]:
    """Return the words and phrases that a match must or may hold, excluded ones left out."""
    match node:
        case None | Filter() | Not():
            return []
        case Word() | Phrase():
            return [node]
        case And(parts) | Or(parts):
            return [word for part in parts for word in words_of(part)]


def simplify(node: Node) -> Node | None:
    """Return the tree without empty and single-part branches; None when nothing is left."""
    match node:
        case And(parts) | Or(parts):
            kept = tuple(part for part in map(simplify, parts) if part is not None)
            flat: list[Node] = []
            for part in kept:
                flat.extend(part.parts if isinstance(part, type(node)) else (part,))
            if isinstance(node, And):
                flat = _of_same_part(flat)
            if len(flat) < 2:
                return flat[0] if flat else None
            return type(node)(tuple(flat))
        case Not(part):
            inside = simplify(part)
            if isinstance(inside, Not):
                return inside.part
            return None if inside is None else Not(inside)
        case _:
            return node


def only_excludes(node: Node) -> bool:
    """Return whether a tree says only what to leave out."""
    match node:
        case Not():
            return True
        case And(parts) | Or(parts):
            return all(map(only_excludes, parts))
        case _:
            return False


def excludes_words(node: Node) -> bool:
    """Return whether a word is left out: "all but guides" is a list, "all but a word" is none."""
    match node:
        case Not(part):
            return _holds_words(part)
        case And(parts) | Or(parts):
            return any(map(excludes_words, parts))
        case _:
            return False


def _holds_words(node: Node) -> bool:
    match node:
        case Not(part):
            return _holds_words(part)
        case And(parts) | Or(parts):
            return any(map(_holds_words, parts))
        case _:
            return not isinstance(node, Filter)


def _of_same_part(nodes: list[Node]) -> list[Node]:
    """Return the nodes with the filters of findings made one, and those of appraisals.

    "outcome:attitudes direction:improved" asks for one finding that is both. Where a field stands
    twice, nobody can tell which belong together.
    """
    for holder in (Holder.FINDING, Holder.APPRAISAL):
        same = [
            node
            for node in nodes
            if isinstance(node, Filter)
            and not node.also
            and QUERY_FIELDS[node.field].holder is holder
        ]
        if len(same) < 2 or len({node.field for node in same}) < len(same):
            continue
        first = nodes.index(same[0])
        nodes = [node for node in nodes if node not in same]
        nodes.insert(first, replace(same[0], also=tuple(same[1:])))
    return nodes
