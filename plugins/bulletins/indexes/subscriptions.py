"""The lines of the plan that people and programs subscribe to: feeds and calendars of the site and of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bulletins import urls
from bulletins.domain.library import Library
from bulletins.domain.model import Bulletin, Card
from bulletins.domain.pictures import Picture
from bulletins.indexes import calendars, feeds
from bulletins.indexes.shape import Terms, latest
from bulletins.indexes.texts import Pictures
from bulletins.plan import Output
from bulletins.vietnamese.dates import iso

ENOUGH = 500
"""Ceremonies in the calendar of all blocs, beyond which it leaves earlier years to their own calendars."""

WIDE_ENOUGH = 800
"""Pixels of the picture of a feed's entry."""


class Subscriptions:
    """Feeds and calendars of one library; an entry that stands in several feeds is made once."""

    def __init__(self, library: Library, pictures: Pictures, terms: Terms, name: str, version: str) -> None:
        self._library = library
        self._pictures = pictures
        self._terms = terms
        self._name = name
        self._version = version
        self._items: dict[str, feeds.Item] = {}

    def of_site(self) -> Iterator[Output]:
        """The feed and the calendar of all bulletins."""
        library = self._library
        yield from self._feed(self._name, urls.HOME, library.newest, library.withdrawn)
        yield self._calendar(self._name, urls.HOME, library.newest, self._since())

    def of_blocs(self, ids: Iterable[str]) -> Iterator[Output]:
        """The feed and the calendar of each of these blocs."""
        for id_ in ids:
            page, bulletins = urls.bloc(id_), self._library.by_bloc.get(id_, ())
            name = self._named(self._library.bloc_name(id_))
            yield from self._feed(name, page, bulletins, [b for b in self._library.withdrawn if id_ in b.blocs])
            yield self._calendar(name, page, bulletins)

    def of_units(self, ids: Iterable[str]) -> Iterator[Output]:
        """The feed of each of these units."""
        for id_ in ids:
            name = self._named(self._library.units[id_].name)
            gone = [b for b in self._library.withdrawn if id_ in b.units]
            yield from self._feed(name, urls.unit(id_), self._library.by_unit.get(id_, ()), gone)

    def of_years(self, numbers: Iterable[int]) -> Iterator[Output]:
        """The feed and the calendar of each of these years."""
        for year in numbers:
            page, name = urls.year(year), self._named(f"Năm {year}")
            yield self._calendar(name, page, self._library.by_day_year.get(year, ()))
            gone = [b for b in self._library.withdrawn if year in b.year_reasons]
            yield from self._feed(name, page, self._library.by_year.get(year, ()), gone)

    def _since(self) -> int | None:
        """The first year in the calendar of all blocs: whole years, until it has enough; None where it has them all."""
        count = 0
        for year in self._library.years:
            count += len({bulletin.ceremony_id for bulletin in self._library.by_day_year.get(year, ())})
            if count >= ENOUGH:
                return year if year != self._library.years[-1] else None
        return None

    def _named(self, title: str) -> str:
        return f"{title} - {self._name}"

    def _feed(self, title: str, page: str, bulletins: Iterable[Bulletin], gone: Iterable[Bulletin]) -> Iterator[Output]:
        items = [*(self._item(bulletin) for bulletin in bulletins), *(self._gone(bulletin) for bulletin in gone)]
        for stretch, some in feeds.stretches(items):
            inputs = (self._terms, feeds.Feed(title, page), stretch, some)
            yield Output(feeds.paths(page, stretch), feeds.feed, inputs, self._version)

    def _item(self, bulletin: Bulletin) -> feeds.Item:
        item = self._items.get(bulletin.id)
        if item is None:
            published = iso(bulletin.published) if bulletin.published else None
            card, image = bulletin.card, self._image(bulletin)
            moments = (published, bulletin.modified, published or bulletin.first_day)
            files = self._attachments(bulletin.id)
            item = feeds.Item(bulletin.id, bulletin.first_id, *moments, card, bulletin.lang, image, attachments=files)
            self._items[bulletin.id] = item
        return item

    def _gone(self, bulletin: Bulletin) -> feeds.Item:
        """A withdrawn bulletin: nothing but its id, title and the day (contract §4.4)."""
        day = bulletin.withdrawn.date.isoformat() if bulletin.withdrawn else bulletin.modified or bulletin.first_day
        return feeds.Item(bulletin.id, bulletin.first_id, day, day, day, withdrawn=bulletin.title)

    def _attachments(self, bulletin_id: str) -> tuple[feeds.Attachment, ...]:
        return tuple(
            feeds.Attachment(urls.attachment(bulletin_id, file.name), file.media_type, file.title, file.size)
            for file in self._library.attached.get(bulletin_id, ())
        )

    def _image(self, bulletin: Bulletin) -> feeds.Image | None:
        if not bulletin.card.photo:
            return None
        n, alt, _ = bulletin.card.photo
        return _image(self._pictures[bulletin.id, n], alt)

    def _calendar(self, name: str, page: str, bulletins: Sequence[Bulletin], since: int | None = None) -> Output:
        """The calendar of these bulletins' ceremonies, from this year on."""
        held = [b for b in bulletins if since is None or b.date.year is None or b.date.year >= since]
        inputs = (self._terms, name, page, _occasions(held), since)
        return Output((urls.output_path(urls.calendar(page)),), calendars.calendar, inputs, self._version)


def _image(picture: Picture, alt: str) -> feeds.Image | None:
    jpegs = picture.of_type("image/jpeg")
    shown = next((jpeg for jpeg in jpegs if jpeg.width >= WIDE_ENOUGH), jpegs[-1] if jpegs else None)
    return feeds.Image(shown.address, shown.media_type, alt) if shown else None


def _occasions(bulletins: Sequence[Bulletin]) -> tuple[calendars.Occasion, ...]:
    """The ceremonies in the order of their days, each with the cards of its reports, the first of them first."""
    reports: dict[str, list[Bulletin]] = {}
    for bulletin in sorted(bulletins, key=lambda b: (b.date, b.id)):
        reports.setdefault(bulletin.ceremony_id, []).append(bulletin)
    return tuple(
        (_first_id(id_, some), latest(b.modified or b.first_day for b in some) or "", _cards(some))
        for id_, some in reports.items()
    )


def _first_id(ceremony_id: str, reports: Iterable[Bulletin]) -> str:
    """The id that a ceremony had first: one that has its id from its bulletin moved with it."""
    return next((report.first_id for report in reports if report.id == ceremony_id), ceremony_id)


def _cards(bulletins: Iterable[Bulletin]) -> tuple[Card, ...]:
    return tuple(bulletin.card for bulletin in bulletins)
