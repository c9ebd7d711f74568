import pytest

from pipeline.text import venue

CVPR = "2021 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)"
EMNLP = (
    "Proceedings of the 2019 Conference on Empirical Methods in Natural Language Processing and the 9th International "
    "Joint Conference on Natural Language Processing (EMNLP-IJCNLP)"
)
LEGEND = {
    "IEEE-TMI": "IEEE Transaction on Medical Imaging",
    "NIPS": "Annual Conference on Neural Information Processing Systems",
    "JECMLKDD": "Joint European Conference on Machine Learning and Knowledge Discovery in Databases",
    "DLMIA": "International Workshop on Deep Learning in Medical Image Analysis",
    "TIP": "Transport in Porous Media",
}


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        pytest.param("IEEE Access", "IEEE Access", id="equal"),
        pytest.param("PLoS One", "PLOS ONE", id="case"),
        pytest.param("Med. Image Anal.", "Medical Image Analysis", id="abbreviated with dots"),
        pytest.param("Med Image Anal", "Medical Image Analysis", id="abbreviated without dots"),
        pytest.param("Medical Image Analysis", "Med. Image Anal.", id="the record abbreviates"),
        pytest.param("J. Geophys. Res. Oceans", "Journal of Geophysical Research: Oceans", id="small words dropped"),
        pytest.param("Proc. Natl. Acad. Sci.", "Proceedings of the National Academy of Sciences", id="contraction"),
        pytest.param("TMI", "IEEE Transactions on Medical Imaging", id="initials without publisher"),
        pytest.param("IEEE-TMI", "IEEE Transactions on Medical Imaging", id="acronym with publisher"),
        pytest.param("PRT", "Pain Research and Treatment", id="initials of any journal"),
        pytest.param("PAJE", "Psyche: A Journal of Entomology", id="initials of the capitals"),
        pytest.param("MBD", "Metal-Based Drugs", id="initials through a hyphen"),
        pytest.param("MedIA", "Medical Image Analysis", id="acronym that is not initials"),
        pytest.param("TPAMI 2020", "IEEE Transactions on Pattern Analysis and Machine Intelligence", id="with year"),
        pytest.param("CVPR'21", CVPR, id="acronym in the name's brackets"),
        pytest.param("[ICCV2019]", "2019 IEEE/CVF International Conference on Computer Vision (ICCV)", id="brackets"),
        pytest.param("CVPR 2021 (Oral)", CVPR, id="kind of talk"),
        pytest.param("ECCV", "Computer Vision – ECCV 2020", id="Springer's volume"),
        pytest.param("MICCAI", "Medical Image Computing and Computer Assisted Intervention – MICCAI 2019",
                     id="Springer's volume in full"),
        pytest.param("Medical Image Computing and Computer-Assisted Intervention",
                     "Medical Image Computing and Computer Assisted Intervention – MICCAI 2019", id="long form"),
        pytest.param("NIPS", "Advances in Neural Information Processing Systems 30", id="old name of NeurIPS"),
        pytest.param("ICML", "Proceedings of the 34th International Conference on Machine Learning", id="ordinal"),
        pytest.param("EMNLP 2019", EMNLP, id="two conferences in one"),
        pytest.param("ACL", "Proceedings of the 57th Annual Meeting of the Association for Computational Linguistics",
                     id="meeting"),
        pytest.param("Medical Imaging with Deep Learning", "Conference on Medical Imaging with Deep Learning",
                     id="conference without its dress"),
        pytest.param("Int. Conf. Mach. Learn.", "Proceedings of the 34th International Conference on Machine Learning",
                     id="abbreviated conference without Proc."),
        pytest.param("Nowhere Conf.", "Proceedings of the Nowhere Conference", id="conference of one word"),
        pytest.param("Science", "Science (New York, N.Y.)", id="place in brackets"),
        pytest.param("VLDB J.", "The VLDB Journal The International Journal on Very Large Data Bases", id="lost dash"),
        pytest.param("VLDB J.", "The VLDB Journal — The International Journal on Very Large Data Bases", id="dash"),
        pytest.param("VLDB", "Proceedings of the 27th International Conference on Very Large Data Bases",
                     id="initials of an undressed conference"),
        pytest.param("SIGMOD Conference", "International Conference on Management of Data", id="acronym, dressed"),
        pytest.param("SIGMOD Conference",
                     "Proceedings of the 2001 ACM SIGMOD international conference on Management of data - SIGMOD '01",
                     id="acronym inside the name"),
        pytest.param("Proc. QUILL", "Proceedings of the 3rd ACM QUILL symposium on plumage", id="unknown acronym"),
        pytest.param("SIGMOD Record", "ACM SIGMOD Record", id="publisher in front"),
        pytest.param("PVLDB", "Proceedings of the VLDB Endowment", id="acronym of the table"),
        pytest.param("TODS", "ACM Transactions on Database Systems (TODS)", id="brackets of a journal"),
        pytest.param("Trans. Med. Imag.", "IEEE Transactions on Medical Imaging", id="abbreviated, no publisher"),
        pytest.param("Conference on Robot Learning (CoRL)", "CoRL", id="the list's brackets"),
        pytest.param("Proc Natl Acad Sci USA", "Proceedings of the National Academy of Sciences", id="NLM's country"),
        pytest.param("Proc. Natl. Acad. Sci. U.S.A.",
                     "Proceedings of the National Academy of Sciences of the United States of America", id="country"),
        pytest.param("J. Geophys. Res.", "Journal of Geophysical Research: Oceans", id="section"),
        pytest.param("Proc. R. Soc. B", "Proceedings of the Royal Society B: Biological Sciences", id="section's name"),
        pytest.param("Structural Equation Modeling", "Structural Equation Modeling: A Multidisciplinary Journal",
                     id="subtitle"),
        pytest.param("Biochim. Biophys. Acta, Mol. Basis Dis.",
                     "Biochimica et Biophysica Acta (BBA) - Molecular Basis of Disease", id="section, abbreviated"),
        pytest.param("Phys. Rev. Letters", "Physical Rev. Lett.", id="each abbreviates another word"),
        pytest.param("Findings of EMNLP", "Findings of the Association for Computational Linguistics: EMNLP 2020",
                     id="findings"),
        pytest.param("CVPR Workshops",
                     "2021 IEEE/CVF Conference on Computer Vision and Pattern Recognition Workshops (CVPRW)",
                     id="workshops of both"),
        pytest.param("Mens & Maatschappij", "Mens &amp; Maatschappij", id="entity"),
    ],
)  # fmt: skip
def test_two_names_of_one_venue_are_the_same(listed: str, name: str) -> None:
    assert venue.is_same(listed, ["Lecture Notes in Computer Science", name])


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        pytest.param("Pattern Recognition", "Pattern Recognition Letters", id="longer journal"),
        pytest.param("Nature", "Nature Communications", id="one word of two"),
        pytest.param("Bioinformatics", "BMC Bioinformatics", id="publisher's name is part of the title"),
        pytest.param("Journal of Cancer", "International Journal of Cancer", id="international journal"),
        pytest.param("Applied Mathematics", "Advances in Applied Mathematics", id="advances"),
        pytest.param("Computer Vision", "International Journal of Computer Vision", id="journal of a subject"),
        pytest.param("Physical Review E", "Physical Review A", id="section letter"),
        pytest.param("Nature Methods", "Nature Medicine", id="words that begin alike"),
        pytest.param("CVPR", "2021 IEEE/CVF Conference on Computer Vision and Pattern Recognition Workshops (CVPRW)",
                     id="workshops of the conference"),
        pytest.param("ECCV", "Computer Vision – ECCV 2018 Workshops", id="volume of workshops"),
        pytest.param("ICCV", "Workshop on X, held in conjunction with ICCV", id="satellite"),
        pytest.param("ACL", "Findings of the Association for Computational Linguistics: ACL 2022", id="findings"),
        pytest.param("ACL", "Transactions of the Association for Computational Linguistics", id="society's journal"),
        pytest.param("IEEE", "IEEE Access", id="publisher"),
        pytest.param("MICCAI", "Machine Learning in Medical Imaging", id="other conference"),
        pytest.param("Robotics Conf.", "Workshop on Robotics", id="conference and workshop of one word"),
        pytest.param("Vision Conf.", "Proceedings of the Conference on Computer Vision", id="conference, a word less"),
        pytest.param("N/A", "Nature Aging", id="no venue"),
        pytest.param("", "Nature", id="empty"),
        pytest.param("2021", "2021", id="only a year"),
    ],
)  # fmt: skip
def test_two_venues_are_not_the_same(listed: str, name: str) -> None:
    assert not venue.is_same(listed, [name])


@pytest.mark.parametrize(
    ("listed", "name", "expected"),
    [
        pytest.param("IEEE-TMI", "IEEE Transactions on Medical Imaging", True, id="misspelled legend, our table helps"),
        pytest.param("NIPS", "Advances in Neural Information Processing Systems", True, id="other name of the same"),
        pytest.param("JECMLKDD", "Machine Learning and Knowledge Discovery in Databases. Research Track", True,
                     id="publisher's name of the volume"),
        pytest.param("DLMIA", "Deep Learning in Medical Image Analysis and Multimodal Learning for Clinical Decision "
                     "Support", True, id="name that goes on"),
        pytest.param("TIP", "Transport in Porous Media", True, id="legend"),
        pytest.param("TIP", "IEEE Transactions on Image Processing", False, id="legend against our table"),
    ],
)  # fmt: skip
def test_the_legend_of_the_list_comes_before_our_table(listed: str, name: str, *, expected: bool) -> None:
    assert venue.is_same(listed, [name], LEGEND) is expected
    assert venue.is_same(listed, [name], tuple(LEGEND.items())) is expected


@pytest.mark.parametrize(
    ("listed", "name", "expected"),
    [
        ("Annals of Anchors", "Journal of Feather Research", "other"),
        ("Nature", "Nature Communications", "other"),
        ("Phys. Rev. Lett.", "Nature", "other"),
        ("VLDB J.", "Very Large Data Bases", "other"),
        ("VLDB", "The VLDB Journal", "other"),
        ("SIGMOD Conference", "The VLDB Journal", "other"),
        ("SIGMOD Record", "Proceedings of the 2001 ACM SIGMOD international conference on Management of data", "other"),
        ("SIGMOD Conference", "Proceedings of the 27th International Conference on Very Large Data Bases", "other"),
        ("VLDB", "Proceedings of the 2001 ACM SIGMOD international conference on Management of data", "other"),
        ("CVPR", "2021 IEEE/CVF International Conference on Computer Vision (ICCV)", "other"),
        ("PVLDB", "The VLDB Journal The International Journal on Very Large Data Bases", "other"),
        ("EMNLP", "Findings of the Association for Computational Linguistics: EMNLP 2020", "other"),
        ("XYZQ", "Journal of Feather Research", "unknown"),
        ("XYZ Conference", "Symposium on Feathers", "unknown"),
        ("J. Chem.", "Journal of Physical Chemistry", "unknown"),
        ("Hepat.", "Hepatology", "unknown"),
        ("Energy Procedia", "The Journal of Physical Chemistry C", "other"),
        ("Annals of Anchors", "Lecture Notes in Computer Science", "unknown"),
        ("N/A", "Journal of Feather Research", "unknown"),
    ],
)
def test_only_two_venues_that_can_be_read_are_two(listed: str, name: str, expected: str) -> None:
    assert venue.relate(listed, [name]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("CVPR 2021", ("CVPR", 2021), id="blank"),
        pytest.param("NeurIPS'20", ("NeurIPS", 2020), id="apostrophe"),
        pytest.param("NeurIPS’98", ("NeurIPS", 1998), id="curly apostrophe, last century"),
        pytest.param("[ICCV2019]", ("ICCV", 2019), id="brackets"),
        pytest.param("**ISBI-2019**", ("ISBI", 2019), id="bold, hyphen"),
        pytest.param("MICCAI21", ("MICCAI", 2021), id="two figures"),
        pytest.param("Nature (2020)", ("Nature", 2020), id="year in brackets"),
        pytest.param("Proc. ICML 2019 (Oral)", ("Proc. ICML (Oral)", 2019), id="year in the middle"),
        pytest.param("Symposium (ISBI 2020)", ("Symposium (ISBI)", 2020), id="year beside an acronym in brackets"),
        pytest.param("IEEE Trans. (TMI)", ("IEEE Trans. (TMI)", None), id="no year"),
        pytest.param("2021", ("", 2021), id="only a year"),
        pytest.param("", ("", None), id="empty"),
    ],
)
def test_the_year_is_split_off(text: str, expected: tuple[str, int | None]) -> None:
    assert venue.split_year(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("ArXiv", True, id="arXiv"),
        pytest.param("arXiv:2101.05224", True, id="with an id"),
        pytest.param("arXiv preprint, 2021", True, id="preprint and year"),
        pytest.param("CoRR abs/2101.05224", True, id="DBLP's name of it"),
        pytest.param("bioRxiv (Cold Spring Harbor Laboratory)", True, id="with publisher"),
        pytest.param("SSRN Electronic Journal", True, id="SSRN"),
        pytest.param("Research Square", True, id="two words"),
        pytest.param("Preprint", True, id="just says so"),
        pytest.param("CORR", False, id="a journal's acronym in capitals"),
        pytest.param("TMI", False, id="journal"),
        pytest.param("Square", False, id="half a name"),
        pytest.param("", False, id="empty"),
    ],
)
def test_preprint_servers_are_known(name: str, *, expected: bool) -> None:
    assert venue.is_preprint_server(name) is expected


def test_series_are_known_by_issn_and_name() -> None:
    assert venue.series(["1611-3349"]) == "Lecture Notes in Computer Science"
    assert venue.series(["1868-422x"]) == "IFIP Advances in Information and Communication Technology"
    assert venue.series(["0031-3203"]) is None
    assert venue.is_series("Lecture Notes in Artificial Intelligence")
    assert venue.is_series("Proceedings of Machine Learning Research")
    assert not venue.is_series("Machine Learning")


def test_every_issn_in_the_table_has_a_right_check_digit() -> None:
    for issn in venue.SERIES_BY_ISSN:
        digits = [10 if digit == "X" else int(digit) for digit in issn.replace("-", "")]
        assert sum(weight * digit for weight, digit in zip(range(8, 0, -1), digits, strict=True)) % 11 == 0, issn


def test_hostile_names_are_read() -> None:
    assert not venue.is_same("(" * 50_000, [")" * 50_000, "a " * 50_000])
