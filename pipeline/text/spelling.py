"""Whether two words of two titles are the same word.

in -> out: two folded words -> equal, spelled otherwise, a slip of the fingers, or different. Rules: the differences
between British and American spelling (Oxford and Merriam-Webster list both), English plurals, Roman and spelled
numbers; what counts as a slip was measured, see `is_slip`.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

_ARTICLES = "a an the le la les un une el los las der das den dem ein eine het een"
_SMALL = (
    "and or of in on at by to for from with within into onto over under upon as is are was were be been do does did "
    "can could how why what when where which who whose that this these those it its their our we via using toward "
    "towards between among through during per versus vs du des et y e del und"
)
_NEGATIONS = "no not non without never nor neither un cannot"
_CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_WORD_PAIRS = (
    "angel/angle barely/barley board/broad casual/causal casually/causally diary/dairy martial/marital nerve/never "
    "preform/perform quiet/quite sacred/scared silver/sliver spilt/split there/three tired/tried trail/trial "
    "unite/untie complement/compliment inhibited/inhabited casualty/causality infarction/infraction planing/planning "
    "striping/stripping scraping/scrapping adaption/adoption angular/annular arteritis/arthritis atomic/atopic "
    "basins/basis bending/blending bleeding/blending bonded/bounded bonds/bounds cases/causes caudal/causal "
    "change/charge changing/charging coarse/course coding/coping coevolution/convolution competing/completing "
    "competing/computing connecti/convecti content/consent content/context contiguous/continuous contract/contrast "
    "converse/converge crustal/crystal defect/detect deletion/depletion drivers/drives expert/export flavor/favor "
    "forced/formed forcing/forming formal/format fraction/friction generic/genetic global/glocal graft/grant "
    "healing/hearing healing/heating hearing/heating hematoma/hepatoma impact/impart indices/induces infecti/injecti "
    "insect/insert intention/invention internal/interval isolat/insolat lasers/layers lesion/lesson marker/market "
    "material/maternal mediation/medication meeting/melting mental/metal meteor/meter mining/mixing models/modes "
    "moral/mortal mortality/morality neural/neutral optical/optimal pairs/paris parent/patent patent/patient "
    "phase/phrase planes/planet planes/plates planet/plant position/positron potent/patent present/prevent "
    "primate/private profess/process project/protect proton/photon rabbit/rabbi racial/radial radial/radical "
    "reduction/redaction regard/reward regression/repression rejection/resection related/relaxed "
    "resolution/revolution sampler/sample secretary/secretory seeing/seeking shaped/shared shared/sheared "
    "siding/sliding simulat/stimulat singing/sinking spacer/space spinal/spiral sports/spots stages/states "
    "stain/strain stains/statins static/statin statins/stations stream/steam strike/stroke surface/surfact "
    "taking/talking testis/tests textual/textural through/trough thrust/trust tomograph/topograph topical/tropical "
    "tracing/tracking tracing/trading translational/transnational tuning/turning valence/valance vector/victor "
    "wafer/water walker/walter warming/warning"
)

ARTICLES = frozenset(_ARTICLES.split())
STOP_WORDS = ARTICLES | frozenset(_SMALL.split())
"""Words that say little about what a title is about: skipped when content words are counted and in citation keys."""
NEGATIONS = frozenset(_NEGATIONS.split())

_SHORTEST_SWAP = 5
"""In shorter words two swapped letters make too many other words (form/from)."""
_SHORTEST_DOUBLE = 7
_SHORTEST_VOWEL = 9
_VOWEL_START, _VOWEL_END = 3, 4
"""Letters before and behind that must agree: shorter keeps would pass macro/micro and -ate/-ite."""
_SHORTEST_LETTER = 6
_SHORTEST_STEM = 4
_ENDINGS = frozenset(
    ["", "al", "ar", "ary", "e", "es", "ial", "ic", "ical", "ically", "ics", "onal", "s", "tic", "ual", "y"]
)
"""Endings of nouns and of their adjectives (`climate`, `climatic`); verbs, agents and substances have others."""
_OTHER_NOUN = frozenset(["", "s", "y"])
"""Two of these alone make other nouns (factor, factory)."""
_CHEMICAL = frozenset(("ate", "ite", "ide", "ine", "ane", "ene", "yne", "ase", "ose", "one"))
"""Endings that tell substances apart (phosphate/phosphite, fluorine/fluoride)."""
_NUMBERS = {name: str(value) for value, name in enumerate(_CARDINALS.split())}
_NUMBERS |= {
    name: f"{value}{('th', 'st', 'nd', 'rd')[value if value < 4 else 0]}"
    for value, name in enumerate(_ORDINALS.split(), start=1)
}
_ROMAN = {numeral: str(value) for value, numeral in enumerate(_NUMERALS.split(), start=1)}
_VOWELS = frozenset("aeiouy")
_AMBIGUOUS = frozenset("ivx")
"""Single letters are numerals only beside a numeral (`Part I` and `Part 1`), not on their own."""
_WHOLE = {
    "grey": "gray", "programme": "program", "aluminium": "aluminum", "artefact": "artifact", "defence": "defense",
    "offence": "offense", "licence": "license", "practise": "practice", "judgement": "judgment", "ageing": "aging",
    "towards": "toward", "whilst": "while", "amongst": "among", "tyre": "tire", "sceptical": "skeptical",
    "criteria": "criterion", "phenomena": "phenomenon", "spectra": "spectrum", "matrices": "matrix",
    "indices": "index", "vertices": "vertex", "enrolment": "enrollment", "fulfil": "fulfill",
    "mould": "mold", "plough": "plow", "disc": "disk", "analogue": "analog",
}  # fmt: skip
_SPELLINGS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[a-z])[ao]e(?=[a-z]{2})|^[ao]e(?=[a-z]{4})", "e"),  # anaemia, oesophagus
        (r"is(?=(?:e|ed|es|er|ers|ing|ation|ations|able)$)", "iz"),  # organise
        (r"ys(?=(?:e|ed|er|ers|ing)$)", "yz"),  # analyse
        (r"(?<=[lbvtmdnpgi])our(?=(?:s|ed|ing|al|ally|ite|able|less|ful|hood|hoods|ization|ized)?$)", "or"),  # tumour
        (r"(?<=[a-z]{2}[tb])re(?=s?$)", "er"),  # centre
        (r"(?<=[a-z]{2}[tb])red$", "ered"),
        (r"(?<=[a-z]{4})ll(?=(?:ing|ed|er|ers)$)", "l"),  # modelling
        (r"logue(?=s?$)", "log"),
        (r"sulph", "sulf"),
        (r"(?<=[a-z]{2})yses$", "ysis"),  # analyses
        (r"(?<=the|gno|sta|cro)ses$", "sis"),  # hypotheses
    )
)
_PLURALS = ((re.compile(r"(?<=[a-z]{2})ies$"), "y"), (re.compile(r"(?<=[a-z](?:x|z)|ss|ch|sh)es$"), ""))
_PLURAL_S = re.compile(r"(?<=[a-z]{2}[^suiy])s$|(?<=[a-z][aeo]y)s$")
_ISOTOPE = re.compile(r"(?:d|delta)?(\d{1,3})(h|he|li|be|b|c|n|o|mg|al|si|s|p|cl|ar|k|ca|cr|fe|sr|nd|hf|pb|ra|th|u)")
_ISOTOPE_BEHIND = re.compile(
    r"(h|hydrogen|he|helium|li|lithium|c|carbon|n|nitrogen|o|oxygen|s|sulfur|p|phosphorus|cl|chlorine|k|ca|calcium|sr"
    r"|strontium|cs|cesium|i|iodine|pb|lead|ra|radium|th|thorium|u|uranium)(\d{1,3})"
)
_ELEMENTS = {
    "hydrogen": "h", "helium": "he", "lithium": "li", "carbon": "c", "nitrogen": "n", "oxygen": "o", "sulfur": "s",
    "phosphorus": "p", "chlorine": "cl", "calcium": "ca", "strontium": "sr", "cesium": "cs", "iodine": "i",
    "lead": "pb", "radium": "ra", "thorium": "th", "uranium": "u",
}  # fmt: skip
_NEIGHBOURS = frozenset(frozenset(pair.split("/")) for pair in _WORD_PAIRS.split())
"""Words one letter or one slip apart that both exist: the one for the other is another word, not a typing error. Most
were met in titles of records."""


@lru_cache(maxsize=65536)
def canonical(word: str) -> str:
    """Return one form for all spellings of a word: American, singular, numbers in figures.

    >>> canonical("tumours"), canonical("tumor"), canonical("colour"), canonical("modelling"), canonical("anaemia")
    ('tumor', 'tumor', 'color', 'modeling', 'anemia')
    >>> canonical("iii"), canonical("three"), canonical("3d"), canonical("analyses"), canonical("studies")
    ('3', '3', '3d', 'analysis', 'study')
    """
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word in _ROMAN and word not in _AMBIGUOUS:
        return _ROMAN[word]
    if len(word) < _SHORTEST_SWAP - 1 or not word.isascii() or not word.isalpha():
        return word
    word = _WHOLE.get(word, word)
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    for pattern, replacement in _PLURALS:
        word = pattern.sub(replacement, word)
    word = _PLURAL_S.sub("", word)
    return _WHOLE.get(word, word)


@lru_cache(maxsize=65536)
def is_number(word: str) -> bool:
    """Return whether the word counts or numbers something: it has a figure, or is a numeral.

    >>> is_number("2d"), is_number("two"), is_number("iv"), is_number("i"), is_number("image")
    (True, True, True, True, False)
    """
    return any(char.isdigit() for char in word) or word in _NUMBERS or word in _ROMAN


def isotope(joined: str) -> str:
    """Return one form for `15N`, `N-15` and `nitrogen-15`, for `δ13C` and `d13C`, given as one folded word.

    >>> isotope("15n"), isotope("n15"), isotope("nitrogen15"), isotope("delta13c"), isotope("d13c"), isotope("h2o")
    ('15n', '15n', '15n', 'd13c', 'd13c', 'h2o')
    """
    if _ISOTOPE.fullmatch(joined):
        return joined.replace("delta", "d")
    behind = _ISOTOPE_BEHIND.fullmatch(joined)
    return behind[2] + _ELEMENTS.get(behind[1], behind[1]) if behind else joined


def is_same_number(one: str, other: str) -> bool:
    """Return whether two numerals say the same, also where one of them is a single letter.

    >>> is_same_number("i", "1"), is_same_number("v", "5"), is_same_number("ii", "iii")
    (True, True, False)
    """
    return _ROMAN.get(one, canonical(one)) == _ROMAN.get(other, canonical(other))


def is_slip(one: str, other: str) -> bool:
    """Return whether one word is the other with a typing error that makes no other word of it.

    One or two swaps of neighbouring letters behind the first one; in a long word a letter doubled or not, or one vowel
    for another far from both ends. Two existing words that are so close are listed in `_WORD_PAIRS`.

    >>> is_slip("prospcetive", "prospective"), is_slip("occurence", "occurrence"), is_slip("definately", "definitely")
    (True, True, True)
    >>> is_slip("casual", "causal"), is_slip("protection", "projection"), is_slip("hypertension", "hypotension")
    (False, False, False)
    >>> is_slip("conversation", "conservation"), is_slip("phosphate", "phosphite"), is_slip("unified", "untied")
    (False, False, False)
    """
    if one[:1] != other[:1] or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other) and sorted(one) == sorted(other):
        return len(one) >= _SHORTEST_SWAP and _is_swapped(one, other) and _are_comparable(one, other)
    if OSA.distance(one, other, score_cutoff=1) != 1 or not _are_comparable(one, other):
        return False
    at, shortest = _first_difference(one, other), min(len(one), len(other))
    if len(one) != len(other):
        longer = max(one, other, key=len)
        return shortest >= _SHORTEST_DOUBLE and at > 0 and longer[at] == longer[at - 1]
    is_inside = _VOWEL_START <= at < len(one) - _VOWEL_END
    return shortest >= _SHORTEST_VOWEL and is_inside and one[at] in _VOWELS and other[at] in _VOWELS


def is_one_letter_off(one: str, other: str) -> bool:
    """Return whether words differ by any one letter between beginning and ending: an error, or another word.

    Beginnings (micro-/macro-, ab-/ad-) and the endings of substances are no errors.

    >>> is_one_letter_off("micoscopy", "microscopy"), is_one_letter_off("protection", "projection")
    (True, False)
    >>> is_one_letter_off("gobal", "global"), is_one_letter_off("pressue", "pressure")
    (True, True)
    >>> is_one_letter_off("adsorption", "absorption"), is_one_letter_off("nitrate", "nitrite")
    (False, False)
    """
    if OSA.distance(one, other, score_cutoff=1) != 1 or not _are_comparable(one, other):
        return False
    at, longest = _first_difference(one, other), max(len(one), len(other))
    # A letter lost or slipped in leaves the word readable up to its ends; one for another makes other words there.
    is_lost = len(one) != len(other)
    is_inside = longest >= _SHORTEST_LETTER and (1 <= at < longest - 1 if is_lost else 2 <= at < longest - 2)
    return is_inside and not (one[-3:] != other[-3:] and {one[-3:], other[-3:]} <= _CHEMICAL)


def is_of_one_family(one: str, other: str) -> bool:
    """Return whether two words are one stem with two endings that leave its meaning: an adjective for its noun.

    >>> is_of_one_family("climatic", "climate"), is_of_one_family("theory", "theoretical")
    (True, False)
    >>> is_of_one_family("neuronal", "neural"), is_of_one_family("harmful", "harmless")
    (True, False)
    """
    if not (one.isascii() and other.isascii() and one.isalpha() and other.isalpha()):
        return False
    stem = _first_difference(one, other)
    ends = ({one[end:], other[end:]} for end in (stem, stem - 1) if end >= _SHORTEST_STEM)
    return any(pair <= _ENDINGS and not pair <= _OTHER_NOUN for pair in ends)


def _are_comparable(one: str, other: str) -> bool:
    """Latin words with one first letter that are not two words known to be close."""
    if not (one.isascii() and other.isascii() and one.isalpha() and other.isalpha()) or one[0] != other[0]:
        return False
    ends = range(5, min(len(one), len(other)) + 2)
    pairs = (frozenset((one[:end], other[: end + shift])) for end in ends for shift in (-1, 0, 1))
    return not any(pair in _NEIGHBOURS for pair in pairs)


def _first_difference(one: str, other: str) -> int:
    """Position behind which the words go apart; for a letter too many, the last of its kind."""
    shortest = min(len(one), len(other))
    return next((i for i in range(shortest) if one[i] != other[i]), shortest)


def _is_swapped(one: str, other: str) -> bool:
    """Whether one or two swaps of neighbouring letters make one word of the other."""
    once = _swaps(one)
    return other in once or (len(one) >= _SHORTEST_DOUBLE and not once.isdisjoint(_swaps(other)))


def _swaps(word: str) -> set[str]:
    """All that becomes of a word by swapping two neighbouring letters behind the first one."""
    return {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)}
