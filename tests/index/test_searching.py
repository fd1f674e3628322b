"""One contract for everything that is searched; run on the fake and on Chroma with BM25."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.index.generations import open_index
from assistant.index.searching import Index, Searcher
from assistant.language import search_forms
from assistant.types import Hit, Passage, StoredLanguage
from tests.index.fakes import FakeEmbedder, FakeIndex
from tests.index.samples import PASSAGES, passage, publish_samples

BOTH: frozenset[StoredLanguage] = frozenset({"zh", "en"})
Opener = Callable[[tuple[Passage, ...]], Searcher]


def ask(
    searcher: Searcher,
    text: str,
    language: StoredLanguage = "zh",
    within: frozenset[StoredLanguage] = BOTH,
    k: int = 10,
) -> tuple[Hit, ...]:
    vector = FakeEmbedder().embed_query(text)
    return searcher.search(search_forms(text), vector, language=language, within=within, k=k)


class SearcherContract:
    """Subclasses give the fixture ``opened``: passages to a searcher over them."""

    @pytest.fixture
    def searcher(self, opened: Opener) -> Searcher:
        return opened(PASSAGES)

    @pytest.mark.parametrize("wanted", PASSAGES[:6], ids=lambda p: p.locator)
    def test_a_passage_is_found_first_by_its_own_text(
        self, searcher: Searcher, wanted: Passage
    ) -> None:
        assert ask(searcher, wanted.text, wanted.language)[0].passage_id == wanted.id

    def test_traditional_script_finds_simplified_text(self, searcher: Searcher) -> None:
        assert ask(searcher, "管理評審多久進行一次？")[0].passage_id == PASSAGES[4].id

    def test_words_of_taiwan_find_those_of_the_mainland(self, searcher: Searcher) -> None:
        assert ask(searcher, "內部稽核由誰進行？")[0].passage_id == PASSAGES[0].id

    def test_scores_are_shares_and_fall(self, searcher: Searcher) -> None:
        scores = [hit.score for hit in ask(searcher, "内部审核")]
        assert all(0 <= score <= 1 for score in scores)
        assert scores == sorted(scores, reverse=True)

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_only_the_languages_asked_for_are_searched(
        self, searcher: Searcher, language: StoredLanguage
    ) -> None:
        hits = ask(searcher, "internal audit 内部审核", within=frozenset({language}))
        found = {searcher.passages[hit.passage_id].language for hit in hits}
        assert found == {language}

    def test_no_language_finds_nothing(self, searcher: Searcher) -> None:
        assert ask(searcher, "内部审核", within=frozenset()) == ()

    @pytest.mark.parametrize(("k", "found"), [(0, 0), (1, 1), (3, 3), (100, len(PASSAGES))])
    def test_k_limits_the_hits(self, searcher: Searcher, k: int, found: int) -> None:
        assert len(ask(searcher, "内部审核", k=k)) == found

    def test_no_passage_is_found_twice(self, searcher: Searcher) -> None:
        ids = [hit.passage_id for hit in ask(searcher, "内部审核 internal audit")]
        assert len(set(ids)) == len(ids)

    @pytest.mark.parametrize("text", ["zxqv wvut", "龘龘", "", "   ", "😀", "?!"])
    def test_a_question_without_known_words_is_no_error(
        self, searcher: Searcher, text: str
    ) -> None:
        assert all(hit.passage_id in searcher.passages for hit in ask(searcher, text))

    def test_passages_are_those_published_in_order(self, searcher: Searcher) -> None:
        assert tuple(searcher.passages.values()) == PASSAGES
        assert all(key == value.id for key, value in searcher.passages.items())

    def test_the_same_question_gets_the_same_hits(self, searcher: Searcher) -> None:
        assert ask(searcher, "范围") == ask(searcher, "范围")

    def test_equal_passages_come_in_published_order(self, opened: Opener) -> None:
        twins = tuple(passage(f"twin-{i}", "zh", "同样的话。") for i in range(5))
        hits = ask(opened(twins), "同样的话")
        assert [hit.passage_id for hit in hits] == [twin.id for twin in twins]

    def test_two_openings_of_the_same_passages_agree(self, opened: Opener) -> None:
        assert ask(opened(PASSAGES), "审核员") == ask(opened(PASSAGES), "审核员")

    def test_an_index_without_passages_finds_nothing(self, opened: Opener) -> None:
        assert ask(opened(()), "内部审核") == ()


class TestFakeIndex(SearcherContract):
    @pytest.fixture
    def opened(self) -> Opener:
        return FakeIndex


class TestIndex(SearcherContract):
    @pytest.fixture
    def opened(self, tmp_path: Path) -> Iterator[Opener]:
        with ExitStack() as stack:

            def opener(passages: tuple[Passage, ...]) -> Index:
                manifest = publish_samples(tmp_path / "sample", passages)
                index = open_index(tmp_path / "sample" / manifest.generation, "fake")
                stack.callback(index.close)
                return index

            yield opener

    def test_closed_and_opened_again_it_finds_the_same(self, tmp_path: Path) -> None:
        folder = tmp_path / "sample" / publish_samples(tmp_path / "sample").generation
        found = []
        for _ in range(2):
            index = open_index(folder, "fake")
            found.append(ask(index, "管理评审"))
            index.close()
        assert found[0] == found[1]
        assert len(found[0]) == len(PASSAGES)
