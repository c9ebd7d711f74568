"""What BibTeX files say, however strictly they are read: keys and names.

in -> out: a key -> whether it can be cited; bibtexparser's parts of a name -> `Author`.
"""

import re

from bibtexparser.middlewares import NameParts

from pipeline.model import LONGEST_KEY, Author
from pipeline.text import latex, markup, person

_KEY = re.compile(r"[A-Za-z0-9][\w:.+/-]*", re.ASCII)


def is_key(text: str) -> bool:
    """Tell whether every document can cite a key and every output carry it; the catalog takes no longer one.

    >>> is_key("doe2010counting"), is_key("DBLP:conf/nips/Doe10"), is_key("doe 2010"), is_key("ğ"), is_key("a{b")
    (True, True, False, False, False)
    """
    return len(text) <= LONGEST_KEY and _KEY.fullmatch(text) is not None


def read_name(name: NameParts) -> Author:
    r"""Turn BibTeX's parts into ours; a name that is one pair of braces is an organisation's.

    >>> read_name(NameParts(first=["Anna"], von=["van", "der"], last=[r'B{\"o}k'], jr=["Jr."])).family
    'van der Bök'
    >>> read_name(NameParts(last=["{World Health Organization}"])).literal
    'World Health Organization'
    """
    given, family, suffix = (" ".join(parts) for parts in (name.first, [*name.von, *name.last], name.jr))
    if family.startswith("{") and family.endswith("}") and not given:
        return Author(literal=markup.clean(latex.decode(family)))
    author = Author(
        given=latex.decode(given) or None, family=latex.decode(family) or None, suffix=latex.decode(suffix) or None
    )
    return person.clean(author)
