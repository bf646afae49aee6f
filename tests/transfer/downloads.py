"""Downloads as AO3 has made them over the years, with stories of our own in them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Part:
    """A chapter of a story."""

    text: str
    title: str = ""
    summary: str = ""
    notes: str = ""
    endnotes: str = ""


@dataclass(frozen=True)
class Story:
    """A story, and what its archive says of it."""

    number: int = 4711
    title: str = "The Eel Catcher’s Daughter"
    author: str = "ada"
    rating: str = "Mature"
    warnings: tuple[str, ...] = ("Major Character Death", "Graphic Depictions Of Violence")
    categories: tuple[str, ...] = ("F/F",)
    fandoms: tuple[str, ...] = ("The Lighthouse Keepers (TV)",)
    relationships: tuple[str, ...] = ("Ines Calder/Verity Marsh",)
    characters: tuple[str, ...] = ("Ines Calder", "Old Tom & Co.")
    freeforms: tuple[str, ...] = ("Fog", "Eels?")
    language: str = "English"
    series: tuple[tuple[int, str], ...] = ((2, "Lamps"),)
    published: str = "2009-04-03"
    updated: str = "2011-12-30"
    is_complete: bool = True
    promised: str = "2"
    summary: str = "<p>Fog, and <em>eels</em>.</p>"
    notes: str = "<p>For the harbour.</p>"
    endnotes: str = "<p>Thanks for reading.</p>"
    parts: tuple[Part, ...] = field(
        default=(
            Part("<p>The lamp was lit.</p>\n<p>“Oh,” she said.</p>", "Low Water", notes="<p>It begins.</p>"),
            Part("<p>The lamp went out.</p>", summary="<p>It ends.</p>", endnotes="<p>Ended.</p>"),
        )
    )

    @property
    def in_one_piece(self) -> Story:
        """The same story without chapters."""
        return replace(self, parts=(Part("<p>The lamp was lit.</p>\n<p>“Oh,” she said.</p>"),), promised="1", updated="")


STORY = Story()


def path_of(tag: str) -> str:
    """Answer a tag's name as it stands in an address there."""
    for sign, escape in {"/": "*s*", "&": "*a*", ".": "*d*", "?": "*q*", "#": "*h*"}.items():
        tag = tag.replace(sign, escape)
    return tag.replace(" ", "%20")


def tags_of(names: tuple[str, ...], scheme: str) -> str:
    """Answer a list of linked tags."""
    return ", ".join(
        f'<a href="{scheme}://archiveofourown.org/tags/{path_of(name)}">{name.replace("&", "&amp;")}</a>' for name in names
    )


def quoted(label: str, words: str) -> str:
    """Answer a label and what belongs to it."""
    return f'<p>{label}</p>\n<blockquote class="userstuff">{words}</blockquote>\n' if words else ""


@dataclass(frozen=True)
class Generation:
    """How downloads looked from some year on."""

    year: int
    scheme: str = "http"
    has_parts_named: bool = True
    has_language: bool = True
    is_plural: bool = True
    counts_one_chapter: bool = True

    def label(self, singular: str, plural: str, names: tuple[str, ...]) -> str:
        """Answer the label of a list of tags."""
        return plural if self.is_plural and len(names) > 1 else singular

    def tags(self, story: Story) -> str:
        """Answer the list of all that is said about a story."""
        rows = [("Rating", (story.rating,)), (self.label("Archive Warning", "Archive Warnings", story.warnings), story.warnings)]
        rows += [
            (self.label("Category", "Categories", story.categories), story.categories),
            (self.label("Fandom", "Fandoms", story.fandoms), story.fandoms),
            (self.label("Relationship", "Relationships", story.relationships), story.relationships),
            (self.label("Character", "Characters", story.characters), story.characters),
            (self.label("Additional Tag", "Additional Tags", story.freeforms), story.freeforms),
        ]
        listed = "".join(f"<dt>{label}:</dt>\n<dd>{tags_of(names, self.scheme)}</dd>\n" for label, names in rows if names)
        if self.has_language:
            listed += f"<dt>Language:</dt><dd>{story.language}</dd>\n"
        if story.series:
            address = f"{self.scheme}://archiveofourown.org/series"
            places = ", ".join(f'Part {part} of <a href="{address}/{part}">{name}</a>' for part, name in story.series)
            listed += f"<dt>Series:</dt><dd>{places}</dd>\n"
        return f'<dl class="tags">\n{listed}<dt>Stats:</dt>\n<dd>{self.stats(story)}</dd>\n</dl>'

    def stats(self, story: Story) -> str:
        """Answer the line of dates and numbers."""
        last = f"{'Completed' if story.is_complete else 'Updated'}: {story.updated}\n" if story.updated else ""
        chapters = f"Chapters: {len(story.parts)}/{story.promised}\n" if self.counts_one_chapter or len(story.parts) > 1 else ""
        words = "Words: 1,234\n" if self.year >= 2023 else "Words: 1234\n"
        numbers = chapters + words if self.year < 2019 else words + chapters
        return f"Published: {story.published}\n{last}{numbers}"

    def html(self, story: Story = STORY) -> str:
        """Answer the file."""
        site = f"{self.scheme}://archiveofourown.org"
        work, author = f"{site}/works/{story.number}", f"{site}/users/{story.author}/pseuds/{story.author}"
        message = (
            f'<p class="message"><b>{story.title}</b><br />\nPosted originally on the <a href="{site}/">Archive of Our Own</a>'
            f' at <a href="{work}">{work}</a>.</p>'
        )
        byline = f'<div class="byline">by <a rel="author" href="{author}">{story.author}</a></div>'
        words = quoted("Summary", story.summary) + quoted("Notes", story.notes)
        meta = f'<div class="meta">{self.tags(story)}\n<h1>{story.title}</h1>\n{byline}\n{words}</div>'
        end = f'<div class="meta"><div id="endnotes">{quoted("End Notes", story.endnotes)}</div></div>'
        closing = f'<p class="message">Please <a href="{work}/comments/new">drop by the archive and comment</a>.</p>'
        preface, afterword = f"{message}\n{meta}", f"{end}\n{closing}"
        if self.has_parts_named:
            preface = f'<div id="preface">\n<h2 class="toc-heading">Preface</h2>\n{preface}</div>'
            afterword = f'<div id="afterword">\n<h2 class="toc-heading">Afterword</h2>\n{afterword}</div>'
        return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{story.title} - {story.author} - {", ".join(story.fandoms)}</title>
<style type="text/css">p.message {{ text-align: center; }}</style></head>
<body>
{preface}
<div id="chapters" class="userstuff">
{self.chapters(story)}</div>
{afterword}
</body></html>
"""

    def chapters(self, story: Story) -> str:
        """Answer the text."""
        if len(story.parts) == 1 and story.promised == "1":
            text = story.parts[0].text
            heading = f'<h2 class="toc-heading">{story.title}</h2>\n' if self.has_parts_named else ""
            return f'{heading}<div class="userstuff">{text}</div>\n' if self.has_parts_named else f"{text}\n"
        return "".join(self.chapter(number, part) for number, part in enumerate(story.parts, start=1))

    def chapter(self, number: int, part: Part) -> str:
        """Answer one chapter with what stands round it."""
        title = f"Chapter {number}: {part.title}" if part.title else f"Chapter {number}"
        head = f'<h2 class="heading">{title}</h2>\n{quoted("Chapter Summary", part.summary)}{quoted("Chapter Notes", part.notes)}'
        end = (
            f'<div class="meta" id="endnotes{number}">{quoted("Chapter End Notes", part.endnotes)}</div>\n' if part.endnotes else ""
        )
        text = f'<!--chapter content-->\n<div class="userstuff">{part.text}</div>\n<!--/chapter content-->'
        return f'<div class="meta group">{head}</div>\n{text}\n{end}'


GENERATIONS = [
    Generation(2012, has_parts_named=False, has_language=False, is_plural=False, counts_one_chapter=False),
    Generation(2019, has_language=False, is_plural=False),
    Generation(2023),
    Generation(2025, scheme="https"),
]
NEWEST = GENERATIONS[-1]
