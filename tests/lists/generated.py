"""Lists in any of the grammars that are understood, for properties that hold for all of them.

in -> out: a seed of choices -> the text of a list, in which every row is invented.
"""

from hypothesis import strategies as st

TITLES = (
    "Counting Sheep at Night",
    "Deep sets for all of us",
    "Sheep: a survey",
    "Who counts? A study of goats",
    "羊群计数方法研究",
)
PEOPLE = ("Ann Lee, Bob Ray", "Doe, J., & Roe, B.", "Doe J, Roe B, et al.", "García, M. y López, J.", "张三, 李四")
VENUES = ("NIPS", "Journal of Wool", "N Engl J Med", "Proc. of Sheep")
HEADINGS = ("## Papers", "## 2019", "### Contents", "## Star formation", "## References", "## Tools", "## License")


@st.composite
def _row(draw: st.DrawFn) -> str:
    number = draw(st.integers(0, 9999))
    link = draw(
        st.sampled_from(
            (
                f"https://arxiv.org/abs/1703.{number:05d}",
                f"https://doi.org/10.5555/{number}",
                "https://a.org/b",
                "x.pdf",
            )
        )
    )
    title, people, venue = draw(st.sampled_from(TITLES)), draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(VENUES))
    year = draw(st.integers(1920, 2026))
    return draw(
        st.sampled_from(
            (
                f"- [{title}]({link}), {people}. *{venue} {year}*",
                f"- **{title}**<br>{people}<br>[[pdf]({link})] [[code](https://github.com/a/b)]",
                f"1. {people} ({year}). {title}. *{venue}*, 12(3), 1-9. {link}",
                f"1. {people} ({year}). {title}. {venue}, 12(3), 1-9.",
                f"- [{title}]({link}), [{title} again]({link}1) and [{title} once more]({link}2)",
                f"| {year} | [{title}]({link}) <br> [{title} II]({link}3) | {venue} |",
                f"- **Title:** {title}\n- **Authors:** {people}\n- **URL:** {link}\n",
                f"### {title}\n{people}. {venue} {year} [[Paper]]({link})",
                f"<tr><td>{title}</td><td><a href='{link}'>PDF</a></td></tr>",
                f"```\n@article{{a{number}, title = {{{title}}}, year = {{{year}}}, doi = {{10.5555/{number}}}}}\n```",
                f"- {venue} {year}\n  - [{title}]({link})\n  - {title}, see also [doi](https://doi.org/10.5555/other)",
                f"`{title} <{link}>`_\n",
                f"[^{number}]: {people} ({year}). {title}. {venue}.",
                f"See [{title}]({link}) before you go on.",
                title,
                "",
            )
        )
    )


LISTS = st.lists(st.one_of(_row(), st.sampled_from(HEADINGS)), min_size=1, max_size=12).map("\n".join)
