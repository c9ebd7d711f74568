"""Titles that name nothing: `Editorial`, `Guest editorial`, `Book reviews`, `Vorwort`.

in -> out: a title -> whether every word of it only says what kind of contribution it is. Many works bear such a title,
often several of one venue, so that it tells none of them from the others. Rules: the standing heads of journals and
proceedings, in the languages that most records are in.
"""

from functools import lru_cache

from pipeline.text.folding import fold

# The heads of columns, each of which may be a whole title.
_HEADS_TEXT = (
    "abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments announcement "
    "announcements appendix bibliography biographies bookshelf calendar chronicle column commentary comments "
    "conclusion conclusions contents contributors correspondence corrigenda debate dedication dialogue discussion "
    "editorial editorials epilogue errata erratum events farewell foreword forewords frontmatter glossary "
    "greetings highlights index interview interviews introduction introductions introductory invitation letter "
    "letters masthead meetings memoriam message messages minutes miscellanea miscellany news newsletter note "
    "notes notice notices obituaries obituary opinion outlook overview panel perspective perspectives postscript "
    "preface prefaces preliminaries proceedings prologue questions reader readers recollections references "
    "reminiscences remarks reply report reports response review reviewers reviews roundtable section session "
    "summary supplement symposium synopsis tribute tutorial update updates viewpoint welcome workshop avant "
    "propos editoriaux preambule remerciements sommaire comptes rendus actualites nouvelles einleitung einfuhrung "
    "vorwort geleitwort nachruf nachrufe buchbesprechung buchbesprechungen rezension rezensionen mitteilungen "
    "inhalt inhaltsverzeichnis nachrichten editoriales introduccion prefacio prologo presentacion resena resenas "
    "noticias introducao apresentacao resenha resenhas introduzione prefazione recensioni recensione editoriale "
    "redactioneel voorwoord inleiding boekbespreking boekbesprekingen forord innledning inledning recensioner "
    "predislovie vvedenie retsenzii onsoz giris wstep recenzje uvod predgovor recenze"
)
_HEADS = frozenset(_HEADS_TEXT.split())
# What stands around them: who writes, of what, in which issue.
_AROUND_TEXT = (
    "a an and as at by for from in of on our the this to with about de des der die das du et la le les un une und "
    "von zum zur del el los las y e da do o os di il van het en annual associate author authors board book books "
    "call chair chairman chairperson chairs chief co committee conference copy corner current desk director "
    "editor editors executive first final general guest influential inside invited issue issues january february "
    "march april may june july august september october november december journal list literature media member "
    "members monthly new opening organizers page pages paper papers part past president presidents program "
    "programme publisher publishers quarterly recent research s second secretary section short society special "
    "spring summer autumn fall winter table technical third treasurer treasurers upcoming vice volume year "
    "chairmans readers secretarys gast numero heft band livres libros libro livre bucher buch ouvrages autor "
    "redaccion redaktion"
)
_KNOWN = _HEADS | frozenset(_AROUND_TEXT.split())
_LONGEST = 8
"""Words; longer titles say something."""


@lru_cache(maxsize=8192)
def names_nothing(title: str) -> bool:
    """Return whether the title only says what kind of contribution this is.

    >>> names_nothing("Guest Editorial"), names_nothing("Reminiscences on Influential Papers")
    (True, True)
    >>> names_nothing("Book Review Column"), names_nothing("Avant-propos"), names_nothing("Editor's Notes 12(3)")
    (True, True, True)
    >>> names_nothing("Editorial: feathers in flight"), names_nothing("Special papers")
    (False, False)
    """
    words = [word for word in fold(title).split() if word.isalpha() or not any(map(str.isdigit, word))]
    return len(words) <= _LONGEST and not _HEADS.isdisjoint(words) and _KNOWN.issuperset(words)
