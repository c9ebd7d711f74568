"""Title agreement, pair by pair: the list's title, a record's title, and the level that they must reach."""

import pytest

from pipeline.text.title import agree, content_words, fold, safe_words, strip_notice, strip_stray, words

SAME = [
    ("letter case", "DEEP LEARNING FOR X-RAYS", "Deep Learning for X-Rays"),
    ("trailing full stop", "Deep learning for retinal disease.", "Deep learning for retinal disease"),
    ("curly and straight quotes", "Playing a Rubik’s Cube", "Playing a Rubik's Cube"),
    ("dashes", "Vision–language — a survey", "Vision-language - a survey"),
    ("hyphen joined", "Selfsupervised learning of scans", "Self-supervised learning of scans"),
    ("hyphen spaced", "Self supervised learning of scans", "Self-supervised learning of scans"),
    ("compound word", "Data sets of waste water", "Datasets of wastewater"),
    ("ampersand", "Segmentation & registration of organs", "Segmentation and registration of organs"),
    ("escaped entity", "Segmentation &amp; registration", "Segmentation &amp;amp; registration"),
    ("accents gone", "Uber die Losung der Gleichungen", "Über die Lösung der Gleichungen"),
    ("stroke and ligature", "Soren Kierkegaard and the aesthetic", "Søren Kierkegaard and the æsthetic"),
    ("italic tags", "Growth of E. coli in milk", "Growth of <i>E. coli</i> in milk"),
    ("lost space beside a tag", "Ecology of Calidris in marshes", "Ecology of<i>Calidris</i>in marshes"),
    ("subscript tags", "Photolysis of H2O on TiO2", "Photolysis of H<sub>2</sub>O on TiO<sub>2</sub>"),
    ("MathML", "Decay of x2", "Decay of <mml:math><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:math>"),
    ("LaTeX formula", r"Bounds for $\alpha$-stable noise", "Bounds for α-stable noise"),
    ("LaTeX braces and accents", r"{BERT} for Schr{\"o}dinger", "BERT for Schrödinger"),
    ("Greek name and letter", "TNF-alpha in interferon-beta therapy", "TNF-α in interferon-β therapy"),
    ("full width letters", "Ｄｅｅｐ learning", "Deep learning"),
    ("British and American", "Modelling tumour centres", "Modeling tumor centers"),
    ("medical spelling", "Paediatric leukaemia and oesophageal disease", "Pediatric leukemia and esophageal disease"),
    ("-ise and -ize", "Optimising and analysing organisations", "Optimizing and analyzing organizations"),
    ("plural", "Graph network for medical images", "Graph networks for medical image"),
    ("dimensions", "Three-dimensional and 2D imaging", "3D and two-dimensional imaging"),
    ("number joined", "COVID19 and K means", "COVID-19 and K-means"),
    ("number in words", "Two-stage training in three steps", "2-stage training in 3 steps"),
    ("Roman and Arabic part", "Airborne radar, Part II", "Airborne radar, Part 2"),
    ("single Roman letter", "Airborne radar, Part I", "Airborne radar, Part 1"),
    ("species, abbreviated", "Growth of E. coli in milk", "Growth of Escherichia coli in milk"),
    ("ordinal", "The first survey of lakes", "The 1st survey of lakes"),
    ("isotope, number behind", "Uptake of N-15 by roots", "Uptake of 15N by roots"),
    ("isotope, in words", "Uptake of nitrogen-15 by roots", "Uptake of <sup>15</sup>N by roots"),
    ("delta of an isotope", "Trends of d13C in shells", "Trends of δ13C in shells"),
    ("kind of contribution, worded otherwise", "Green tea (Panel)", "Green tea (panel session)"),
    ("stray option", "Conformal maps of the disk --update references", "Conformal maps of the disk"),
    ("stray state in brackets", "Conformal maps of the disk (2nd version) [arXiv]", "Conformal maps of the disk"),
    ("retracted paper itself", "Green tea and the heart", "RETRACTED ARTICLE: Green tea and the heart"),
    ("UTF-8 read as Latin-1", "\u00e2\u0080\u009cOld\u00e2\u0080\u009d approaches", "“Old” approaches"),
    ("no Latin letters", "深度学习综述", "深度学习综述"),
]  # fmt: skip

STRONG = [
    ("two letters swapped", "Prospcetive cohort study of workers", "Prospective cohort study of workers"),
    ("two swaps in one word", "Rate chaengs from static stress", "Rate changes from static stress"),
    ("two words with swaps", "Pathgoenesis of solar drpolets in testing", "Pathogenesis of solar droplets in testing"),
    ("doubled letter lost", "Occurence of rare earths in rocks", "Occurrence of rare earths in rocks"),
    ("vowel in a long word", "Definately convergent series of functions", "Definitely convergent series of functions"),
    ("article lost", "Diagnosis of growth hormone deficiency", "The diagnosis of a growth hormone deficiency"),
    ("article lost beside a slip", "Wall of cutnaeous nodule", "Wall of a cutaneous nodule"),
    ("footnote mark", "Oxidation by xenon trioxide", "Oxidation by xenon trioxide1"),
    ("two footnote marks", "Oxidation by xenon trioxides", "Oxidation by xenon trioxides1,2"),
]

LOOSE = [
    ("subtitle dropped", "Models Genesis", "Models Genesis: Generic Autodidactic Models"),
    ("subtitle on the list only", "Models Genesis: Generic Autodidactic Models", "Models Genesis"),
    ("subtitle behind a question mark", "Where is the boundary?", "Where is the boundary? A study of ice"),
    ("subtitle dropped after a slip", "Concept of educatoin", "Concept of education: an analysis"),
    ("subtitle about a response", "Oaks in drought", "Oaks in drought: response of leaves to wind"),
    ("subtitle about a correction", "Imaging of waves", "Imaging of waves: correction of drift"),
    ("subtitle about comments", "Weblogs of nurses", "Weblogs of nurses: comments and their readers"),
    ("subtitle with a virus", "Lung lesions", "Lung lesions: imaging of SARS-CoV-2"),
    ("coined name on the list only", "SimNet: learning to compare scans", "Learning to compare scans"),
    ("coined name in the record only", "Learning to compare scans", "nnSim: learning to compare scans"),
    ("one small word", "Deep learning for image analysis", "Deep learning in image analysis"),
    ("abstract", "Green tea and the heart", "Green tea and the heart (Abstract)"),
    ("extended abstract", "Green tea and the heart [Extended Abstract]", "Green tea and the heart"),
    ("panel", "Green tea and the heart", "Green tea and the heart (panel session)"),
    ("invited", "Green tea and the heart [invited]", "Green tea and the heart"),
    ("poster", "Green tea and the heart", "Green tea and the heart (poster)"),
    ("keynote", "Green tea and the heart", "Keynote: Green tea and the heart"),
    ("book review as suffix", "Green tea and the heart", "Green tea and the heart - Book Review"),
    ("letter lost near the beginning", "Models of gobal transport", "Models of global transport"),
    ("letter slipped in near the beginning", "Relief of toxic schock in adults", "Relief of toxic shock in adults"),
    ("letter lost near the end", "Lowering the blood pressue of adults", "Lowering the blood pressure of adults"),
    ("adjective and noun", "Regional climate records of lakes", "Regional climatic records of lakes"),
    ("two adjectives of one noun", "Models of neural growth in mice", "Models of neuronal growth in mice"),
    ("Greek letter by its looks", "Folding of α-synuclein in cells", "Folding of a-synuclein in cells"),
    ("one wrong letter", "Quantitative electron micoscopy of skin", "Quantitative electron microscopy of skin"),
]  # fmt: skip

REFUSED = [
    ("2D and 3D", "2D segmentation of the heart", "3D segmentation of the heart", "number"),
    ("year in the title", "Overview of the 2019 challenge", "Overview of the 2020 challenge", "number"),
    ("Roman numerals", "Airborne radar II", "Airborne radar III", "number"),
    ("parts", "Airborne radar, Part I", "Airborne radar, Part II", "number"),
    ("part in the record only", "Airborne radar", "Airborne radar: Part 2", "number"),
    ("part with further title", "Airborne radar", "Airborne radar. 2. Further results", "number"),
    ("numeral in the record only", "Airborne radar", "Airborne radar II", "number"),
    ("lettered part", "Airborne radar", "Airborne radar: Part B", "number"),
    ("part behind a dropped subtitle", "Airborne radar", "Airborne radar: theory and use II", "number"),
    ("sequel", "Airborne radar", "Airborne radar, revisited", "word"),
    ("edition", "Airborne radar", "Airborne radar (Second Edition)", "number"),
    ("edition, abbreviated", "Airborne radar", "Airborne radar, 2nd ed.", "number"),
    ("edition, in German", "Radar im Flug", "Radar im Flug. 3. Auflage", "number"),
    ("sequel behind a break", "Airborne radar", "Airborne radar: revisited", "number"),
    ("model number", "Training with YOLOv3", "Training with YOLOv4", "number"),
    ("version by a plus", "Rubik's Cube: learning for volumes", "Rubik's Cube+: learning for volumes", "word"),
    ("not", "Graphs are what you need", "Graphs are not what you need", "negation"),
    ("without", "Learning with labels", "Learning without labels", "negation"),
    ("no", "There is free lunch for learners", "There is no free lunch for learners", "negation"),
    ("unsupervised", "Supervised learning of scans", "Unsupervised learning of scans", "word"),
    ("hyper and hypo", "Treating hypertension in adults", "Treating hypotension in adults", "word"),
    ("micro and macro", "Macroscopic theory of flow", "Microscopic theory of flow", "word"),
    ("ab and ad", "Absorption of dyes on carbon", "Adsorption of dyes on carbon", "word"),
    ("substances", "Effects of phosphate on roots", "Effects of phosphite on roots", "word"),
    ("causal and casual", "Causal reading of novels", "Casual reading of novels", "word"),
    ("conservation and conversation", "Conservation in the garden", "Conversation in the garden", "word"),
    ("content word swapped", "Capacity analysis of mesh networks", "Capacity synthesis of mesh networks", "word"),
    ("sexes swapped", "Bone loss in women after surgery", "Bone loss in men after surgery", "word"),
    ("content word added", "Learning to rank documents", "Learning to rank short documents", "word"),
    ("content word lost", "Robust learning to rank documents", "Learning to rank documents", "word"),
    ("other subtitle", "Knee surgery: static spacers", "Knee surgery: moving spacers", "word"),
    ("correction", "Green tea and the heart", "Correction to: Green tea and the heart", "notice"),
    ("corrigendum in quotes", "Green tea and the heart", "Corrigendum to “Green tea and the heart”", "notice"),
    ("author correction", "Green tea and the heart", "Author Correction: Green tea and the heart", "notice"),
    ("erratum as suffix", "Green tea and the heart", "Green tea and the heart (Erratum)", "notice"),
    ("reply as suffix", "Green tea and the heart", "Green tea and the heart—Reply", "notice"),
    ("response of the author", "Green tea and the heart", "Green tea and the heart: Author’s response", "notice"),
    ("supplement", "Green tea and the heart", "Green tea and the heart: supplementary material", "notice"),
    ("comment on", "Green tea and the heart", "Comment on: Green tea and the heart", "notice"),
    ("review of", "Green tea and the heart", "Review of: Green tea and the heart", "notice"),
    ("retraction note", "Green tea and the heart", "Retraction Note to: Green tea and the heart", "notice"),
    ("erratum on the list only", "Erratum: Green tea and the heart", "Green tea and the heart", "notice"),
    ("reply to somebody", "Green tea and the heart", "Green tea and the heart: a reply to Doe and Roe", "notice"),
    ("rejoinder to somebody", "Green tea and the heart", "Green tea and the heart. Rejoinder to Doe", "notice"),
    ("comments on somebody", "Green tea and the heart", "Green tea and the heart: comments on Doe et al.", "notice"),
    ("author's response to somebody", "Green tea", "Green tea: Author's response to Doe", "notice"),
    ("reply of another edition", "Green tea and the heart", "Green tea and the heart: Reply 2D", "notice"),
    ("discussion as suffix", "Green tea and the heart", "Green tea and the heart. Discussion", "notice"),
    ("reply behind a dropped subtitle", "Green tea", "Green tea: effects on the heart. Reply", "notice"),
    ("one letter that is no genus", "Ageing T cells in mice", "Ageing tumor cells in mice", "word"),
    ("words a letter apart", "Simulation of nerves in mice", "Stimulation of nerves in mice", "word"),
    ("words a letter apart in the middle", "Effects of infection on pain", "Effects of injection on pain", "word"),
    ("words of one stem", "Wages in a factor of production", "Wages in a factory of production", "word"),
    ("another species", "Growth of E. coli in milk", "Growth of E. faecalis in milk", "word"),
    ("another isotope", "Uptake of 14N by roots", "Uptake of 15N by roots", "number"),
    ("another ordinal", "The first survey of lakes", "The 2nd survey of lakes", "number"),
    ("comment behind a mark", "Green tea and the heart", "Comment on: Green tea and the heart (abstract)", "notice"),
    ("stem with a negation", "Harmful tea for the heart", "Harmless tea for the heart", "word"),
    ("another paper", "Green tea and the heart", "Airborne radar", "word"),
    ("other script", "深度学习综述", "深度学习教程", "word"),
]


def check_level(listed: str, found: str, level: str) -> None:
    assert agree(listed, found).level == level, agree(listed, found)
    assert agree(found, listed).level == level, agree(found, listed)


def ids(pairs: list[tuple[str, str, str]] | list[tuple[str, str, str, str]]) -> list[str]:
    return [pair[0] for pair in pairs]


@pytest.mark.parametrize(("reason", "listed", "found"), SAME, ids=ids(SAME))
def test_a_difference_of_writing_is_none(reason: str, listed: str, found: str) -> None:
    check_level(listed, found, "same")


@pytest.mark.parametrize(("reason", "listed", "found"), STRONG, ids=ids(STRONG))
def test_a_slip_still_agrees_strongly(reason: str, listed: str, found: str) -> None:
    check_level(listed, found, "strong")


@pytest.mark.parametrize(("reason", "listed", "found"), LOOSE, ids=ids(LOOSE))
def test_what_lists_drop_agrees_loosely(reason: str, listed: str, found: str) -> None:
    check_level(listed, found, "loose")


@pytest.mark.parametrize(("reason", "listed", "found", "kind"), REFUSED, ids=ids(REFUSED))
def test_a_difference_that_carries_meaning_refuses_both_ways(reason: str, listed: str, found: str, kind: str) -> None:
    for agreement in (agree(listed, found), agree(found, listed)):
        assert agreement.level in ("weak", "none")
        assert agreement.difference == kind


def test_the_reason_names_both_sides() -> None:
    assert agree("2D images", "3D images").reason == "number differs: 2d / 3d"


def test_the_share_counts_content_words_of_both_titles() -> None:
    assert agree("Green tea and the heart", "Black tea and the kidney").share == pytest.approx(1 / 3, abs=0.01)
    assert agree("Green tea and the heart", "Airborne radar").share == 0


def test_three_slips_in_a_short_title_are_too_many() -> None:
    assert agree("Gerne tae and hte herat", "Green tea and the heart").level in ("weak", "none")


def test_a_subtitle_kept_apart_counts_or_not() -> None:
    listed = "Models Genesis: Generic Autodidactic Models"
    assert agree(listed, "Models Genesis", subtitle="Generic Autodidactic Models").level == "same"
    assert agree("Models Genesis", "Models Genesis", subtitle="A RUNNING HEAD").level == "same"


@pytest.mark.parametrize(
    ("case", "listed", "subtitle", "level"),
    [
        ("the record's own", "Tracking data use: Transparency and trust", "Transparency and trust", "same"),
        ("dropped", "Tracking data use", "Transparency and trust", "same"),
        ("another one", "Tracking data use: Tennessee and trust", "Transparency and trust", "weak"),
        ("a part", "Tracking data use", "Part 2", "weak"),
        ("a reply", "Tracking data use", "Reply", "weak"),
    ],
)
def test_where_both_state_a_subtitle_only_the_whole_is_compared(
    case: str, listed: str, subtitle: str, level: str
) -> None:
    assert agree(listed, "Tracking data use", subtitle=subtitle).level == level


def test_a_listed_erratum_agrees_with_the_erratum() -> None:
    assert agree("Erratum: Green tea", "Erratum: Green tea").is_strong


@pytest.mark.parametrize("empty", ["", "...", "<i></i>"])
def test_no_title_agrees_with_nothing(empty: str) -> None:
    assert agree(empty, "Green tea").level == agree(empty, empty).level == "none"


def test_a_text_of_a_page_is_no_title() -> None:
    page = "word " * 500
    assert agree(page, page + "more").level == "none"


@pytest.mark.parametrize("title", ["A <b>bold</b> Étude: 2D/3D & more", r"$\alpha$-stable {N}oise", "深度学习 [arXiv]"])
def test_folding_twice_changes_nothing(title: str) -> None:
    assert fold(fold(title)) == fold(title)


def test_stop_words_are_no_content() -> None:
    assert words("On the Origin of Species") == ("on", "the", "origin", "of", "species")
    assert content_words("On the Origin of Species") == ("origin", "species")
    assert content_words("How to Do It") == ("how", "to", "do", "it")


@pytest.mark.parametrize("sign", list('?*!|"():~^[]{}'))
def test_no_operator_of_a_search_survives(sign: str) -> None:
    assert safe_words(f"Is {sign}tea{sign} good") == "is tea good"


def test_safe_words_drop_what_is_not_the_title() -> None:
    assert safe_words("RETRACTED: Self-supervised tea NOT milk --update references") == "self-supervised tea not milk"


@pytest.mark.parametrize(
    ("title", "rest", "is_retracted"),
    [
        ("RETRACTED: Green tea", "Green tea", True),
        ("WITHDRAWN: Green tea", "Green tea", True),
        ("[Retracted] Green tea", "Green tea", True),
        ("Retracted Article: Green tea", "Green tea", True),
        ("Green tea (Retracted)", "Green tea", True),
        ("Retraction: Green tea", "Retraction: Green tea", False),
        ("Retracted claims about tea", "Retracted claims about tea", False),
        ("RETRACTED:", "RETRACTED:", False),
    ],
)
def test_a_mark_of_retraction_is_not_part_of_the_title(title: str, rest: str, is_retracted: bool) -> None:
    assert strip_notice(title) == (rest, is_retracted)


@pytest.mark.parametrize("title", ["Sums of (at most) two primes (II)", "Life in 3D [a film]", "What --if not-- now"])
def test_brackets_and_dashes_of_the_title_stay(title: str) -> None:
    assert strip_stray(title) == title
