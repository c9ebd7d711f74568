"""A read list as plain lines, for comparing and for the examples in docs/lists.md."""

from pipeline.model import Entry, ParsedList


def show(parsed: ParsedList) -> str:
    """Show every entry with what is known of it, then the skipped lines."""
    lines = [line for entry in parsed.entries for line in _show_entry(entry)]
    skipped = [f"skipped {account.line}: {account.reason}" for account in parsed.accounts if account.state == "skipped"]
    legend = [f"alias {short}: {long}" for short, long in parsed.aliases]
    return "\n".join([*lines, *legend, *skipped])


def _show_entry(entry: Entry) -> list[str]:
    fields = {
        "authors": "; ".join(entry.authors),
        "venue": entry.venue,
        "year": entry.year,
        "category": entry.category,
        "section": " > ".join(entry.section),
        "paper": entry.url,
        "code": entry.code_url,
        "other": " ".join(entry.links),
        "issue": "; ".join(issue.message for issue in entry.issues),
    }
    return [f"{entry.line} {entry.title}", *(f"  {name}: {value}" for name, value in fields.items() if value)]
