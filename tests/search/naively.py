"""Finds works by reading every row in Python: too slow for an archive, and too plain to be wrong."""

from collections import Counter, defaultdict

from archive.search.selections import Column, Facet, Found
from archive.tags.models import Kind, Tag
from archive.works.models import Creatorship, Work
from archive.works.taggings import Tagging

NUMBERS = {
    Column.POSTED: lambda work: int(work.published_at.timestamp()),
    Column.UPDATED: lambda work: int(work.revised_at.timestamp()),
    Column.ARRIVED: lambda work: int((work.arrived_at or work.revised_at).timestamp()),
    Column.SCORE: lambda work: int(work.revised_at.timestamp()),
    Column.WORDS: lambda work: work.word_count,
    Column.HITS: lambda work: tally(work, "hits"),
    Column.KUDOS: lambda work: tally(work, "kudos"),
    Column.COMMENTS: lambda work: tally(work, "comments"),
    Column.BOOKMARKS: lambda work: tally(work, "bookmarks"),
    Column.CHAPTERS: lambda work: work.chapter_count,
    Column.EXPECTED_CHAPTERS: lambda work: work.expected_chapters or 0,
    Column.TITLE: lambda work: work.title_to_sort_on.encode(),
}


def tally(work, name):
    return getattr(work.tally, name) if hasattr(work, "tally") else 0


class Archive:
    """All rows as they are now."""

    def __init__(self):
        self.tags = Tag.objects.in_bulk()
        self.below, self.above = defaultdict(set), defaultdict(set)
        for tag in self.tags.values():
            if tag.synonym_of_id:
                self.below[tag.synonym_of_id].add(tag.pk)
        for sub, meta in Tag.metatags.through.objects.values_list("from_tag", "to_tag"):
            self.below[meta].add(sub)
            self.above[sub].add(meta)
        self.works = Work.objects.select_related("tally").in_bulk()
        self.borne, self.makers = defaultdict(set), defaultdict(list)
        for work, tag in Tagging.objects.values_list("content_object", "tag"):
            self.borne[work].add(tag)
        for made in Creatorship.objects.select_related("pseud").order_by("position", "pk"):
            self.makers[made.work_id].append(made.pseud)
        self.series = set(Work.objects.filter(series_entries__isnull=False).values_list("pk", "series_entries__series"))
        self.filtered = set(Kind.objects.filter(is_on_works=True, is_in_filters=True).values_list("pk", flat=True))

    def family(self, tag):
        """A tag, what it is a synonym of, and everything below."""
        if tag not in self.tags:
            return set()
        found, wanted = set(), {tag, self.tags[tag].synonym_of_id or tag}
        while wanted:
            found |= wanted
            wanted = {below for one in wanted for below in self.below[one]} - found
        return found

    def canonical(self, tag):
        """The canonical tag of a tag."""
        canonical = self.tags[self.tags[tag].synonym_of_id or tag]
        return canonical.pk if canonical.is_canonical else None

    def counted(self, tag):
        """What a tag counts under: its canonical one, or itself where it is a fandom that nobody has wrangled."""
        return tag if self.canonical(tag) is None and self.tags[tag].kind_id == "fandom" else self.canonical(tag)

    def related(self, fandom):
        """A fandom with everything above it."""
        canonical = self.canonical(fandom)
        found, wanted = set(), {canonical or fandom}
        while wanted:
            found |= wanted
            wanted = {above for one in wanted if canonical for above in self.above[one]} - found
        return found

    def is_crossover(self, work):
        families = [self.related(tag) for tag in self.borne[work.pk] if self.tags[tag].kind_id == "fandom"]
        return len(families) > 1 and not any(all(one & other for other in families) for one in families)

    def is_for(self, work, reader):
        """Whether a reader may find a work and has not left it out."""
        user, makers = reader.user, {pseud.user_id for pseud in self.makers[work.pk]}
        if work.published_at is None or work.deleted_at is not None or (work.is_restricted and not user.is_authenticated):
            return False
        if reader.folds_left_out or (user.is_authenticated and user.pk in makers):
            return True
        return not (
            self.borne[work.pk] & reader.left_out
            or makers & reader.left_out_authors
            or work.language_id in reader.left_out_languages
        )

    def is_in(self, work, selection):
        """Whether a work is what a selection asks for."""
        borne, makers = self.borne[work.pk], self.makers[work.pk]
        complete = work.expected_chapters is not None and work.chapter_count >= work.expected_chapters
        return (
            all(borne & self.family(tag) for tag in selection.include)
            and not any(borne & self.family(tag) for tag in selection.exclude)
            and selection.user in {None, *(pseud.user_id for pseud in makers)}
            and selection.pseud in {None, *(pseud.pk for pseud in makers)}
            and (selection.series is None or (work.pk, selection.series) in self.series)
            and selection.language in {"", work.language_id}
            and selection.is_complete in {None, complete}
            and selection.is_single in {None, work.chapter_count == 1}
            and (selection.is_crossover is None or selection.is_crossover == self.is_crossover(work))
            and all(
                (span.lowest is None or NUMBERS[span.column](work) >= span.lowest)
                and (span.highest is None or NUMBERS[span.column](work) <= span.highest)
                for span in selection.spans
            )
            and all(self.is_during(work, period) for period in selection.periods)
        )

    def is_during(self, work, period):
        moment = work.published_at if period.column is Column.POSTED else work.revised_at
        return (period.earliest is None or moment >= period.earliest) and (period.latest is None or moment < period.latest)

    def key(self, work, column):
        """What to sort a work by."""
        if column is Column.CREATORS:
            return ", ".join(pseud.name.lower() for pseud in self.makers[work.pk]).encode(), work.pk
        return NUMBERS[column](work), work.pk

    def find(self, selection, reader):
        """Answer what `finding.find` should: all ids in their order, their count, the facets."""
        works = [work for work in self.works.values() if self.is_for(work, reader) and self.is_in(work, selection)]
        works.sort(key=lambda work: self.key(work, selection.sort), reverse=not selection.is_ascending)
        counted = Counter(
            canonical
            for work in works
            for canonical in {self.counted(tag) for tag in self.borne[work.pk]}
            if canonical is not None and self.tags[canonical].kind_id in self.filtered
        )
        facets = defaultdict(list)
        for tag, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
            if len(facets[self.tags[tag].kind_id]) < 10:
                facets[self.tags[tag].kind_id].append(Facet(tag, count))
        return Found([work.pk for work in works], len(works), dict(facets))
