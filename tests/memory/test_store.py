"""The contract of the store, on SQLite and on PostgreSQL."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.engine import URL

from assistant.errors import ConversationBusy, NotFound, Unavailable
from assistant.memory.database import Database
from assistant.memory.records import Turn
from assistant.memory.store import LEASE, Store
from assistant.types import Answer, Earlier, KeptPassage, Question
from tests.memory.samples import AUDIT, QUESTION, REVIEW, Clock, answered


def say(
    store: Store,
    text: str = "内审？",
    conversation_id: str | None = None,
    cited: tuple[KeptPassage, ...] = (AUDIT,),
    **changed: object,
) -> Turn:
    """A question asked and answered."""
    turn = store.begin(Question(text), conversation_id)
    store.finish(turn, answered(*cited, **changed), cited)
    return turn


def at_once(*actions: Callable[[], object]) -> list[object]:
    """What each returned or raised, all begun together."""
    barrier, results = threading.Barrier(len(actions)), [object()] * len(actions)

    def run(n: int, action: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[n] = action()
        except Exception as error:  # noqa: BLE001 - looked at by the test
            results[n] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


class TestStore:
    def test_answer_is_read_back_as_it_was(self, store: Store, clock: Clock) -> None:
        turn = store.begin(QUESTION)
        clock.pass_by(seconds=2)
        answer = answered(AUDIT, REVIEW)
        store.finish(turn, answer, (AUDIT, REVIEW))
        found = store.conversation(turn.conversation_id)
        (message,) = found.messages
        assert (message.id, message.question, message.state) == (
            turn.message_id,
            QUESTION.text,
            "done",
        )
        assert message.answer == answer
        assert message.answered_at == clock.now
        assert message.created_at == found.created_at == clock.now - timedelta(seconds=2)
        assert found.updated_at == clock.now

    def test_conversation_outlives_the_process(self, store: Store, url: URL) -> None:
        turn = say(store)
        store.close()
        again = Store(Database(url))
        again.open()
        assert again.conversation(turn.conversation_id).messages[0].state == "done"
        again.close()

    def test_turn_is_handed_what_was_said_before_oldest_first(self, store: Store) -> None:
        first = say(store, "内审要几次？")
        assert first.question.history == ()
        say(store, "由谁组织？", first.conversation_id)
        failed = store.begin(Question("断了"), first.conversation_id)
        store.fail(failed)
        third = store.begin(Question("还有呢？"), first.conversation_id)
        assert third.conversation_id == first.conversation_id
        given = answered(AUDIT)
        assert third.question.history == (
            Earlier.of("内审要几次？", given),
            Earlier.of("由谁组织？", given),
        )
        assert third.question.history[0].cited == ("S8", "F156")

    def test_history_reaches_back_eight_answers(self, store: Store) -> None:
        first = say(store, "0")
        for n in range(1, 10):
            say(store, str(n), first.conversation_id)
        turn = store.begin(QUESTION, first.conversation_id)
        assert [earlier.text for earlier in turn.question.history] == list("23456789")

    def test_region_is_remembered_until_another_is_given(self, store: Store) -> None:
        first = store.begin(Question("甲", region="CN"))
        store.fail(first)
        second = store.begin(Question("乙"), first.conversation_id)
        store.fail(second)
        third = store.begin(Question("丙", region="HK"), first.conversation_id)
        assert [turn.question.region for turn in (first, second, third)] == ["CN", "CN", "HK"]
        assert store.conversation(first.conversation_id).region == "HK"

    def test_conversation_that_is_not_known_cannot_be_continued(self, store: Store) -> None:
        for unknown in ("x", "", "' OR 1=1 --", "%", "会" * 64):
            with pytest.raises(NotFound):
                store.begin(QUESTION, unknown)
            with pytest.raises(NotFound):
                store.conversation(unknown)
            with pytest.raises(NotFound):
                store.delete(unknown)
            with pytest.raises(NotFound):
                store.rate(unknown, "up")
            with pytest.raises(NotFound):
                store.passage(unknown)

    def test_second_message_waits_for_the_first(self, store: Store) -> None:
        turn = store.begin(QUESTION)
        with pytest.raises(ConversationBusy):
            store.begin(QUESTION, turn.conversation_id)
        store.finish(turn, answered(), ())
        store.begin(QUESTION, turn.conversation_id)

    def test_message_given_up_lets_the_next_in(self, store: Store) -> None:
        turn = store.begin(QUESTION)
        store.fail(turn)
        store.begin(QUESTION, turn.conversation_id)
        assert store.conversation(turn.conversation_id).messages[0].state == "failed"

    def test_message_of_a_dead_process_blocks_for_the_lease_and_no_longer(
        self, store: Store, clock: Clock
    ) -> None:
        turn = store.begin(QUESTION)
        clock.now += LEASE - timedelta(seconds=1)
        with pytest.raises(ConversationBusy):
            store.begin(QUESTION, turn.conversation_id)
        clock.pass_by(seconds=1)
        store.begin(QUESTION, turn.conversation_id)
        with pytest.raises(Unavailable):
            store.finish(turn, answered(), ())
        states = [m.state for m in store.conversation(turn.conversation_id).messages]
        assert states == ["failed", "pending"]

    def test_of_many_messages_at_once_one_gets_in(self, store: Store) -> None:
        conversation_id = say(store).conversation_id
        results = at_once(*[lambda: store.begin(QUESTION, conversation_id)] * 8)
        assert sum(isinstance(result, Turn) for result in results) == 1
        assert sum(isinstance(result, ConversationBusy) for result in results) == 7

    def test_many_conversations_at_once_all_get_in(self, store: Store) -> None:
        turns = at_once(*[lambda: say(store, cited=(AUDIT, REVIEW))] * 12)
        assert {type(turn) for turn in turns} == {Turn}
        assert len({turn.conversation_id for turn in turns if isinstance(turn, Turn)}) == 12

    def test_ids_are_long_and_never_the_same(self, store: Store) -> None:
        turns = [store.begin(QUESTION) for _ in range(20)]
        ids = {i for turn in turns for i in (turn.conversation_id, turn.message_id)}
        assert len(ids) == 40
        assert min(map(len, ids)) >= 22

    def test_deleted_is_gone_with_all_that_hangs_on_it(self, store: Store) -> None:
        gone = say(store, cited=(AUDIT, REVIEW))
        store.rate(gone.message_id, "down", "不对")
        kept = say(store, cited=(AUDIT,))
        store.delete(gone.conversation_id)
        with pytest.raises(NotFound):
            store.conversation(gone.conversation_id)
        with pytest.raises(NotFound):
            store.rate(gone.message_id, "up")
        with pytest.raises(NotFound):
            store.passage(REVIEW.passage.id)
        assert store.passage(AUDIT.passage.id) == AUDIT
        assert store.gaps(limit=10) == ((), 0)
        assert len(store.conversation(kept.conversation_id).messages) == 1

    def test_answer_to_a_deleted_conversation_is_not_kept(self, store: Store) -> None:
        turn = store.begin(QUESTION)
        store.delete(turn.conversation_id)
        with pytest.raises(NotFound):
            store.finish(turn, answered(AUDIT), (AUDIT,))
        with pytest.raises(NotFound):
            store.passage(AUDIT.passage.id)

    def test_passage_cited_and_dropped_at_once_is_kept_for_who_cites_it(self, store: Store) -> None:
        for _ in range(5):
            old = say(store, cited=(AUDIT, REVIEW))
            new = [store.begin(QUESTION) for _ in range(3)]

            def finish(turn: Turn) -> None:
                store.finish(turn, answered(REVIEW, AUDIT), (REVIEW, AUDIT))

            results = at_once(
                partial(store.delete, old.conversation_id),
                *[partial(finish, turn) for turn in new],
            )
            assert results == [None] * 4
            assert store.passage(AUDIT.passage.id) == AUDIT
            for turn in new:
                store.delete(turn.conversation_id)
            with pytest.raises(NotFound):
                store.passage(AUDIT.passage.id)

    def test_latest_rating_counts(self, store: Store, clock: Clock) -> None:
        turn = say(store)
        store.rate(turn.message_id, "down", "没说清楚 🤷")
        (message,) = store.conversation(turn.conversation_id).messages
        assert message.feedback is not None
        assert (message.feedback.rating, message.feedback.comment) == ("down", "没说清楚 🤷")
        assert message.feedback.created_at == clock.now
        store.rate(turn.message_id, "up")
        (message,) = store.conversation(turn.conversation_id).messages
        assert message.feedback is not None
        assert (message.feedback.rating, message.feedback.comment) == ("up", None)

    def test_message_without_an_answer_cannot_be_rated(self, store: Store) -> None:
        turn = store.begin(QUESTION)
        with pytest.raises(NotFound):
            store.rate(turn.message_id, "up")

    def test_ratings_at_once_leave_one(self, store: Store) -> None:
        turn = say(store)
        assert at_once(*[lambda: store.rate(turn.message_id, "up")] * 6) == [None] * 6

    def test_sweep_deletes_what_is_idle_and_nothing_else(self, store: Store, clock: Clock) -> None:
        idle = [say(store, cited=(AUDIT,)) for _ in range(3)]
        revived = say(store, cited=(REVIEW,))
        clock.pass_by(days=29)
        say(store, "又问", revived.conversation_id, (REVIEW,))
        clock.pass_by(days=1, seconds=1)
        assert store.sweep(timedelta(days=30)) == 3
        assert store.sweep(timedelta(days=30)) == 0
        with pytest.raises(NotFound):
            store.conversation(idle[0].conversation_id)
        with pytest.raises(NotFound):
            store.passage(AUDIT.passage.id)
        assert len(store.conversation(revived.conversation_id).messages) == 2
        assert store.passage(REVIEW.passage.id) == REVIEW

    def test_gaps_count_like_questions_together(self, store: Store, clock: Clock) -> None:
        say(store, "多少钱？", outcome="not_covered")
        clock.pass_by(days=1)
        say(store, "多少錢", outcome="not_covered", language="zh-Hant")
        say(store, "下一步？", outcome="clarify")
        marked = say(store, "Who signs?", language="en")
        store.rate(marked.message_id, "down", "wrong person")
        say(store, "答得好")
        liked = say(store, "也好")
        store.rate(liked.message_id, "up")
        (first, *others), total = store.gaps(limit=10)
        assert total == 3
        assert (first.question, first.language) == ("多少錢", "zh-Hant")
        assert (first.count, first.not_covered, first.clarify, first.down) == (2, 2, 0, 0)
        assert (first.first_seen, first.last_seen) == (clock.now - timedelta(days=1), clock.now)
        assert {other.question for other in others} == {"下一步？", "Who signs?"}
        signs = next(other for other in others if other.question == "Who signs?")
        assert (signs.count, signs.down, signs.last_outcome) == (1, 1, "answered")
        assert signs.comments == ("wrong person",)
        assert store.gaps(limit=1, offset=1)[0] == (others[0],)
        assert store.gaps(limit=0) == ((), 3)

    def test_check_passes_while_the_database_answers(self, store: Store) -> None:
        store.check()


def test_answer_of_every_shape_is_kept_whole(store: Store) -> None:
    empty: Answer = answered(blocks=(), items=(), suggestions=(), timings_ms=())
    turn = store.begin(QUESTION)
    store.finish(turn, empty, ())
    assert store.conversation(turn.conversation_id).messages[0].answer == empty
