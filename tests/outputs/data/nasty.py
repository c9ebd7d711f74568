"""Invented papers, each nasty in one way: names of many languages, formulas, markup, and texts that try to be syntax.

`LATIN` holds what pdflatex prints, `OTHER` what needs a Unicode engine (or the stand-ins of the ASCII form).
"""

from typing import Any

from pipeline.model import Author, Ids, Listed, Notice, Paper, Version


def paper(key: str, title: str = "A plain title", *authors: Author, **fields: Any) -> Paper:
    """Make an article that every format can show; `fields` are those of `Paper`."""
    article: dict[str, Any] = {
        "key_provisional": False,
        "listed": Listed(line=1, title=title, category="Predictive", section=("2021",)),
        "status": "exact",
        "title": title,
        "authors": authors or (Author(given="Ann", family=key.capitalize()),),
        "type": "article",
        "year": 2021,
        "venue": "Journal of Invented Results",
    }
    return Paper(key=key, **(article | fields))


def by(given: str | None, family: str | None, suffix: str | None = None) -> Author:
    """Make a person."""
    return Author(given=given, family=family, suffix=suffix)


LATIN = (
    paper("french", "L'œuvre d'Élodie à Nîmes", by("Éloïse", "Œuvrard-Çelik")),
    paper("german", "Über die Größe von Müller & Söhne", by("Jörg", "Öffner"), by("Ludwig", "van Beethoven")),
    paper("spanish", "¿Qué es el análisis?", by("Íñigo", "Núñez García")),
    paper("portuguese", "Segmentação de corações", by("João", "de Ávila Conceição")),
    paper("polish", "Łódź, czyli źródło", by("Świętosława", "Żółć"), by("Łukasz", "Ćwik")),
    paper("czech", "Příliš žluťoučký kůň", by("Šárka", "Řezníčková"), by("Ďuro", "Ťažký")),
    paper("turkish", "Işık ve İstanbul", by("Çağrı", "İğneci"), by("Şule", "Öztürk")),
    paper("vietnamese", "Học sâu", by("Đình Thế", "Nguyễn")),
    paper("icelandic", "Þór og Ægir", by("Þóra", "Guðmundsdóttir")),
    paper("romanian", "Ștefan și țara", by("Țintă", "Șerban")),
    paper("danish", "Rødgrød med fløde på Ærø", by("Øystein", "Ås")),
    paper("hungarian", "Árvíztűrő tükörfúrógép", by("Őze", "Szűcs")),
    paper("latvian", "Ķirsis un ģimene", by("Ģirts", "Bērziņš")),
    paper("croatian", "Čišćenje đubreta", by("Đuro", "Šarić-Đokić")),
    paper("label", "One author, whose label would be cut in half", by("Otto", "Brückner")),
    paper("initial", "Hyphens", by("Jean-Éric", "D’Été"), by("Ng", "Brü-Ñandú")),
    paper("irish", "Apostrophes’ and quotes' end", by("Sinéad", "O’Brien"), by("Pat", "O'Neil")),
    paper("particles", "Particles", by("Pieter", "van der Ång"), by("Hans", "De Fauw"), by("J.", "d'Alembert")),
    paper("suffix", "Suffixes", by("Sammy", "Davis", "Jr."), by("Henry", "Ford", "III"), by(None, "Solo", "Sr.")),
    paper("corporate", "Corporations", Author(literal="Research and Development, Inc."), Author(literal="ÉSA & NASA")),
    paper("mononym", "One name each", by("Plato", None), by(None, "Bono"), by(None, "Two Names")),
    paper("syntax", "Names that are syntax", by("Tom", "and"), by("and", "J."), by("A.", "others"), by("B, C", "D, E")),
    paper("bracename", "Braces in names", by("{Ann", "D}oe"), by("\\input{x}", "Back\\slash"), by("50%", "Doe$_#&~^")),
    paper("nobody", "{Without} any author", authors=()),
    paper("crowd", "Three thousand authors", *(by(f"Ann {n}.", f"Müller{n}") for n in range(3000))),
    paper("specials", "50% of $x_1$ & #hash ~tilde ^caret \\backslash {braces} <less> |bar| `tick`"),
    paper("open", "An opening { brace"),
    paper("close", "A closing } brace and }}} three"),
    paper("trailing", "A trailing backslash \\"),
    paper("input", "\\input{/etc/passwd} \\write18{ls} \\def\\x{\\x}\\x"),
    paper("entry", "}\n\n@article{evil, title = {x}}\n@comment{ @string{a = 1}"),
    paper("percent", "% not a comment"),
    paper("quotes", "\"Straight\", “curly”, ‘single’, «French», „German“ and ``ticks''"),
    paper("formula", "=HYPERLINK(1)", venue="+1+1", publisher="@SUM(A1)", volume="-1", issue="=2"),
    paper("ris", "Title\nER  - \nTY  - JOUR\nTI  - Another", volume="2", issue="1\nER  - "),
    paper("control", "Tab\there, nul\x00, bell\x07, zero\u200bwidth, right\u202eto left, soft\xadhyphen and\xa0space"),
    paper("separators", "Line\u2028and paragraph\u2029separators, next\x85line"),
    paper("greek", "α-synuclein, β-VAE and Δt ≤ 5 µm ± ½ × 10⁻³ in H₂O → ∞"),
    paper("mathml", "<math><mi>x</mi></math> and <i>italics</i> <script>alert(1)</script> &amp; &lt;"),
    paper("ligature", "Eﬃcient ﬁne-tuning: a 3‐D study—really – yes…"),
    paper("combining", "x̄ and e\u0301 decomposed", by("E\u0301mile", "Zola")),
    paper("capitals", "DEEP LEARNING FOR EVERYONE IN CAPITALS"),
    paper("acronyms", "MRI, mCherry and 3D U-Net for Alzheimer's: A Bayesian Study in Über-Time"),
    paper("sici", "Old", ids=Ids(doi="10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2")),
    paper("baddoi", "DOIs are data too", ids=Ids(doi="10.1000/a{b}c\\d%é")),
    paper("badurl", "Addresses too", versions=(Version(kind="published", url="https://example.org/{a}?b=%20&c=\\d|é#_~"),)),
    paper("noturl", "Not an address", listed=Listed(line=1, title="Not an address", url="javascript:alert(1)")),
    paper("retracted", "Withdrawn", retracted=True, notices=(Notice(kind="retraction", doi="10.1000/n_1%2"),)),
    paper("long", "Long " * 300),
)  # fmt: skip
OTHER = (
    paper("chinese", "深度学习: a survey", by("明", "王"), Author(literal="中国科学院")),
    paper("japanese", "医用画像の自己教師あり学習", by("太郎", "山田")),
    paper("korean", "자기 지도 학습", by("철수", "김")),
    paper("russian", "Самообучение для снимков", by("Ирина", "Щедрина")),
    paper("hellenic", "Μάθηση χωρίς επίβλεψη", by("Ελένη", "Παπαδοπούλου")),
    paper("arabic", "التعلم العميق", by("محمد", "الخوارزمي")),
    paper("hindi", "गहन शिक्षा", by("राम", "शर्मा")),
    paper("emoji", "🤗 Transformers 👩‍🔬 and 🇪🇺"),
    paper("horns", "Ảnh của Phương", by("Thảo", "Phương")),
)
NASTY = LATIN + OTHER
